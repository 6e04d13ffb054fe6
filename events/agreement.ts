// What an agreement allows at an instant. Pure.
import type { Agreement, KeptAgreement, Priority } from '../schemas/agreement.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import { later } from '../schemas/instants.ts'
import type { AgreementState } from '../schemas/notice.ts'
import type { ProblemCode } from '../schemas/problem.ts'
import { policyOf } from './policy.ts'

const dayLength = 86_400_000

export const daysLater = (at: Instant, days: number): Instant => later(at, days * dayLength)

const earlier = (one: Instant, other: Instant | undefined): Instant =>
  other !== undefined && other < one ? other : one

/** What an agreement's end follows from. */
export type Term = Pick<
  KeptAgreement,
  'inForceUntil' | 'renewedUntil' | 'rescindedUntil' | 'terminatedAt'
>

/** Clause 15: the last instant of the term, as renewals have it. */
export const termUntil = ({ inForceUntil, renewedUntil }: Term): Instant =>
  renewedUntil ?? inForceUntil

/** Clauses 8, 9, 15: the last instant in force, as rescission and termination have it. */
export const endsAt = (agreement: Term): Instant =>
  earlier(earlier(termUntil(agreement), agreement.rescindedUntil), agreement.terminatedAt)

/**
 * Clause 15: the last instant at which work in progress is finished, so many whole days after the end; none after a
 * termination. A consent may last that long: a running course must not lose its consent on the agreement's last day.
 */
export const completionUntil = (agreement: Term & Pick<KeptAgreement, 'policy'>): Instant => {
  const end = endsAt(agreement)
  const ended = agreement.terminatedAt !== undefined && agreement.terminatedAt <= end
  return ended ? end : daysLater(end, policyOf(agreement).completionDays)
}

/** In which state an agreement is at an instant. A freeze outlasts the term: nothing is opened meanwhile. */
export const stateAt = (agreement: KeptAgreement, now: Instant): AgreementState => {
  const { inForceFrom, frozen, rescindedUntil, terminatedAt } = agreement
  if (terminatedAt !== undefined && terminatedAt <= now) return 'ended'
  if (now > completionUntil(agreement)) return 'ended'
  if (now < inForceFrom) return 'pending'
  if (frozen) return 'frozen'
  if (now > endsAt(agreement)) return 'completing'
  return rescindedUntil === undefined ? 'in-force' : 'in-notice'
}

/** What an agreement refuses at an instant: each the code, or absent where it is open. */
export type Gate = {
  state: AgreementState
  /** New referrals. */
  submit?: ProblemCode
  /** Content, by pull or release, and handing a person on (clause 8: one action freezes all of it). */
  open?: ProblemCode
  /** Finishing what was begun: status and milestones. A freeze is no end, and lets the work go on. */
  work?: ProblemCode
}

export const gate = (agreement: KeptAgreement, now: Instant): Gate => {
  const state = stateAt(agreement, now)
  const over = 'agreement-not-in-force'
  switch (state) {
    case 'frozen':
      return { state, submit: 'agreement-frozen', open: 'agreement-frozen' }
    case 'pending':
    case 'ended':
      return { state, submit: over, open: over, work: over }
    case 'completing':
      return { state, submit: over }
    case 'in-notice':
      return policyOf(agreement).referralsInNotice ? { state } : { state, submit: over }
    default:
      return { state }
  }
}

export const isParty = (agreement: Agreement, institution: InstitutionCode): boolean =>
  agreement.parties.includes(institution)

/**
 * Clause 12: whom a consent may name. The parties, and whoever the agreement names as an onward recipient by the
 * person's own consent.
 */
export const named = ({ parties, onwardRecipients }: Agreement): InstitutionCode[] => [
  ...parties,
  ...onwardRecipients,
]

/** Until when the recipient is asked to answer: policy, not a duty of the agreement. */
export const respondBy = (
  agreement: Agreement,
  priority: Priority,
  submittedAt: Instant,
): Instant => later(submittedAt, agreement.policy.answerHours[priority] * 3_600_000)
