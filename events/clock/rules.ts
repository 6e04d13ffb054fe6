// All that time alone makes of a referral: one list, in the order in which things of the same millisecond happen. A
// rule more is a file more, and a line here.
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
