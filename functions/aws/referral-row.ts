// A row of the Referrals table: a referral as it is kept, and what of it may change.
import * as z from 'zod'
import { InstitutionCode, Instant, ReferralId, Sha256 } from '../../schemas/ids.ts'
import { Envelope } from '../../schemas/inbox.ts'
import { KeptHeader } from '../../schemas/referral.ts'
import type { Row } from './dynamodb.ts'

/**
 * A referral as kept. Members of rows that this code does not know yet are let be: a newer function may have written
 * them.
 */
export const ReferralRow = z.object({
  ...KeptHeader.shape,
  pk: z.string(),
  updatedAt: Instant,
  leaseUntil: Instant.optional(),
  /**
   * Rows of 0.1.0 hold the sender's sealed number; since then it lies with the referral's key (referral-keys.ts). A
   * handover has none.
   */
  externalIdSealed: z.string().optional(),
  /** Counts every write of the row; each write is conditional on the one it read. */
  revision: z.int().positive(),
  /** Rows of 0.1.0 hold their sealed content themselves; those since then have it beside them (envelopes.ts). */
  envelope: Envelope.optional(),
  envelopeDigest: Sha256,
  /** What was handed over of it, in order, closed ones included; the referrals under its consent are it and these. */
  handovers: z
    .array(z.strictObject({ referralId: ReferralId, recipient: InstitutionCode }))
    .optional(),
  /** Keys of the guard rows that fall when the referral closes. */
  openGuards: z.array(z.string()),
  /** Events sent so far to each side's inbox: the last `sequence`. */
  sentToReferrer: z.int().nonnegative(),
  sentToRecipient: z.int().nonnegative(),
  /** Sequences that each side has acknowledged. */
  ackedByReferrer: z.array(z.int()),
  ackedByRecipient: z.array(z.int()),
  /** When the content was lately released; a withdrawal counts those that may still be on their way. */
  recentReleases: z.array(Instant),
  /** The version of the agreement that it came under. Absent: the first. */
  agreementVersion: z.int().positive().optional(),
  /** How often the referral itself was delivered to its recipient; absent in rows of 0.1.0, and before the first. */
  deliveries: z.int().positive().optional(),
  /** The last access-log entry that changed this row (schemas/access-log.ts `chain`). */
  chain: z.strictObject({ n: z.int().positive(), hash: Sha256 }),
  /** The occasion that each rule of the clock has told of last, by the rule's name (events/clock). */
  told: z.record(z.string(), z.string()).optional(),
  /**
   * Sparse index of when the clock has something to do next (events/clock); gone once nothing is left. May be too
   * early, then the rules say when; never too late.
   */
  due: z.literal('due').optional(),
  dueAt: Instant.optional(),
  /** Where it is counted (events/progress.ts); absent in rows that nothing has counted yet. */
  counted: z
    .object({
      quarter: z.string().brand('Quarter'),
      person: z.string().optional(),
      as: z.array(z.string()).optional(),
    })
    .optional(),
})
export type ReferralRow = z.infer<typeof ReferralRow>

export type Side = 'referrer' | 'recipient'

/** The members of a row that change after submission. */
export type Change = {
  [Member in keyof Changing]?: Changing[Member] | undefined
}
type Changing = Required<
  Pick<
    ReferralRow,
    | 'status'
    | 'history'
    | 'milestones'
    | 'feedback'
    | 'version'
    | 'deliveryState'
    | 'contentState'
    | 'leaseUntil'
    | 'deliveries'
    | 'told'
    | 'handovers'
    | 'openGuards'
    | 'ackedByReferrer'
    | 'ackedByRecipient'
    | 'envelope'
    | 'recentReleases'
    | 'due'
    | 'dueAt'
  >
>

/** A referral as it is submitted; the rest is the row's own, or counted by the commit. */
export type NewReferral = Omit<
  ReferralRow,
  | 'pk'
  | 'revision'
  | 'updatedAt'
  | 'chain'
  | 'sentToReferrer'
  | 'sentToRecipient'
  | 'envelope'
  | 'externalIdSealed'
>

export const idOf = ({ pk }: Row): ReferralId => String(pk).replace('referral#', '') as ReferralId
