// What an agreement allows at an instant. Pure.
import type { Agreement, Priority } from '../schemas/agreement.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import { policyOf } from './policy.ts'

/** Clause 15: in force from its first to its last instant, both included. */
export const isInForce = (agreement: Agreement, now: Instant): boolean =>
  agreement.inForceFrom <= now && now <= agreement.inForceUntil

const dayLength = 86_400_000

/**
 * Clause 15: the last instant at which work in progress is finished, so many whole days after the end. A consent may
 * last that long: a running course must not lose its consent on the agreement's last day.
 */
export const completionUntil = ({
  inForceUntil,
  policy,
}: Pick<Agreement, 'inForceUntil' | 'policy'>): Instant =>
  new Date(
    Date.parse(inForceUntil) + policyOf({ policy }).completionDays * dayLength,
  ).toISOString() as Instant

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
): Instant =>
  new Date(
    Date.parse(submittedAt) + agreement.policy.answerHours[priority] * 3_600_000,
  ).toISOString() as Instant
