// What time makes of a referral with what was handed over of it: they share consent and content, and end together.
import { describe, expect, test } from 'vitest'
import { consentExpired } from '../../../events/clock/consent-expired.ts'
import { retention } from '../../../events/clock/retention.ts'
import type { Clocked, ClockedReferral } from '../../../events/clock/rule.ts'
import { walkRules } from '../../../events/clock/walk.ts'
import { withdrawalUndone } from '../../../events/clock/withdrawal-undone.ts'
import { foldConsent } from '../../../events/consent.ts'
import type { Instant } from '../../../schemas/ids.ts'
import { after, agreement, ala, now, oim, referralId } from '../given.ts'
import { type LaterName, basicTerms, ledger } from '../ledger.ts'
import { clockedReferral } from './clocked.ts'

const rules = [withdrawalUndone, consentExpired, retention]
const day = 86_400_000
const kept = agreement.policy.retentionDays * day
const child = (more: Parameters<typeof clockedReferral>[0]): ClockedReferral =>
  clockedReferral({ referrer: ala, recipient: oim, partOf: referralId, ...more })
const clocked = (
  first: Parameters<typeof clockedReferral>[0],
  handovers: ClockedReferral[],
  events: LaterName[] = [],
): Clocked => ({
  referral: clockedReferral(first),
  handovers,
  consent: foldConsent(ledger(events)),
  agreement,
})
const closedAt = (days: number) =>
  ({ status: 'completed', changedAt: after(now, days * day) }) as const
const walk = (given: Clocked, at: Instant) => walkRules(given, at, rules)

describe('retention', () => {
  test('waits for the last of them to close, whichever that is', () => {
    for (const [one, other] of [
      [1, 5],
      [5, 1],
    ] as const) {
      const both = clocked(closedAt(one), [child(closedAt(other))])
      expect(walk(both, now).next).toBe(after(now, 5 * day + kept))
    }
    const { validUntil } = basicTerms
    const open = walk(clocked(closedAt(1), [child({ status: 'accepted' })]), after(now, day + kept))
    expect([open.done, open.next]).toEqual([[], after(validUntil, 1)])
    const handed = walk(clocked({ status: 'accepted' }, [child(closedAt(1))]), now)
    expect(handed.next).toBe(after(validUntil, 1))
  })

  test('destroys it in all of them, and cancels what is open after the consent', () => {
    const late = after(basicTerms.validUntil, kept)
    const given = clocked(closedAt(1), [child({ status: 'accepted' }), child(closedAt(2))])
    const { done, after: left } = walk(given, late)
    expect(done.map(({ action }) => action)).toEqual(['consent.expire', 'referral.shred'])
    expect(done.map(({ handovers }) => handovers.map(({ status }) => status))).toEqual([
      [undefined, undefined],
      ['cancelled', undefined],
    ])
    const states = [left.referral, ...(left.handovers ?? [])]
    expect(states.map(({ contentState }) => contentState)).toEqual([
      'shredded',
      'shredded',
      'shredded',
    ])
    expect(left.handovers?.[0]).toMatchObject({ status: 'cancelled', version: 3 })
  })
})

test('the expiry of a consent is told to both sides of each', () => {
  const at = after(basicTerms.validUntil, 1)
  const { done } = walk(clocked({ status: 'accepted' }, [child({ status: 'accepted' })]), at)
  const told = { type: 'consent.expired.v1' }
  expect(done).toMatchObject([
    { expires: true, tells: [told, told], handovers: [{ tells: [told, told] }] },
  ])
})

test('a withdrawal that one row of them missed is done again in all', () => {
  const given = clocked(
    { status: 'cancelled', contentState: 'shredded' },
    [child({ status: 'accepted' })],
    ['withdrawn'],
  )
  expect(walk(given, now).done).toMatchObject([
    { shreds: true, handovers: [{ status: 'cancelled' }] },
  ])
})

test('a handover by itself ends nothing that it shares', () => {
  for (const events of [[], ['withdrawn'], ['expired']] as LaterName[][]) {
    const alone: Clocked = {
      referral: child(closedAt(1)),
      consent: foldConsent(ledger(events)),
      agreement,
    }
    expect(walk(alone, after(basicTerms.validUntil, 2 * kept))).toMatchObject({ done: [] })
  }
})

test('a handover waits for the end of its consent, and that for what fell due of it before', () => {
  const { validUntil } = basicTerms
  const late = after(validUntil, 1000 * day)
  const referral = child({ status: 'accepted', changedAt: validUntil })
  const consent = foldConsent(ledger([]))
  const waiting = walkRules({ referral, consent, agreement }, late)
  expect(waiting).toMatchObject({
    done: [{ action: 'consent.expiring' }],
    next: after(validUntil, 30 * day),
    waits: true,
  })
  const first = { ...clocked(closedAt(1), [referral]), consent }
  expect(walkRules(first, late)).toMatchObject({
    done: [],
    next: after(validUntil, 1),
    waits: true,
  })
  expect(walkRules({ ...first, handovers: [waiting.after.referral] }, late)).toMatchObject({
    done: [{ action: 'consent.expire' }],
    next: after(validUntil, kept),
    waits: true,
  })
})
