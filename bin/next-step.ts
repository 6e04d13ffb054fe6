// What an institution has to do next with a referral; in words: texts/next-steps.ts.
import type { ReferralHeader } from '../schemas/referral.ts'
import type { NextStep } from '../texts/next-steps.ts'

/**
 * @param side on which side of the referral the institution is
 * @param now by the hub's clock
 */
export function nextStep(
  { status, deliveryState, respondBy, history }: ReferralHeader,
  side: 'sent' | 'received',
  now: Date,
): NextStep {
  const late = now.getTime() > Date.parse(respondBy)
  switch (status) {
    case 'requested':
      if (side === 'received') return 'collect'
      if (deliveryState === 'undelivered') return 'call-uncollected'
      return late ? 'call-late' : 'await-receipt'
    case 'received':
      if (side === 'received') return late ? 'decide-late' : 'decide'
      return late ? 'call-late' : 'await-answer'
    case 'accepted':
      return side === 'received' ? 'begin' : 'await-progress'
    case 'in-progress':
      return side === 'received' ? 'conclude' : 'await-progress'
    case 'on-hold':
      return side === 'received' ? 'resume' : 'await-progress'
    case 'rejected':
    case 'failed':
      return side === 'received' ? 'nothing' : 'tell-person'
    case 'cancelled':
      // Deletion is asked for at a withdrawal only, not when a consent expires.
      return side === 'received' && history.at(-1)?.reason === 'consent-withdrawn'
        ? 'delete'
        : 'nothing'
    default:
      return 'nothing'
  }
}
