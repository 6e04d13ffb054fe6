// The answer is late: both sides are told, once.
import { undecided } from '../referral-header.ts'
import { type ClockRule, justAfter, toBoth } from './rule.ts'

export const overdue: ClockRule = ({ referral: { status, respondBy, told } }) => {
  if (!undecided.includes(status) || told?.['overdue'] !== undefined) return undefined
  return {
    at: justAfter(respondBy),
    deed: {
      action: 'referral.overdue',
      tells: toBoth(to => ({ to, type: 'referral.overdue.v1', data: { respondBy } })),
      changes: { told: { ...told, overdue: respondBy } },
    },
  }
}
