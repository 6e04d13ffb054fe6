// The inbox that every institution pulls: CloudEvents 1.0 in JSON, handles to acknowledge them by, and what was
// released with them.
import * as z from 'zod'
import { DataCategory } from './consent.ts'
import { AgreementId, ConsentId, InstitutionCode, Instant, MessageId, ReferralId } from './ids.ts'
import { Feedback, RecordedMilestone } from './milestone.ts'
import { ProjectedPayload } from './payload.ts'
import { Reason, ReferralHeader, Status } from './referral.ts'
import { listOf } from './standards.ts'

const about =
  <S extends z.ZodType>(subject: S) =>
  <T extends string, D extends z.ZodType>(type: T, data: D) =>
    z.strictObject({
      specversion: z.literal('1.0'),
      id: MessageId,
      /** The hub's own (`eventSource`). */
      source: z.url({ protocol: /^https$/ }),
      type: z.literal(type),
      subject,
      time: Instant,
      datacontenttype: z.literal('application/json'),
      /** Orders the events of one subject in one inbox, from "1", without gaps (CloudEvents Sequence extension). */
      sequence: z.string().regex(/^[1-9]\d{0,8}$/),
      data,
    })
const event = about(ReferralId)

/** An agreement is about to end: so many days before, both parties are told (clause 15). */
export const EndingNews = z.strictObject({ endsAt: Instant, days: z.literal([90, 60, 30]) })
export type EndingNews = z.infer<typeof EndingNews>

/** Every event the hub sends, by CloudEvents `type`. */
export const InboxEvent = z.discriminatedUnion('type', [
  // Messages that were on their way before headers said whether they are overdue, and who hears of milestones: none is
  // overdue when it is sent, and nobody hears what nobody has recorded.
  event(
    'referral.requested.v1',
    ReferralHeader.extend({
      overdue: z.boolean().default(false),
      feedback: Feedback.default('status-only'),
    }),
  ),
  event(
    'referral.status-changed.v1',
    z.strictObject({ status: Status, reason: Reason.optional(), version: z.int().positive() }),
  ),
  event(
    'referral.milestone-recorded.v1',
    RecordedMilestone.pick({ n: true, milestone: true, on: true }),
  ),
  event('referral.milestone-voided.v1', RecordedMilestone.pick({ n: true })),
  event('referral.undelivered.v1', z.strictObject({ cause: z.enum(['not-collected', 'parked']) })),
  event('referral.overdue.v1', z.strictObject({ respondBy: Instant })),
  event('referral.stalled.v1', z.strictObject({ since: Instant })),
  event('consent.withdrawn.v1', z.strictObject({ consentId: ConsentId })),
  event('consent.expiring.v1', z.strictObject({ validUntil: Instant })),
  event('consent.expired.v1', z.strictObject({ consentId: ConsentId })),
  event('consent.deletion-confirmed.v1', z.strictObject({ consentId: ConsentId })),
  about(AgreementId)('agreement.ending.v1', EndingNews),
])
export type InboxEvent = z.infer<typeof InboxEvent>

/** The sealed content of a referral: one compact JWE (RFC 7516) per data category. */
export const Envelope = z.partialRecord(
  DataCategory,
  z.string().regex(/^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/),
)
export type Envelope = z.infer<typeof Envelope>

/** What travels through a queue: ids and ciphertext. The envelope only goes with `referral.requested.v1`. */
export const QueueMessage = z.strictObject({
  inbox: InstitutionCode,
  event: InboxEvent,
  envelope: Envelope.optional(),
  /** How often it was sent before, long enough ago that SQS knows nothing of it: absent the first time. */
  sentBefore: z.int().positive().optional(),
})
export type QueueMessage = z.infer<typeof QueueMessage>

/** Names one delivery of one message; opaque to callers. */
export const Handle = z.string().regex(/^[A-Za-z0-9_-]{1,2048}$/)

/**
 * So often a message is delivered without an acknowledgement before it is parked. One given back was delivered all the
 * same.
 */
export const deliveriesBeforeParking = 5

/** `content` says whether referrals are opened (`open`) or only leased, sealed (`none`): looking is not opening. */
export const PullCommand = z.strictObject({
  max: z.int().min(1).max(10),
  waitSeconds: z.int().min(0).max(20),
  visibilitySeconds: z.int().min(30).max(43_200).default(300),
  content: z.enum(['open', 'none']).default('open'),
})
export type PullCommand = z.infer<typeof PullCommand>

export const PulledMessage = z.strictObject({
  handle: Handle,
  receiveCount: z.int().positive(),
  event: InboxEvent,
  /** A referral that was not opened: `POST …/release` opens it, for a purpose. */
  content: z.literal('sealed').optional(),
  payload: ProjectedPayload.optional(),
  withheld: z.array(z.union([DataCategory, z.literal('all')])).optional(),
  proof: z.string().optional(),
})
export type PulledMessage = z.infer<typeof PulledMessage>

const handles = listOf(Handle, 1, 10)

export const AckCommand = z.strictObject({ handles })
export type AckCommand = z.infer<typeof AckCommand>

export const ReturnCommand = z.strictObject({
  handles,
  delaySeconds: z.int().min(0).max(900).default(0),
})
export type ReturnCommand = z.infer<typeof ReturnCommand>

/** One result per handle, in order. `code` is a problem code where `ok` is false. */
export const SettleAnswer = z.strictObject({
  results: z.array(
    z.strictObject({ handle: Handle, ok: z.boolean(), code: z.string().optional() }),
  ),
})
export type SettleAnswer = z.infer<typeof SettleAnswer>

export const RedriveCommand = z.strictObject({})

/** How many messages the queue had lost or parked; they come again. */
export const RedriveAnswer = z.strictObject({ redriven: z.int().nonnegative() })
export type RedriveAnswer = z.infer<typeof RedriveAnswer>
