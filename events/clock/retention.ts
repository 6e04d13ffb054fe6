// The content of a closed referral, or of one whose consent has expired, is kept for the agreement's retention period
// and then destroyed. While anything that was handed over of it is open, it is not closed.
import type { Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import { isClosed } from '../referral.ts'
import { isHalfWithdrawn } from '../withdrawal.ts'
import { type ClockRule, days, sharing } from './rule.ts'

export const retention: ClockRule = clocked => {
  const { referral, consent, agreement } = clocked
  const all = sharing(clocked)
  if (referral.partOf || referral.contentState === 'shredded') return undefined
  if (all.some(one => isHalfWithdrawn(one, consent))) return undefined
  const closings = all.flatMap(({ status, history }) =>
    isClosed(status) ? (history.at(-1)?.at ?? []) : [],
  )
  const closedAt = closings.length === all.length ? closings.toSorted().slice(-1) : []
  const [over] = [consent.terms.validUntil, ...closedAt].toSorted()
  return {
    at: later(over as Instant, agreement.policy.retentionDays * days),
    deed: { action: 'referral.shred', shreds: true, cancels: 'consent-expired', tells: [] },
  }
}
