// What silence does to a referral, to the millisecond, each once; and the same in one run after any outage.
import { describe, expect, test } from 'vitest'
import { consentExpiring } from '../../../events/clock/consent-expiring.ts'
import { notAnswered } from '../../../events/clock/not-answered.ts'
import { overdue } from '../../../events/clock/overdue.ts'
import type { ClockRule, Clocked } from '../../../events/clock/rule.ts'
import { stalled } from '../../../events/clock/stalled.ts'
import { undelivered } from '../../../events/clock/undelivered.ts'
import { walkRules } from '../../../events/clock/walk.ts'
import { foldConsent } from '../../../events/consent.ts'
import type { Instant } from '../../../schemas/ids.ts'
import { Status } from '../../../schemas/referral.ts'
import { after, agreement, now } from '../given.ts'
import { basicTerms, ledger } from '../ledger.ts'
import { clockedReferral } from './clocked.ts'

const [hour, day] = [3_600_000, 86_400_000]
type Members = Parameters<typeof clockedReferral>[0]
const validUntil = after(now, 400 * day)
const clocked = (members: Members = {}, until = validUntil): Clocked => ({
  referral: clockedReferral(members),
  consent: foldConsent(ledger([], { ...basicTerms, validUntil: until })),
  agreement,
})

/** What a rule tells at an instant: to whom, what, with what. */
const told = (rule: ClockRule, given: Clocked, at: Instant) =>
  walkRules(given, at, [rule]).done.flatMap(({ tells }) =>
    tells.map(({ to, type, data }) => [to, type, data]),
  )
const bothSides = (type: string, data: object) => [
  ['referrer', type, data],
  ['recipient', type, data],
]
/** Nothing the moment before, all of it then, and nothing more when it is looked at again, however late. */
const onceAt = (rule: ClockRule, given: Clocked, at: Instant, what: unknown) => {
  expect(told(rule, given, after(at, -1))).toEqual([])
  expect(walkRules(given, after(at, -1), [rule]).next).toBe(at)
  for (const late of [0, 1, day, 90 * day]) {
    expect(told(rule, given, after(at, late))).toEqual(what)
    const { after: then } = walkRules(given, after(at, late), [rule])
    expect(told(rule, then, after(at, late + 500 * day))).toEqual([])
  }
}
const others = (...names: Status[]) => Status.options.filter(name => !names.includes(name))
const never = (rule: ClockRule, given: Clocked) => {
  expect(walkRules(given, after(now, 1000 * day), [rule])).toMatchObject({
    done: [],
    next: undefined,
  })
}

describe('a request that nobody acknowledges', () => {
  test.each([
    ['routine', 120],
    ['urgent', 24],
    ['stat', 4],
  ] as const)('is told to its sender after the hours of its priority: %s', (priority, hours) => {
    const given = clocked({ priority })
    const data = { cause: 'not-collected' }
    onceAt(undelivered, given, after(now, hours * hour + 1), [
      ['referrer', 'referral.undelivered.v1', data],
    ])
    const { after: then } = walkRules(given, after(now, hours * hour + 1), [undelivered])
    expect(then.referral.deliveryState).toBe('undelivered')
    expect(then.referral.version).toBe(given.referral.version)
  })

  test('the agreement may say other hours', () => {
    const collectHours = { routine: 7, urgent: 7, stat: 7 }
    const policy = { ...agreement.policy, collectHours, expireDays: 2, stallDays: 1 }
    const own = (members: Members = {}) => ({
      ...clocked(members),
      agreement: { ...agreement, policy },
    })
    expect(walkRules(own(), now, [undelivered]).next).toBe(after(now, 7 * hour + 1))
    expect(walkRules(own(), now, [notAnswered]).next).toBe(after(now, 2 * day))
    expect(walkRules(own({ status: 'accepted' }), now, [stalled]).next).toBe(after(now, day))
  })

  test('is parked when its fifth delivery has ended, and not when its fourth has', () => {
    const leaseUntil = after(now, hour)
    const four = clocked({ deliveries: 4, leaseUntil, deliveryState: 'delivered' })
    expect(walkRules(four, now, [undelivered]).next).toBe(after(now, 120 * hour + 1))
    for (const deliveries of [5, 6])
      onceAt(
        undelivered,
        clocked({ deliveries, leaseUntil, deliveryState: 'delivered' }),
        after(leaseUntil, 1),
        [['referrer', 'referral.undelivered.v1', { cause: 'parked' }]],
      )
  })

  test('is not collected, where its fifth delivery goes on beyond the hours', () => {
    const given = clocked({ deliveries: 5, leaseUntil: after(now, 121 * hour) })
    onceAt(undelivered, given, after(now, 120 * hour + 1), [
      ['referrer', 'referral.undelivered.v1', { cause: 'not-collected' }],
    ])
  })

  test('that was acknowledged or has ended is not', () => {
    for (const status of others('requested')) never(undelivered, clocked({ status }))
  })
})

describe('an answer that does not come', () => {
  test.each(['requested', 'received'] as const)('is told to both once it is late: %s', status => {
    const given = clocked({ status })
    const { respondBy } = given.referral
    onceAt(overdue, given, after(respondBy, 1), bothSides('referral.overdue.v1', { respondBy }))
  })

  test.each(['requested', 'received'] as const)('ends the referral after 60 days: %s', status => {
    const given = clocked({ status })
    const at = after(now, 60 * day)
    const version = given.referral.version + 1
    const data = { status: 'cancelled', reason: 'not-answered', version }
    onceAt(notAnswered, given, at, bothSides('referral.status-changed.v1', data))
    const { referral } = walkRules(given, at, [notAnswered]).after
    expect(referral).toMatchObject({ status: 'cancelled', version })
    expect(referral.history.at(-1)).toEqual({
      status: 'cancelled',
      at,
      by: 'hub',
      reason: 'not-answered',
    })
  })

  test('is awaited of nobody who decided', () => {
    for (const status of others('requested', 'received'))
      for (const rule of [overdue, notAnswered]) never(rule, clocked({ status }))
  })
})

describe('a referral of which nothing is recorded', () => {
  test.each(['accepted', 'in-progress'] as const)('has stalled after 30 days: %s', status => {
    const since = after(now, day)
    onceAt(
      stalled,
      clocked({ status, changedAt: since }),
      after(since, 30 * day),
      bothSides('referral.stalled.v1', { since }),
    )
  })

  test('stalls again after new activity, and only then', () => {
    const given = clocked({ status: 'accepted', feedback: 'milestones' })
    const { after: then } = walkRules(given, after(now, 30 * day), [stalled])
    const recordedAt = after(now, 40 * day)
    const milestones = [{ n: 1, milestone: 'contact-made', on: '2026-12-31', recordedAt }] as const
    const active = { ...then, referral: { ...then.referral, milestones } }
    const stalledAgain = bothSides('referral.stalled.v1', { since: recordedAt })
    onceAt(stalled, active, after(recordedAt, 30 * day), stalledAgain)
    const voidedAt = after(now, 41 * day)
    const voided = { ...then.referral, milestones: [{ ...milestones[0], voidedAt }] }
    expect(walkRules({ ...then, referral: voided }, recordedAt, [stalled]).next).toBe(
      after(voidedAt, 30 * day),
    )
  })

  test('does not tell who may not hear of milestones when one was recorded', () => {
    const recordedAt = after(now, 40 * day)
    const milestones = [{ n: 1, milestone: 'profiled', on: '2026-12-31', recordedAt }] as const
    for (const feedback of ['status-only', undefined] as const) {
      const given = clocked({ status: 'accepted', feedback, milestones })
      expect(told(stalled, given, after(recordedAt, 30 * day))).toEqual([
        ['referrer', 'referral.stalled.v1', { since: now }],
        ['recipient', 'referral.stalled.v1', { since: recordedAt }],
      ])
    }
  })

  test('on hold, undecided or over, it has not stalled', () => {
    for (const status of others('accepted', 'in-progress')) never(stalled, clocked({ status }))
  })
})

describe('a consent that will end', () => {
  test('is told to both 30 days before, of a referral that is open', () => {
    for (const status of others('completed', 'rejected', 'failed', 'cancelled', 'entered-in-error'))
      onceAt(
        consentExpiring,
        clocked({ status }),
        after(validUntil, -30 * day),
        bothSides('consent.expiring.v1', { validUntil }),
      )
    for (const status of ['completed', 'cancelled'] as const)
      never(consentExpiring, clocked({ status }))
  })

  test('is not, where it was given for less: its end was known when it was sent', () => {
    never(consentExpiring, clocked({}, after(now, 30 * day - 1)))
    expect(told(consentExpiring, clocked({}, after(now, 30 * day)), now)).toHaveLength(2)
  })
})

const stuck: ClockRule = () => ({ at: now, deed: { action: 'referral.overdue', tells: [] } })

test('a rule that stays due is a fault, and not a loop', () => {
  expect(() => walkRules(clocked(), now, [stuck])).toThrow('stays due')
})
