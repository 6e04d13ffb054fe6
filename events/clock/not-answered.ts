// Nobody decided for so long that the hub ends the referral, so that the person can be referred elsewhere.
import { later } from '../../schemas/instants.ts'
import { policyOf } from '../policy.ts'
import { undecided } from '../referral-header.ts'
import { type ClockRule, days } from './rule.ts'

export const notAnswered: ClockRule = ({ referral: { status, submittedAt }, agreement }) =>
  undecided.includes(status)
    ? {
        at: later(submittedAt, policyOf(agreement).expireDays * days),
        deed: { action: 'referral.not-answered', cancels: 'not-answered', tells: [] },
      }
    : undefined
