// A withdrawal is in the ledger and not in the row, for a backup was put back: it is done again at once.
import { isHalfWithdrawn } from '../withdrawal.ts'
import { type ClockRule, atOnce } from './rule.ts'

export const withdrawalUndone: ClockRule = ({ referral, consent }) =>
  isHalfWithdrawn(referral, consent)
    ? {
        at: atOnce,
        deed: { action: 'referral.shred', shreds: true, cancels: 'consent-withdrawn', tells: [] },
      }
    : undefined
