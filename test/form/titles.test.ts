// No two pages of the form have the same heading: whoever comes back from one knows which it was.
import { expect, test } from 'vitest'
import { stepsOf } from '../../console/src/refer/questions.ts'
import { titleIn } from '../../console/src/refer/titles.ts'
import { Service } from '../../schemas/referral.ts'
import { about, answered, minor } from './answered.ts'

test('each page has a heading of its own, with as many documents as there can be', () => {
  const documents = Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap(n => [
      [`document-${n}-type`, ['passport']],
      [`document-${n}-more`, ['yes']],
    ]),
  )
  const services = Service.options
  const answers = { ...answered, ...minor, ...documents, services, 'notice-language': ['other'] }
  for (const [language, last] of [
    ['es', 'Datos del documento 8'],
    ['en', 'Details of document 8'],
  ] as const) {
    const titles = stepsOf(answers, about).map(step => titleIn(step, language))
    expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([])
    expect(titles).toContain(last)
  }
})
