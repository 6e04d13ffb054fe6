// Terms without an end, as hubs may keep them from before there were bounds: nothing that is counted from them comes
// before now, and whatever is told of them is an instant.
import { describe, expect, test } from 'vitest'
import { completionUntil, daysLater, gate, respondBy, stateAt } from '../../events/agreement.ts'
import { retention } from '../../events/clock/retention.ts'
import type { Clocked } from '../../events/clock/rule.ts'
import { clockRules } from '../../events/clock/rules.ts'
import { walkRules } from '../../events/clock/walk.ts'
import { foldConsent } from '../../events/consent.ts'
import { foldNotices, rescissionEnds } from '../../events/notice.ts'
import { Instant } from '../../schemas/ids.ts'
import { lastInstant } from '../../schemas/instants.ts'
import { Notice } from '../../schemas/notice.ts'
import { after, agreement, ala, igm, now } from './given.ts'
import { clockedReferral } from './clock/clocked.ts'
import { basicTerms, ledger } from './ledger.ts'

const day = 86_400_000
const hours = { routine: 99_999_999, urgent: 99_999_999, stat: 99_999_999 }
const days = 2_920_000
const policy = {
  answerHours: hours,
  collectHours: hours,
  retentionDays: days,
  expireDays: days,
  stallDays: days,
  completionDays: days,
  evidenceDays: days,
}
const renewals = [igm, ala].map((by, n) =>
  Notice.parse({
    noticeId: '019aa5d4-7c00-7abc-8def-000000000001',
    number: `AV-2026-000${n + 1}`,
    by,
    at: now,
    digest: 'a'.repeat(64),
    states: { kind: 'renewal', until: lastInstant },
  }),
)

describe('given a renewal by both until the last instant of the year 9999', () => {
  const standing = foldNotices(agreement, renewals)
  const { agreement: kept } = standing

  test.each([now, after(agreement.inForceUntil, 1), lastInstant])(
    'then at %s it is in force, and nothing is shut',
    at => {
      expect(gate(kept, at)).toEqual({ state: 'in-force' })
    },
  )

  test('then work may be finished until the last instant, which is one', () => {
    expect(Instant.parse(completionUntil(kept))).toBe(lastInstant)
  })

  test('then nothing of an open referral is cancelled now', () => {
    const referral = clockedReferral({})
    const consent = foldConsent(ledger([], { ...basicTerms, validUntil: after(now, 400 * day) }))
    expect(walkRules({ referral, consent, agreement: kept }, now, clockRules).done).toEqual([])
  })
})

describe('given a policy of thousands of years', () => {
  const kept = { ...agreement, policy }
  const consent = foldConsent(ledger([], { ...basicTerms, validUntil: after(now, day) }))

  test('then an answer is due at the last instant', () => {
    expect(Instant.parse(respondBy(kept, 'routine', now))).toBe(lastInstant)
  })

  test('then content is kept until then, after a consent that has expired', () => {
    const referral = clockedReferral({ status: 'cancelled' })
    const clocked: Clocked = {
      referral,
      consent: { ...consent, state: 'expired' },
      agreement: kept,
    }
    expect(retention(clocked)?.at).toBe(lastInstant)
  })

  test('then the evidence of a termination is kept until then', () => {
    expect(Instant.parse(daysLater(now, days))).toBe(lastInstant)
  })

  test.each(clockRules.map(rule => [rule.name, rule] as const))(
    'then %s is due at an instant, if at all',
    (_, rule) => {
      for (const status of ['requested', 'accepted', 'cancelled'] as const)
        for (const terms of [kept, { ...kept, terminatedAt: now }]) {
          const referral = { ...clockedReferral({ status }), respondBy: lastInstant }
          const coming = rule({ referral, consent, agreement: terms })
          if (coming) expect(Instant.safeParse(coming.at).success).toBe(true)
        }
    },
  )

  test('then it is completing long after its end', () => {
    expect(stateAt(kept, after(agreement.inForceUntil, 1))).toBe('completing')
  })
})

test.each(['9999-12-31', '9999-11-30', '9999-10-01'])(
  'a rescission that was received on %s ends at an instant: whoever shows it does not break',
  receivedOn => {
    expect(Instant.safeParse(rescissionEnds(receivedOn)).success).toBe(true)
  },
)
