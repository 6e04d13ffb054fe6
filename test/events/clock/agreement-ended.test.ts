// What the end of an agreement makes of its referrals, to the millisecond: open ones are cancelled once the time to
// finish is over, at once after a termination, and then content is kept for as long as the evidence is.
import { expect, test } from 'vitest'
import { agreementEnded } from '../../../events/clock/agreement-ended.ts'
import { evidence } from '../../../events/clock/evidence.ts'
import type { Clocked } from '../../../events/clock/rule.ts'
import { walkRules } from '../../../events/clock/walk.ts'
import { foldConsent } from '../../../events/consent.ts'
import { isClosed } from '../../../events/referral.ts'
import { Instant } from '../../../schemas/ids.ts'
import { Status } from '../../../schemas/referral.ts'
import { after, agreement, now, referralId } from '../given.ts'
import { ledger } from '../ledger.ts'
import { clockedReferral } from './clocked.ts'

const day = 86_400_000
const clocked = (
  standing: Partial<Clocked['agreement']> = {},
  members: Parameters<typeof clockedReferral>[0] = {},
): Clocked => ({
  referral: clockedReferral(members),
  consent: foldConsent(ledger([])),
  agreement: { ...agreement, ...standing },
})
const cancelledAt = (given: Clocked, at: Instant) => {
  expect(walkRules(given, after(at, -1), [agreementEnded])).toMatchObject({ done: [], next: at })
  const { done, after: then, next } = walkRules(given, at, [agreementEnded])
  expect(done.map(({ action, status }) => [action, status])).toEqual([
    ['referral.agreement-ended', 'cancelled'],
  ])
  expect(then.referral.history.at(-1)).toMatchObject({ by: 'hub', reason: 'agreement-ended' })
  expect(done[0]?.tells.map(({ to }) => to)).toEqual(['referrer', 'recipient'])
  expect(next).toBeUndefined()
}

test.each(Status.options)(
  '%s: cancelled if it is open, when the time to finish is over',
  status => {
    const given = clocked({}, { status })
    if (isClosed(status))
      expect(walkRules(given, after(now, 5000 * day), [agreementEnded]).done).toEqual([])
    else cancelledAt(given, Instant.parse('2028-05-05T06:00:00.000Z'))
  },
)

test('renewal and rescission move that, and a termination leaves no time', () => {
  const renewedUntil = Instant.parse('2030-02-05T05:59:59.999Z')
  cancelledAt(clocked({ renewedUntil }), Instant.parse('2030-05-06T06:00:00.000Z'))
  const rescindedUntil = Instant.parse('2027-03-15T05:59:59.999Z')
  cancelledAt(clocked({ rescindedUntil }), Instant.parse('2027-06-13T06:00:00.000Z'))
  cancelledAt(clocked({ terminatedAt: after(now, day) }), after(now, day))
})

test('content is kept for the evidence after a termination, and destroyed then; without one, by nobody here', () => {
  expect(walkRules(clocked(), after(now, 5000 * day), [evidence]).done).toEqual([])
  for (const evidenceDays of [undefined, 0, 7]) {
    const policy = { ...agreement.policy, ...(evidenceDays === undefined ? {} : { evidenceDays }) }
    const given = clocked({ terminatedAt: now, policy }, { status: 'completed' })
    const at = after(now, (evidenceDays ?? 30) * day)
    expect(walkRules(given, after(at, -1), [evidence])).toMatchObject({ done: [], next: at })
    const { done, after: then } = walkRules(given, at, [evidence])
    expect(done).toMatchObject([{ action: 'referral.shred', shreds: true }])
    expect(walkRules(then, after(at, 900 * day), [evidence]).done).toEqual([])
  }
  const handover = clocked({ terminatedAt: now }, { partOf: referralId })
  expect(walkRules(handover, after(now, 900 * day), [evidence]).done).toEqual([])
})
