// What a delivery says of those before it, and whether a message may come yet. A queue may have lost, parked or doubled
// what it was sent; what an inbox acknowledged and is owed decides. Pure.
import type { Instant } from '../schemas/ids.ts'
import { deliveriesBeforeParking } from '../schemas/inbox.ts'
import type { Status } from '../schemas/referral.ts'

/** A message as a queue gives it out: how often the queue has, and how often it was sent before this copy. */
export type Copy = { receiveCount: number; sentBefore?: number | undefined }

/**
 * Which delivery this is, for its receiver: never 1 where one before may have reached it. A queue counts the deliveries
 * of the copy that it has, and knows nothing of copies that it lost, parked or forgot.
 *
 * @param delivered how often it was delivered so far, where that is written down
 */
export const deliveryOf = (
  { receiveCount, sentBefore = 0 }: Copy,
  delivered: number | undefined,
): number =>
  delivered === undefined ? receiveCount + sentBefore : Math.max(receiveCount, delivered + 1)

/** A message that an inbox is owed: how often it was sent, as far as that is written down, and when it is next. */
export type OwedSends = { sends: number; nextSendAt: Instant | undefined }

/**
 * Whether a message comes in the order of its referral.
 * - `stale`: a later copy of it lies in the queue, behind copies of what comes before it.
 * - `early`: something before it may still come. Of its first copy nobody knows whether that was sent before: a
 *   function may have died between its commit and its send, and the sweep has sent that since. What was sent again was
 *   sent behind all that comes before it, but for what is due itself.
 *
 * @param open what comes before it, is owed, and has not come: neither acknowledged nor before it in this pull. What is
 * parked is open too, and is not due: it holds up no second copy
 */
export const placeOf = (
  { sentBefore = 0 }: Pick<Copy, 'sentBefore'>,
  { own, open }: { own: OwedSends | undefined; open: readonly OwedSends[] },
  now: Instant,
): 'in-order' | 'stale' | 'early' => {
  // One that has no row, since 0.1.0 sent it or it was acknowledged just now, would be sent by nobody again.
  if (open.length === 0 || !own) return 'in-order'
  if (own.sends > sentBefore + 1) return 'stale'
  const isDue = ({ sends, nextSendAt }: OwedSends) =>
    sends === 0 || nextSendAt === undefined || nextSendAt <= now
  return sentBefore === 0 || open.some(isDue) ? 'early' : 'in-order'
}

/**
 * Whether each copy of a request was delivered as often as a queue delivers one, and nobody holds the last: the queue
 * has parked it, or does so instead of giving it out again, and may still count it until then.
 *
 * @param sends how often the request was sent, each time as a copy of its own
 */
export const isParked = (
  {
    status,
    deliveries = 0,
    leaseUntil,
  }: { status: Status; deliveries?: number | undefined; leaseUntil?: Instant | undefined },
  sends: number,
  now: Instant,
): boolean =>
  status === 'requested' &&
  leaseUntil !== undefined &&
  leaseUntil <= now &&
  deliveries >= deliveriesBeforeParking * Math.max(sends, 1)
