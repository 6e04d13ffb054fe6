// What a rule of the clock is: pure, from a referral, its consent and its agreement to what is coming and when. The hub
// does it once its time has come (functions/hub/run-due-work.ts), and writes down when to look again.
import type { Action } from '../../schemas/access-log.ts'
import type { KeptAgreement, Priority } from '../../schemas/agreement.ts'
import type { Instant, ReferralId } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import type { InboxEvent } from '../../schemas/inbox.ts'
import type { Feedback, RecordedMilestone } from '../../schemas/milestone.ts'
import type {
  ContentState,
  DeliveryState,
  Reason,
  Status,
  StatusChange,
} from '../../schemas/referral.ts'
import type { Consent } from '../consent.ts'
import type { Parties } from '../referral.ts'

/** What the rules look at of a referral's row. */
export type ClockedReferral = Parties & {
  priority: Priority
  status: Status
  deliveryState: DeliveryState
  contentState: ContentState
  version: number
  submittedAt: Instant
  respondBy: Instant
  history: readonly StatusChange[]
  milestones: readonly RecordedMilestone[]
  leaseUntil?: Instant | undefined
  deliveries?: number | undefined
  told?: Told | undefined
  feedback?: Feedback | undefined
  partOf?: ReferralId | undefined
}

/** The occasion that each rule has told of last, by the rule's name: each is told once. */
type Told = Readonly<Record<string, string>>

/** A referral with all that decides what time makes of it. */
export type Clocked = {
  referral: ClockedReferral
  /**
   * What was handed over of it. Consent and content are the same: they end with it, in the same transaction, and no
   * rule ends them for a handover by itself.
   */
  handovers?: readonly ClockedReferral[]
  consent: Consent
  agreement: Pick<
    KeptAgreement,
    'inForceUntil' | 'renewedUntil' | 'rescindedUntil' | 'terminatedAt' | 'policy'
  >
}

/** News of a referral for one side, as the inbox has it. */
export type News = {
  [E in ReferralEvent as E['type']]: {
    to: 'referrer' | 'recipient'
    type: E['type']
    data: E['data']
  }
}[ReferralEvent['type']]
type ReferralEvent = Extract<InboxEvent, { subject: ReferralId }>

/** What a rule does when it is due: one entry of the access log, and what is named here, in one transaction. */
export type Deed = {
  action: Action
  tells: readonly News[]
  /** The consent's ledger gains `expired`; what is told of that, each handover's sides are told too. */
  expires?: true
  /** The hub cancels the referral for this reason, where it is open; both sides are told. */
  cancels?: Reason
  /** The content is destroyed, of the handovers too; they are cancelled with it. */
  shreds?: true
  /** What the row remembers besides. */
  changes?: Partial<Pick<ClockedReferral, 'deliveryState' | 'told'>>
}

/** From when a deed is due (that millisecond included). */
export type Coming = { at: Instant; deed: Deed }

/** What a rule has coming as things stand; undefined where nothing is, until something changes. */
export type ClockRule = (clocked: Clocked) => Coming | undefined

export const days = 86_400_000
export const hours = 3_600_000

/** Before any clock: due whenever somebody looks. */
export const atOnce = '1970-01-01T00:00:00.000Z' as Instant

/** The first moment after `last`, which itself is still in time. */
export const justAfter = (last: Instant): Instant => later(last, 1)

/** The same news for both sides. */
export const toBoth = (tell: (to: News['to']) => News): News[] =>
  (['referrer', 'recipient'] as const).map(tell)

/** The referral and what was handed over of it: all that shares its consent and content. */
export const sharing = ({ referral, handovers = [] }: Clocked): readonly ClockedReferral[] => [
  referral,
  ...handovers,
]
