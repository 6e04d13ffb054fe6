// All that time alone makes of a referral: one list, in the order in which things of the same millisecond happen. A
// rule more is a file more, a line here, and another version.
import { agreementEnded } from './agreement-ended.ts'
import { consentExpired } from './consent-expired.ts'
import { consentExpiring } from './consent-expiring.ts'
import { evidence } from './evidence.ts'
import { notAnswered } from './not-answered.ts'
import { overdue } from './overdue.ts'
import { retention } from './retention.ts'
import type { ClockRule } from './rule.ts'
import { stalled } from './stalled.ts'
import { undelivered } from './undelivered.ts'
import { withdrawalUndone } from './withdrawal-undone.ts'

/**
 * Counts the lists there have been: with another number every referral that is open, or not yet destroyed, is looked at
 * once more, since the list of before said when to look. 0: the rules of 0.1.0.
 */
export const rulesVersion = 1

export const clockRules: readonly ClockRule[] = [
  withdrawalUndone,
  undelivered,
  overdue,
  stalled,
  consentExpiring,
  consentExpired,
  notAnswered,
  agreementEnded,
  evidence,
  retention,
]
