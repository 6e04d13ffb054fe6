// The header of a referral as one viewer sees it. Routing only, nothing personal.
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import type { Feedback } from '../schemas/milestone.ts'
import {
  type DeliveryState,
  type ExternalId,
  KeptHeader,
  type ReferralHeader,
  type Status,
} from '../schemas/referral.ts'
import { availableTransitions, deliveryAt } from './referral.ts'

/** What is the same for every viewer, and until when a delivered message is leased. */
export type HeaderFacts = KeptHeader & { leaseUntil?: Instant | undefined }

const kept = Object.keys(KeptHeader.shape) as (keyof KeptHeader)[]

/** The members that the contract names, whatever else stands in a row. */
const keptOf = (facts: KeptHeader): KeptHeader =>
  Object.fromEntries(
    kept.filter(name => facts[name] !== undefined).map(name => [name, facts[name]]),
  ) as KeptHeader

/** Where a decision is still awaited. */
export const undecided: readonly Status[] = ['requested', 'received']

/** Whether the answer is late: undecided, and `respondBy` has passed. */
export const isOverdue = (
  { status, respondBy }: { status: Status; respondBy: Instant },
  now: Instant,
): boolean => undecided.includes(status) && respondBy < now

/**
 * What the referrer is told, by the consent as it was taken. Of a referral whose content was destroyed, whether by a
 * withdrawal or when its time was over, no consent permits anything any more: the status remains.
 */
const feedbackOf = ({
  feedback,
  contentState,
}: Pick<KeptHeader, 'feedback' | 'contentState'>): Feedback =>
  contentState === 'shredded' ? 'status-only' : (feedback ?? 'status-only')

/** The milestones that `viewer` may see; the recipient, who records them, sees all. */
const milestonesFor = (facts: KeptHeader, viewer: InstitutionCode): KeptHeader['milestones'] =>
  viewer === facts.recipient || feedbackOf(facts) === 'milestones' ? facts.milestones : []

/** @param externalId given only where the viewer is the sender */
export const referralHeader = (
  facts: HeaderFacts,
  viewer: InstitutionCode,
  now: Instant,
  externalId?: ExternalId,
): ReferralHeader => ({
  ...keptOf(facts),
  milestones: milestonesFor(facts, viewer),
  feedback: feedbackOf(facts),
  deliveryState: deliveryAt(facts, now),
  availableTransitions: availableTransitions(facts, viewer),
  overdue: isOverdue(facts, now),
  ...(externalId === undefined ? {} : { externalId }),
  ...leasedTo(facts, viewer, now),
})

/** Where a request can be out: its sender may have been told that nobody acknowledged it. */
const leasable: readonly DeliveryState[] = ['delivered', 'undelivered']

/** Until when the request is leased; told to the recipient alone, whose lease it is. */
const leasedTo = (facts: HeaderFacts, viewer: InstitutionCode, now: Instant) =>
  viewer === facts.recipient &&
  facts.leaseUntil !== undefined &&
  facts.leaseUntil >= now &&
  leasable.includes(facts.deliveryState)
    ? { leasedUntil: facts.leaseUntil }
    : {}

/** Entity tag of a version (RFC 9110 §8.8.3). */
export const etagOf = ({ version }: { version: number }): string => `"${version}"`
