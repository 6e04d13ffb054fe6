// The person is asked to permit what was asked for them, and nothing else.
import { expect, test } from 'vitest'
import { type Answers, grantedIn, purposesFor } from '../../console/src/refer/answers.ts'
import { faultsOf } from '../../console/src/refer/check.ts'
import { questionsOf, stepsOf } from '../../console/src/refer/questions.ts'
import { about, answered } from './answered.ts'

const always = ['training-referral', 'status-feedback', 'aggregate-reporting']
const asked = (answers: Answers, under = about) =>
  purposesFor({ ...answered, ...answers }, under).toSorted()

test.each([
  ['group-psychosocial-support', 'psychosocial-support'],
  ['mobility-stipend', 'mobility-stipend'],
  ['job-placement-handover', 'job-placement-handover'],
])('%s: only where it is asked for is %s asked about', (service, purpose) => {
  expect(asked({ services: ['vocational-profiling'], handling: [] })).toEqual(always.toSorted())
  expect(asked({ services: ['vocational-profiling', service], handling: [] })).toEqual(
    [...always, purpose].toSorted(),
  )
})

test('care to take is asked about where there is some; a handover where the agreement has whom to hand over to', () => {
  expect(asked({})).toEqual([...always, 'protection-handling'].toSorted())
  const nobody = { ...about, agreement: { ...about.agreement, onwardRecipients: [] } }
  const services = ['job-placement-handover']
  expect(asked({ services, handling: [] }, nobody)).toEqual(always.toSorted())
})

const permitted = (answers: Answers) => grantedIn(answers, about).map(({ purpose }) => purpose)

test('what was permitted before the service was taken back is not sent, and nothing is wrong with it', () => {
  const granted = {
    'granted-mobility-stipend': ['yes'],
    'categories-mobility-stipend': ['identity'],
  }
  const services = [...(answered['services'] ?? []), 'mobility-stipend']
  const before = { ...answered, ...granted, services }
  expect(permitted(before)).toContain('mobility-stipend')
  expect(stepsOf(before, about)).toContain('finalidad-mobility-stipend')
  const after = { ...answered, ...granted, 'categories-mobility-stipend': [] }
  expect(permitted(after)).not.toContain('mobility-stipend')
  expect(faultsOf(after, about)).toEqual([])
})

test('each says why it is asked', () => {
  const services = ['group-psychosocial-support', 'mobility-stipend', 'job-placement-handover']
  const answers = { ...answered, services }
  for (const purpose of purposesFor(answers, about)) {
    const [first] = questionsOf(`finalidad-${purpose}`, answers, about)
    expect([purpose, first?.hint]).toEqual([purpose, expect.stringMatching(/^hint\.granted/)])
  }
  const [stipend] = questionsOf('finalidad-mobility-stipend', answers, about)
  expect(stipend?.hintWords?.('es')).toEqual({ service: 'estipendio de movilidad' })
})
