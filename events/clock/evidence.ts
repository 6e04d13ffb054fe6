// Clauses 8, 9: after a termination content is kept as evidence for so many days, and then destroyed. A withdrawal, or
// a retention that ends before, does not wait for this.
import { daysLater } from '../agreement.ts'
import { policyOf } from '../policy.ts'
import { isHalfWithdrawn } from '../withdrawal.ts'
import { type ClockRule, sharing } from './rule.ts'

export const evidence: ClockRule = clocked => {
  const { referral, consent, agreement } = clocked
  const { terminatedAt } = agreement
  if (terminatedAt === undefined) return undefined
  // The content's end is the first referral's work.
  if (referral.partOf || referral.contentState === 'shredded') return undefined
  if (sharing(clocked).some(one => isHalfWithdrawn(one, consent))) return undefined
  return {
    at: daysLater(terminatedAt, policyOf(agreement).evidenceDays),
    deed: { action: 'referral.shred', shreds: true, cancels: 'agreement-ended', tells: [] },
  }
}
