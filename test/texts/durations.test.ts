// Nobody knows how long 336 hours are.
import { expect, test } from 'vitest'
import { referralQuestions } from '../../console/src/refer/ask-consent.ts'
import { hoursInWords } from '../../texts/durations.ts'
import { termInWords } from '../../texts/terms-told.ts'
import { about } from '../form/answered.ts'

test.each([
  [1, '1 hora', '1 hour'],
  [24, '24 horas', '24 hours'],
  [47, '47 horas', '47 hours'],
  [48, '2 días', '2 days'],
  [50, '50 horas', '50 hours'],
  [72, '3 días', '3 days'],
  [336, '14 días', '14 days'],
])('%i hours: %s, %s', (hours, es, en) => {
  expect([hoursInWords(hours, 'es'), hoursInWords(hours, 'en')]).toEqual([es, en])
})

test('the form and an agreement say them so', () => {
  const [priority] = referralQuestions(about).prioridad
  expect(priority?.choices?.map(({ hint }) => hint?.values('es'))).toEqual([
    { time: '14 días' },
    { time: '3 días' },
    { time: '24 horas' },
  ])
  expect(termInWords({ routine: 336, urgent: 72, stat: 24 }, 'en')).toBe(
    'routine 336 (14 days) · urgent 72 (3 days) · immediate 24',
  )
})
