// All rules together: who looks exactly when told to, each minute, or after any outage tells the same, in the same
// order.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Clocked } from '../../../events/clock/rule.ts'
import { firstLook, walkRules } from '../../../events/clock/walk.ts'
import { foldConsent } from '../../../events/consent.ts'
import type { Instant } from '../../../schemas/ids.ts'
import { Status } from '../../../schemas/referral.ts'
import { after, agreement, now } from '../given.ts'
import { basicTerms, ledger } from '../ledger.ts'
import { clockedReferral } from './clocked.ts'

const day = 86_400_000
const clocked = (
  members: Parameters<typeof clockedReferral>[0] = {},
  validUntil = after(now, 400 * day),
): Clocked => ({
  referral: clockedReferral(members),
  consent: foldConsent(ledger([], { ...basicTerms, validUntil })),
  agreement,
})

/** Looks at these instants, and at no other. */
const looking = (given: Clocked, instants: readonly Instant[]) => {
  const told: string[] = []
  let state = given
  for (const at of instants) {
    const { done, after: then } = walkRules(state, at)
    told.push(
      ...done.flatMap(({ action, tells }) => [
        action,
        ...tells.map(one => `${one.to} ${one.type}`),
      ]),
    )
    state = then
  }
  return { told, state }
}
/** Looks whenever the last look said so, until `end`. */
const punctual = (given: Clocked, end: Instant) => {
  const instants: Instant[] = []
  let state = given
  for (let at = firstLook(given); at !== undefined && at <= end;) {
    instants.push(at)
    const walked = walkRules(state, at)
    expect(walked.done).not.toEqual([])
    state = walked.after
    at = walked.next
  }
  return looking(given, instants)
}

const members = fc.record({
  status: fc.constantFrom(
    ...Status.exclude(['rejected', 'failed', 'cancelled', 'entered-in-error']).options,
  ),
  priority: fc.constantFrom('routine', 'urgent', 'stat'),
}) as fc.Arbitrary<Parameters<typeof clockedReferral>[0]>

describe('an outage', () => {
  test('nobody answers for 90 days: all is told in the run after it, in the order in which it fell due', () => {
    expect(looking(clocked(), [after(now, 90 * day)]).told).toEqual([
      'referral.undelivered',
      'referrer referral.undelivered.v1',
      'referral.overdue',
      'referrer referral.overdue.v1',
      'recipient referral.overdue.v1',
      'referral.not-answered',
      'referrer referral.status-changed.v1',
      'recipient referral.status-changed.v1',
    ])
  })

  test('of a day changes nothing but the time', () => {
    const given = clocked({ status: 'accepted' }, after(now, 45 * day))
    const on = (n: number) => after(now, n * day)
    const daily = Array.from({ length: 50 }, (_, n) => on(n))
    const missed = daily.filter((_, n) => ![15, 30, 46].includes(n))
    expect(looking(given, missed).told).toEqual(looking(given, daily).told)
    expect(looking(given, daily).told).toEqual([
      'consent.expiring',
      'referrer consent.expiring.v1',
      'recipient consent.expiring.v1',
      'referral.stalled',
      'referrer referral.stalled.v1',
      'recipient referral.stalled.v1',
      'consent.expire',
      'referrer consent.expired.v1',
      'recipient consent.expired.v1',
    ])
  })

  test('of any length, at any time, tells the same until it ends', () => {
    fc.assert(
      fc.property(
        members,
        fc.integer({ min: 1, max: 85 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 85 * 24 }), { maxLength: 30 }),
        (given, validDays, hours) => {
          const state = clocked(given, after(now, validDays * day))
          const end = after(now, 86 * day)
          const instants = hours.toSorted((a, b) => a - b).map(n => after(now, n * 3_600_000))
          const sometimes = looking(state, [...instants, end])
          const always = punctual(state, end)
          expect(sometimes.told).toEqual(always.told)
          expect(sometimes.state.referral.status).toBe(always.state.referral.status)
          expect(sometimes.state.referral.version).toBe(always.state.referral.version)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

test('whoever looks when told to finds something to do, and comes to an end', () => {
  fc.assert(
    fc.property(members, fc.integer({ min: 1, max: 700 }), (given, validDays) => {
      const { state } = punctual(
        clocked(given, after(now, validDays * day)),
        after(now, 3000 * day),
      )
      expect(state.referral.contentState).toBe('shredded')
    }),
  )
})
