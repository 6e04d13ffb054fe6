// The content of a closed referral, or of one whose consent has expired, is kept for the agreement's retention period
// and then destroyed.
import type { Instant } from '../../schemas/ids.ts'
import { isClosed } from '../referral.ts'
import { isHalfWithdrawn } from '../withdrawal.ts'
import { type ClockRule, days, later } from './rule.ts'

export const retention: ClockRule = ({ referral, consent, agreement: { policy } }) => {
  if (referral.contentState === 'shredded' || isHalfWithdrawn(referral, consent)) return undefined
  const closedAt = isClosed(referral.status) ? referral.history.at(-1)?.at : undefined
  const ends = [consent.terms.validUntil, ...(closedAt ? [closedAt] : [])]
  return {
    at: later(ends.toSorted()[0] as Instant, policy.retentionDays * days),
    deed: { action: 'referral.shred', shreds: true, cancels: 'consent-expired', tells: [] },
  }
}
