// Judges one message of a pull: whether it is its turn, what its caller may get of it, and what is written down of
// that.
import type { Occurrence } from '../../events/access-log.ts'
import { lookBy } from '../../events/clock/look.ts'
import { mayReleaseOnPull, pullPurpose } from '../../events/consent.ts'
import { deliveryOf, placeOf } from '../../events/delivery.ts'
import { contentOf } from '../../events/handover.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import type { AgreementId, EntryId, Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import {
  type InboxEvent,
  type PulledMessage,
  type QueueMessage,
  deliveriesBeforeParking,
} from '../../schemas/inbox.ts'
import type { Given, SignedDeps } from '../aws/bind.ts'
import type { Moved, RowName, Write } from '../aws/dynamodb.ts'
import type { Received } from '../aws/inbox.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { Outbox } from '../aws/outbox.ts'
import type { Change, ReferralRow } from '../aws/referral-row.ts'
import {
  type Gate,
  type Recorded,
  type Verdict,
  judge,
  judgedBy,
  recording,
  releasing,
  unfinished,
} from '../effects/release.ts'
import type { RequestOf } from '../http/route.ts'

/** What a pull needs beside what every signed door does. */
export const pulling = [
  ...releasing,
  'outbox:order',
  'requests:wait',
  'guard:mac',
  'inbox:receive',
  'inbox:settle',
] as const
export type Deps = SignedDeps & Given<typeof pulling>
export type Pull = RequestOf<'inbox.pull'>

/** Whether referrals are opened: not when the caller only looks, and never for a key that is no recipient's. */
export const opens = ({ body, caller }: Pick<Pull, 'body' | 'caller'>): boolean =>
  body.content === 'open' && caller.role === 'recipient'

/** A message that was delivered, with the handle that the caller will settle it by. */
export type Delivered = Received & { handle: string }

/** A message that was judged: what is committed of it, and what it then is. */
export type Judged = {
  delivered: Delivered
  message: PulledMessage
  occurrence?: Occurrence
  writes: Write[]
  recorded?: (entryId: EntryId) => Recorded
  /** The agreement that must still be open when a release commits. */
  releasedUnder?: AgreementId
  /** Whether it is what has moved. */
  moved: (error: Moved) => boolean
}

/** The agreements of a pull's messages. */
export type Agreements = ReadonlyMap<AgreementId, KeptAgreement>

/** What a message is judged by: where it is. */
export const rowsFor = ({ message: { event } }: Delivered, deps: Deps): RowName[] =>
  event.type === 'agreement.ending.v1'
    ? []
    : [
        deps.referrals.at(event.subject),
        ...(event.type === 'referral.requested.v1'
          ? judgedBy({ ...event.data, referralId: event.subject }, deps)
          : []),
      ]

/**
 * Undefined if the caller has acknowledged the message before and the queue merely did not know, if it has it already
 * by this pull, or if something before it is still to come.
 *
 * @param before sequences of its referral that the caller is given before it
 */
export const judgeMessage = async (
  {
    delivered,
    before,
    agreements,
  }: { delivered: Delivered; before: readonly number[]; agreements: Agreements },
  known: KnownRows,
  request: Pull,
  deps: Deps,
): Promise<Judged | undefined> => {
  const { institution } = request.caller
  const { message: received, handle, receiptHandle, receiveCount } = delivered
  const { event, envelope = {} } = received
  const { now } = request
  const sent = { receiveCount, sentBefore: received.sentBefore }
  // A copy: of what was acknowledged, of news that this pull has already, or of what must come later.
  const isCopy = async (come: readonly number[], ackedBy: 'row' | 'outbox' = 'row') => {
    const copy =
      come.includes(Number(event.sequence)) ||
      !(await comesInOrder(received, { come, now, ackedBy }, deps))
    if (copy) await deps.inbox.remove(institution, [receiptHandle])
    return copy
  }
  if (event.type === 'agreement.ending.v1') {
    if (await isCopy(before, 'outbox')) return undefined
    const message = { handle, receiveCount: deliveryOf(sent, undefined), event }
    return { delivered, message, writes: [], moved: () => false }
  }
  const referral = await deps.referrals.find(event.subject, known)
  if (!referral) throw new Error('a message without its referral')
  const acked =
    institution === referral.recipient ? referral.ackedByRecipient : referral.ackedByReferrer
  if (await isCopy([...acked, ...before])) return undefined
  const message = { handle, receiveCount: deliveryOf(sent, deliveriesOf(event, referral)), event }
  if (event.type !== 'referral.requested.v1')
    return { delivered, message, writes: [], moved: () => false }
  const agreement = agreements.get(referral.agreementId)
  const gate = gateOf(referral)
  const verdict = await judge({ referral, agreement, envelope, gate }, deps, known)
  const wrapped = await deps.referralKeys.find(contentOf(referral).referralId, known)
  const told = tellOf({ message, verdict, wrapped }, request, deps)
  const moved = ({ writes }: Moved) =>
    writes.some(write => told.writes.includes(write) || isOf(write, referral))
  return { delivered, ...told, moved }
}

/** How often it was delivered before, where that is written down: a request in its referral, news nowhere. */
const deliveriesOf = ({ type }: InboxEvent, referral: ReferralRow): number | undefined =>
  type === 'referral.requested.v1'
    ? (referral.deliveries ?? (referral.leaseUntil === undefined ? 0 : undefined))
    : undefined

const isOf = ({ referral }: Write, { referralId }: ReferralRow) =>
  referral?.referralId === referralId

const gateOf =
  (referral: ReferralRow): Gate =>
  (consent, held, at) =>
    mayReleaseOnPull(consent, referral, held, at)

/** What a delivery changes in the row, whether or not anything is opened: it is out until its lease ends. */
const leased = (
  { referral, at }: Verdict,
  { receiveCount }: PulledMessage,
  { visibilitySeconds }: Pull['body'],
): Change => ({
  deliveries: receiveCount,
  // What its sender was told stays until it is acknowledged.
  ...(['acknowledged', 'undelivered'].includes(referral.deliveryState)
    ? {}
    : { deliveryState: 'delivered' as const }),
  leaseUntil: later(at, visibilitySeconds * 1000),
  // What is not acknowledged after this is parked, and nobody pulls it again. A referral that has ended misses nothing.
  ...(receiveCount < deliveriesBeforeParking || referral.status !== 'requested'
    ? {}
    : lookBy(referral, later(at, visibilitySeconds * 1000 + 1))),
})

/**
 * What is written down of who got a referral: its release, or why nothing may leave, or that it was only looked at.
 * `withheld` says where opening it with the pull was refused, or would have been.
 */
const tellOf = (
  {
    message,
    verdict,
    wrapped,
  }: {
    message: PulledMessage
    verdict: Verdict
    wrapped: Uint8Array | undefined
  },
  request: Pull,
  deps: Deps,
): Omit<Judged, 'delivered' | 'moved'> => {
  const { referral, refusal, at } = verdict
  const withheld: PulledMessage = { ...message, withheld: ['all'] }
  const purpose = pullPurpose(referral)
  const lease = leased(verdict, message, request.body)
  if (opens(request) && refusal === undefined) {
    // Its key is gone, whatever the consent says.
    if (!wrapped) return { message: withheld, writes: [] }
    return {
      message: withheld,
      releasedUnder: referral.agreementId,
      ...recording({ verdict, purpose, change: lease, wrapped }, deps),
    }
  }
  const { referralId, consentId } = referral
  const about = { referralId, agreementId: seenUnder(referral), consentId }
  const change = { ...lease, ...unfinished(verdict) }
  const writes = [deps.referrals.change(referral, change, at)]
  if (opens(request)) {
    const denied = { action: 'referral.release', outcome: 'denied', code: refusal } as const
    return { message: withheld, occurrence: { ...denied, ...about, purpose }, writes }
  }
  return {
    message: { ...(refusal === undefined ? message : withheld), content: 'sealed' },
    occurrence: { action: 'inbox.pull', outcome: 'allowed', ...about },
    writes,
  }
}

/**
 * Keeps the order of a referral's or an agreement's messages where a queue does not: a function may die between its
 * commit and its send while another sends what came next, and a queue may forget the first of two. A message that would
 * come too soon is sent again behind what it must follow.
 *
 * Whether a message may be delivered now; if not, its copy can go: another lies in the queue, or the next sweep sends
 * one. Reads nothing where all before it was acknowledged or comes in the same pull, as nearly always.
 *
 * @param come sequences of its referral that this inbox has acknowledged, or is given before it in this pull
 * @param ackedBy what knows of acknowledgements: the referral's row, or, of an agreement, the outbox alone. There a
 * message without its row was acknowledged
 */
export const comesInOrder = async (
  message: QueueMessage,
  {
    come,
    now,
    ackedBy = 'row',
  }: { come: readonly number[]; now: Instant; ackedBy?: 'row' | 'outbox' },
  { outbox }: { outbox: Pick<Outbox, 'sendsOf' | 'sent'> },
): Promise<boolean> => {
  const sequence = Number(message.event.sequence)
  const missing = Array.from({ length: sequence - 1 }, (_, n) => n + 1).filter(
    n => !come.includes(n),
  )
  if (missing.length === 0 && ackedBy === 'row') return true
  const [own, ...before] = await outbox.sendsOf(message, [sequence, ...missing])
  if (!own && ackedBy === 'outbox') return false
  const place = placeOf(message, { own, open: before.filter(row => row !== undefined) }, now)
  // As sent, and due: the sweep sends it as another copy, which SQS does not drop.
  if (place === 'early') await outbox.sent(message, now)
  return place === 'in-order'
}
