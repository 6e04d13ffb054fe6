// A referral as it crosses the boundary: the submission a referrer posts, and the header that is clear.
import * as z from 'zod'
import { Priority } from './agreement.ts'
import { ConsentTerms } from './consent.ts'
import { AgreementId, ConsentId, Folio, InstitutionCode, Instant, ReferralId, Salt } from './ids.ts'
import { Feedback, RecordedMilestone } from './milestone.ts'
import { Payload } from './payload.ts'
import { listOf } from './standards.ts'
import { ownNumberFault, textWithout } from './text.ts'

export const Service = z.enum([
  'vocational-profiling',
  'enrolment-guidance',
  'group-psychosocial-support',
  'mobility-stipend',
  'job-placement-handover',
])

/** The sender's own number for a referral: 1 to 64 code points. Shown to the sender alone, and kept sealed. */
export const ExternalId = textWithout(ownNumberFault, 64).brand('ExternalId')
export type ExternalId = z.infer<typeof ExternalId>

/** An own number as it was sealed by any version of the hub. */
export const KeptExternalId = z.string().brand('ExternalId')

/** Body of `POST /v1/referrals`. `salt` keeps the logged digest of this body from being a guessing oracle. */
export const Submission = z.strictObject({
  externalId: ExternalId,
  agreementId: AgreementId,
  recipient: InstitutionCode,
  priority: Priority,
  services: listOf(Service, 1, 5),
  salt: Salt,
  consent: ConsentTerms,
  payload: Payload,
})
export type Submission = z.infer<typeof Submission>

/** HL7 FHIR R4 Task.status codes. */
export const Status = z.enum([
  'requested',
  'received',
  'accepted',
  'in-progress',
  'on-hold',
  'completed',
  'rejected',
  'failed',
  'cancelled',
  'entered-in-error',
])
export type Status = z.infer<typeof Status>

export const Reason = z.enum([
  'no-capacity',
  'waitlisted',
  'not-eligible',
  'unreachable',
  'declined-by-person',
  'consent-withdrawn',
  'consent-expired',
  'duplicate',
  'out-of-area',
  'additional-assessment-required',
  'redirected',
  'not-collected',
  'safety-risk',
  'agreement-ended',
  'not-answered',
  'other',
])
export type Reason = z.infer<typeof Reason>

export const DeliveryState = z.enum(['queued', 'delivered', 'acknowledged', 'undelivered'])
export type DeliveryState = z.infer<typeof DeliveryState>
export const ContentState = z.enum(['sealed', 'released', 'shredded'])
export type ContentState = z.infer<typeof ContentState>

export const StatusChange = z.strictObject({
  status: Status,
  at: Instant,
  by: z.union([InstitutionCode, z.literal('hub')]),
  reason: Reason.optional(),
})
export type StatusChange = z.infer<typeof StatusChange>

/**
 * What both parties may see of a referral: routing, nothing personal. `externalId` is added for the sender alone. A new
 * member is optional, for rows and messages from before have none (docs/reference/evolving-rows.md).
 */
export const ReferralHeader = z.strictObject({
  referralId: ReferralId,
  folio: Folio,
  agreementId: AgreementId,
  referrer: InstitutionCode,
  recipient: InstitutionCode,
  priority: Priority,
  services: z.array(Service),
  consentId: ConsentId,
  submittedAt: Instant,
  respondBy: Instant,
  status: Status,
  deliveryState: DeliveryState,
  contentState: ContentState,
  version: z.int().positive(),
  history: z.array(StatusChange),
  /** In order of `n`. Empty for a referrer that has no feedback but the status. */
  milestones: z.array(RecordedMilestone),
  feedback: Feedback,
  availableTransitions: z.array(Status),
  /** No decision by `respondBy`, as of this answer. */
  overdue: z.boolean(),
  /** Of a handover: the referral that its sender received, and handed over. */
  partOf: ReferralId.optional(),
  externalId: KeptExternalId.optional(),
  /**
   * Shown to the recipient while the request is leased to one of its systems: it is delivered again after that, unless
   * acknowledged.
   */
  leasedUntil: Instant.optional(),
})
export type ReferralHeader = z.infer<typeof ReferralHeader>

/**
 * What a referral keeps of its header; the rest is made for each viewer. Rows, headers and the indexes of lists are
 * made of it.
 */
export const KeptHeader = ReferralHeader.omit({
  availableTransitions: true,
  overdue: true,
  externalId: true,
  leasedUntil: true,
}).extend({
  /** Rows from before milestones have none: their referrer is told the status only, until one is recorded. */
  feedback: Feedback.optional(),
})
export type KeptHeader = z.infer<typeof KeptHeader>

/**
 * Reasons that say what became of a consent. Only the consent itself brings them about, never a status change by hand.
 */
export const consentReasons: readonly Reason[] = ['consent-withdrawn', 'consent-expired']

/** Body of `POST /v1/referrals/{referralId}/status`. */
export const StatusCommand = z.strictObject({ status: Status, reason: Reason.optional() })
export type StatusCommand = z.infer<typeof StatusCommand>
