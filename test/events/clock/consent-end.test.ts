// The end of a consent by the clock: its expiry, the retention of its content, a withdrawal that a backup had undone.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consentExpired } from '../../../events/clock/consent-expired.ts'
import { retention as retentionRule } from '../../../events/clock/retention.ts'
import type { Clocked } from '../../../events/clock/rule.ts'
import { walkRules } from '../../../events/clock/walk.ts'
import { withdrawalUndone } from '../../../events/clock/withdrawal-undone.ts'
import { foldConsent } from '../../../events/consent.ts'
import { isClosed } from '../../../events/referral.ts'
import type { Instant } from '../../../schemas/ids.ts'
import { ContentState, Status } from '../../../schemas/referral.ts'
import { after, agreement, now } from '../given.ts'
import { type LaterName, basicTerms, ledger } from '../ledger.ts'
import { clockedReferral } from './clocked.ts'

const rules = [withdrawalUndone, consentExpired, retentionRule]
const day = 86_400_000
const retention = agreement.policy.retentionDays * day

type Given = {
  status: Status
  contentState: ContentState
  changedAt: Instant
  validUntil: Instant
  events: LaterName[]
}
const clockedOf = ({ status, contentState, changedAt, validUntil, events }: Given): Clocked => ({
  referral: clockedReferral({ status, contentState, changedAt }),
  consent: foldConsent(ledger(events, { ...basicTerms, validUntil })),
  agreement,
})
const due = (given: Given, at: Instant) => {
  const { done, next } = walkRules(clockedOf(given), at, rules)
  const reasons = done.flatMap(({ shreds }) =>
    shreds ? [given.events.includes('withdrawn') ? 'consent-withdrawn' : 'consent-expired'] : [],
  )
  expect(reasons.length).toBeLessThanOrEqual(1)
  return { expire: done.some(({ expires }) => expires), shred: reasons[0], next }
}

/** The same in milliseconds, every case on its own. */
const naively = (given: Given, at: Instant) => {
  if (given.contentState === 'shredded') return { ...nothing, next: undefined }
  if (given.events.includes('withdrawn'))
    return { expire: false, shred: 'consent-withdrawn', next: undefined }
  const clock = Date.parse(at)
  const end = Date.parse(given.validUntil)
  let kept = end + retention
  if (['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error'].includes(given.status))
    kept = Math.min(kept, Date.parse(given.changedAt) + retention)
  const untold = given.events.length === 0
  const expire = untold && clock > end && end < kept
  if (clock >= kept) return { expire, shred: 'consent-expired', next: undefined }
  const coming = [kept, ...(untold && clock <= end ? [end + 1] : [])]
  return { expire, shred: undefined, next: new Date(Math.min(...coming)).toISOString() }
}

/** Instants that meet: days, whole retention periods, and a millisecond beside them. */
const moments = fc
  .tuple(
    fc.constantFrom(0, 1, 30, 365).map(days => days * day),
    fc.constantFrom(0, retention),
    fc.constantFrom(-1, 0, 1),
  )
  .map(parts => after(now, parts[0] + parts[1] + parts[2]))
const givens: fc.Arbitrary<Given> = fc.record({
  status: fc.constantFrom(...Status.options),
  contentState: fc.constantFrom(...ContentState.options),
  changedAt: moments,
  validUntil: moments,
  events: fc.constantFrom<LaterName[]>([], ['expired'], ['withdrawn']),
})

test('what is due and a deliberately naive second version agree', () => {
  fc.assert(
    fc.property(givens, moments, (given, at) => {
      expect(due(given, at)).toEqual(naively(given, at))
    }),
    { numRuns: 5000 },
  )
})

const open: Given = {
  status: 'accepted',
  contentState: 'released',
  changedAt: now,
  validUntil: after(now, 365 * day),
  events: [],
}
const nothing = { expire: false, shred: undefined }

describe('to the millisecond', () => {
  const end = open.validUntil

  test('a consent expires after its last instant', () => {
    expect(due(open, after(end, -1))).toEqual({ ...nothing, next: after(end, 1) })
    expect(due(open, end)).toEqual({ ...nothing, next: after(end, 1) })
    const next = after(end, retention)
    expect(due(open, after(end, 1))).toEqual({ expire: true, shred: undefined, next })
  })

  test('its expiry is written once', () => {
    const told: Given = { ...open, events: ['expired'] }
    expect(due(told, after(end, day))).toEqual({ ...nothing, next: after(end, retention) })
  })

  test('the content of an open referral is destroyed when its consent has been over for the retention period', () => {
    const last = after(end, retention)
    const told: Given = { ...open, events: ['expired'] }
    expect(due(told, after(last, -1))).toEqual({ ...nothing, next: last })
    expect(due(told, last)).toEqual({ expire: false, shred: 'consent-expired', next: undefined })
  })

  test('the content of a closed referral is destroyed when it has been closed for the retention period', () => {
    for (const status of Status.options.filter(isClosed)) {
      const closed: Given = { ...open, status }
      const last = after(now, retention)
      expect(due(closed, after(last, -1))).toEqual({ ...nothing, next: last })
      expect(due(closed, last)).toEqual({
        expire: false,
        shred: 'consent-expired',
        next: undefined,
      })
    }
  })

  test('closing after the consent was over does not keep the content longer', () => {
    const late: Given = { ...open, status: 'completed', changedAt: after(end, day) }
    expect(due(late, after(end, retention))).toMatchObject({
      expire: true,
      shred: 'consent-expired',
    })
  })

  test('a hub that slept through both writes the expiry and destroys in one run', () => {
    expect(due(open, after(end, retention + day))).toEqual({
      expire: true,
      shred: 'consent-expired',
      next: undefined,
    })
  })

  test('what was withdrawn and is still there, out of a backup, is destroyed whenever somebody looks', () => {
    for (const status of Status.options)
      for (const contentState of ['sealed', 'released'] as const) {
        const restored: Given = {
          ...open,
          status,
          contentState,
          events: ['withdrawn', 'deletion-requested'],
        }
        for (const at of [now, after(end, 1), after(end, 2 * retention)])
          expect(due(restored, at)).toEqual({
            expire: false,
            shred: 'consent-withdrawn',
            next: undefined,
          })
      }
  })

  test('of a shredded referral nothing is left to do, ever', () => {
    const shredded: Given = { ...open, contentState: 'shredded' }
    for (const at of [now, after(end, 1), after(end, 2 * retention)])
      expect(due(shredded, at)).toEqual({ ...nothing, next: undefined })
  })
})

test('who only looks when told to look again writes the expiry at once and destroys on the day', () => {
  fc.assert(
    fc.property(givens, given => {
      const state: Given = { ...given, contentState: 'sealed', events: [] }
      let at = now
      for (let looks = 0; state.contentState !== 'shredded'; looks++) {
        expect(looks).toBeLessThan(6)
        const { expire, shred, next } = due(state, at)
        if (expire) {
          if (state.events.length > 0) throw new Error('written twice')
          state.events = ['expired']
        }
        if (shred) state.contentState = 'shredded'
        else {
          if (next === undefined) throw new Error('forgotten')
          expect(next > at).toBe(true)
          at = next
        }
      }
      const ends = [given.validUntil, ...(isClosed(given.status) ? [given.changedAt] : [])]
      const last = after(ends.toSorted()[0] as Instant, retention)
      expect(at).toBe(last > now ? last : now)
    }),
  )
})

describe('an open referral whose content is destroyed', () => {
  test('the hub cancels it in any status that is open, and says why', () => {
    for (const events of [[], ['withdrawn']] as LaterName[][])
      for (const status of Status.options) {
        const given = clockedOf({ ...open, status, events })
        const at = after(open.validUntil, retention)
        const { done, after: then } = walkRules(given, at, rules)
        const reason = events.length > 0 ? 'consent-withdrawn' : 'consent-expired'
        const change = { status: 'cancelled', at, by: 'hub', reason }
        const closed = isClosed(status)
        expect(then.referral.history.slice(given.referral.history.length)).toEqual(
          closed ? [] : [change],
        )
        const version = given.referral.version + 1
        const data = { status: 'cancelled', reason, version }
        const type = 'referral.status-changed.v1'
        expect(done.at(-1)?.tells).toEqual(
          closed
            ? []
            : [
                { to: 'referrer', type, data },
                { to: 'recipient', type, data },
              ],
        )
      }
  })
})
