// What may be asked of an agreement, by its file or by a notice: no number or date of which a deadline would come that
// is no instant. What is kept is not bounded so: it is read all the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { DeclaredError, agreements } from '../../infra/declared.ts'
import { Agreement, KeptAgreement, most } from '../../schemas/agreement.ts'
import { fieldErrors } from '../../schemas/field-errors.ts'
import { Notice, NoticeCommand } from '../../schemas/notice.ts'
import { agreement, igm, now } from '../events/given.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-declared-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { hours, days } = most
const ofHours = (n: number) => ({ routine: n, urgent: 1, stat: 1 })
const far = '9999-12-31T23:59:59.999Z'

/** Each number of a policy: the most that it may be, and one more. */
const numbers: [member: string, pointer: string, last: object, over: object][] = [
  ...(['answerHours', 'collectHours'] as const).map((one): [string, string, object, object] => [
    one,
    `${one}/routine`,
    { [one]: ofHours(hours) },
    { [one]: ofHours(hours + 1) },
  ]),
  ...(['retentionDays', 'expireDays', 'stallDays', 'completionDays', 'evidenceDays'] as const).map(
    (one): [string, string, object, object] => [one, one, { [one]: days }, { [one]: days + 1 }],
  ),
]

const errorsOf = (command: object) => {
  const parsed = NoticeCommand.safeParse(command)
  return parsed.success ? 'taken' : fieldErrors(parsed.error)
}
const amendment = (change: object) => ({ kind: 'amendment', change })

test('bounds every number that a policy has', () => {
  const all = Object.entries(Agreement.shape.policy.shape)
  const numeric = all.filter(([name]) => name !== 'referralsInNotice').map(([name]) => name)
  expect(numbers.map(([member]) => member).toSorted()).toEqual(numeric.toSorted())
})

describe('a notice', () => {
  test.each(numbers)(
    'of %s is taken up to its most, and refused beyond',
    (_, pointer, last, over) => {
      expect(errorsOf(amendment({ policy: last }))).toBe('taken')
      expect(errorsOf(amendment({ policy: over }))).toEqual([
        { pointer: `/change/policy/${pointer}`, code: 'too-big' },
      ])
    },
  )

  test.each<[string, object, unknown]>([
    ['of as many persons as may be', amendment({ targetPersons: most.persons }), 'taken'],
    [
      'of more persons',
      amendment({ targetPersons: most.persons + 1 }),
      [{ pointer: '/change/targetPersons', code: 'too-big' }],
    ],
    [
      'of the last instant of 2100 in Guatemala',
      { kind: 'renewal', until: '2101-01-01T05:59:59.999Z' },
      'taken',
    ],
    ...['2101-01-01T06:00:00.000Z', far, '0001-01-01T00:00:00.000Z'].map(
      (until): [string, object, unknown] => [
        `of a renewal until ${until}`,
        { kind: 'renewal', until },
        [{ pointer: '/until', code: 'date-out-of-range' }],
      ],
    ),
    ...['9999-12-31', '2101-01-01', '0050-01-01'].map((receivedOn): [string, object, unknown] => [
      `of a rescission received on ${receivedOn}`,
      { kind: 'rescission', receivedOn },
      [{ pointer: '/receivedOn', code: 'date-out-of-range' }],
    ]),
  ])('%s', (_, command, expected) => {
    expect(errorsOf(command)).toEqual(expected)
  })
})

const declared = (change: object) => () => {
  writeFileSync(join(folder, 'odd.json'), JSON.stringify({ ...agreement, ...change }))
  return agreements(folder)
}

describe('an agreement file', () => {
  test('with the most of everything is read', () => {
    const policy = { ...agreement.policy, ...Object.assign({}, ...numbers.map(([, , one]) => one)) }
    const inForceUntil = '2101-01-01T05:59:59.999Z'
    expect(declared({ policy, inForceUntil })()).toMatchObject([{ policy, inForceUntil }])
  })

  test.each<[string, object]>([
    ['/inForceUntil: the date is not between 1900 and 2100', { inForceUntil: far }],
    ['/inForceFrom: the date is not between 1900 and 2100', { inForceFrom: far }],
    ['/targetPersons: ', { targetPersons: most.persons + 1 }],
    ...numbers.map(([, pointer, , over]): [string, object] => [
      `/policy/${pointer}: `,
      { policy: { ...agreement.policy, ...over } },
    ]),
  ])('is refused with its file and place: %s', (words, change) => {
    expect(declared(change)).toThrow(DeclaredError)
    expect(declared(change)).toThrow(`odd.json: ${words}`)
  })
})

describe('what is kept is read', () => {
  const notice = { noticeId: '019aa5d4-7c00-7abc-8def-000000000001', number: 'AV-2026-0001' }
  const kept = { ...notice, by: igm, at: now, digest: 'a'.repeat(64) }
  const policy = { ...agreement.policy, ...Object.assign({}, ...numbers.map(([, , , one]) => one)) }

  test.each<[string, boolean]>([
    ['terms', Agreement.safeParse({ ...agreement, policy, inForceUntil: far }).success],
    ['a standing', KeptAgreement.safeParse({ ...agreement, policy, renewedUntil: far }).success],
    ['a renewal', Notice.safeParse({ ...kept, states: { kind: 'renewal', until: far } }).success],
    ['an amendment', Notice.safeParse({ ...kept, states: amendment({ policy }) }).success],
  ])('%s beyond what may be asked', (_, read) => {
    expect(read).toBe(true)
  })
})
