// Choices as a reader looks for them, and answers that are sent as they were given.
import { expect, test } from 'vitest'
import { countries, inOrder, oftenFirst } from '../../console/src/refer/question.ts'
import { submissionOf } from '../../console/src/refer/submission.ts'
import { about, answered } from './answered.ts'

test.each(['es', 'en'] as const)(
  'countries in %s: those that are met often first, then all others by name',
  language => {
    const shown = inOrder({ choices: countries, keptFirst: oftenFirst }, language)
    expect(shown.slice(0, oftenFirst)).toEqual(countries.slice(0, oftenFirst))
    const names = shown.slice(oftenFirst).map(({ words }) => words(language))
    expect(names.length).toBeGreaterThan(200)
    const { compare } = new Intl.Collator(language)
    expect(names.filter((name, i) => i > 0 && compare(names[i - 1] as string, name) > 0)).toEqual(
      [],
    )
    expect(new Set(shown)).toEqual(new Set(countries))
  },
)

test('where nothing says otherwise, choices stay as they are', () => {
  expect(inOrder({ choices: countries }, 'es')).toEqual(countries)
})

test('a number and a reason why the document is not there are both sent', () => {
  const answers = { ...answered, 'document-1-reason': ['lost-in-transit'] }
  const { payload } = submissionOf(answers, about) as {
    payload: { identity: { documents: object[] } }
  }
  expect(payload.identity.documents[0]).toMatchObject({
    number: 'PRUEBA00001',
    reason: 'lost-in-transit',
  })
})
