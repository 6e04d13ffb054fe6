// The last day that a field for dates takes is sent as an instant, like any other.
import { expect, test } from 'vitest'
import { faultsOf } from '../../console/src/refer/check.ts'
import { submissionOf } from '../../console/src/refer/submission.ts'
import { about, answered } from './answered.ts'

test('a consent until the last day is refused for what it is: too long', () => {
  const answers = { ...answered, 'valid-until': ['9999-12-31'] }
  expect(submissionOf(answers, about)).toMatchObject({
    consent: { validUntil: '9999-12-31T23:59:59.999Z' },
  })
  expect(faultsOf(answers, about).map(({ id, code }) => [id, code])).toEqual([
    ['valid-until', 'consent-outlives-agreement'],
  ])
})
