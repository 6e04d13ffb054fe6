// Clause 15: the time to finish what was begun is over, or the agreement was terminated (clauses 8, 9): the hub cancels
// what is left, and both sides hear of it.
import { completionUntil } from '../agreement.ts'
import { isClosed } from '../referral.ts'
import { type ClockRule, justAfter } from './rule.ts'

export const agreementEnded: ClockRule = ({ referral: { status }, agreement }) =>
  isClosed(status)
    ? undefined
    : {
        at: agreement.terminatedAt ?? justAfter(completionUntil(agreement)),
        deed: { action: 'referral.agreement-ended', cancels: 'agreement-ended', tells: [] },
      }
