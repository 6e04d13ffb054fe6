// A withdrawal is in the ledger and not in a row, for a backup was put back: it is done again at once.
import { isHalfWithdrawn } from '../withdrawal.ts'
import { type ClockRule, atOnce, sharing } from './rule.ts'

export const withdrawalUndone: ClockRule = clocked => {
  const { referral, consent } = clocked
  if (referral.partOf || !sharing(clocked).some(one => isHalfWithdrawn(one, consent)))
    return undefined
  return {
    at: atOnce,
    deed: { action: 'referral.shred', shreds: true, cancels: 'consent-withdrawn', tells: [] },
  }
}
