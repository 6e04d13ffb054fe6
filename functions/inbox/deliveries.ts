// What a pull does with the messages that it was given: judged together, and written down in one transaction, who got
// which referral and what of it, or why nothing.
import type { Occurrence } from '../../events/access-log.ts'
import type { AgreementId } from '../../schemas/ids.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { Sight } from '../aws/access-log/placing.ts'
import { Moved, rereading } from '../aws/dynamodb.ts'
import { log } from '../aws/runtime.ts'
import { type Recorded, whileOpen } from '../effects/release.ts'
import {
  type Delivered,
  type Deps,
  type Judged,
  type Pull,
  judgeMessage,
  rowsFor,
} from './judge-message.ts'

/** The pull's own entry. */
export const pulled: Occurrence = { action: 'inbox.pull', outcome: 'allowed' }

/** A message whose delivery is written down, and the release that it waits for. */
export type Delivery = { message: PulledMessage; release?: Recorded | undefined }

const failed = (error: unknown, { id: requestId }: Pull): void =>
  log('error', 'delivery-failed', {
    requestId,
    error: error instanceof Error ? error.name : 'unknown',
  })

/**
 * Does the same to all, side by side. What fails is logged and comes again when its lease ends; if that is all of it,
 * the caller is told.
 */
export const eachOf = async <T, R>(
  all: readonly T[],
  request: Pull,
  step: (one: T) => Promise<R | undefined>,
): Promise<R[]> => {
  const settled = await Promise.allSettled(all.map(step))
  const faults = settled.filter(result => result.status === 'rejected')
  for (const { reason } of faults) failed(reason, request)
  if (faults[0] && faults.length === all.length) throw faults[0].reason
  return settled.flatMap(result =>
    result.status === 'fulfilled' && result.value !== undefined ? [result.value] : [],
  )
}

/**
 * So often all messages are written down together. From then on one whose rows move again waits for its next delivery.
 */
const mostTogether = 5

/**
 * Judges all messages by what one call reads, and commits all that they come to as one. Nothing is committed where any
 * of it has moved; then all is read and judged again.
 *
 * @param left messages that are still to be answered; what cannot be is taken out
 * @param begun.told the pull's own entry is written already
 * @returns the log as it was when that was committed, where there are releases to cover
 */
export const recordAll = async (
  left: Set<Delivered>,
  { told }: { told: boolean },
  request: Pull,
  deps: Deps,
): Promise<{ deliveries: Delivery[]; sight?: Sight | undefined }> => {
  await onceEach(left, request, deps)
  let tries = 0
  return rereading(async () => {
    tries += 1
    const { judged, sight } = await judgeAll(left, request, deps)
    const own = told ? [] : [pulled]
    const held = whileOpen(
      judged.flatMap(({ releasedUnder }) => releasedUnder ?? []),
      deps,
    )
    const occurrences = [...own, ...judged.flatMap(({ occurrence }) => occurrence ?? [])]
    try {
      const ids =
        occurrences.length === 0
          ? []
          : await request.commit({
              occurrences,
              writes: [...judged.flatMap(({ writes }) => writes), ...held],
              sight,
            })
      const entries = ids.slice(own.length)[Symbol.iterator]()
      const deliveries = judged.map(({ message, occurrence, recorded }) => {
        const entryId = occurrence && entries.next().value
        return { message, release: entryId && recorded?.(entryId) }
      })
      return { deliveries, sight }
    } catch (error) {
      if (error instanceof Moved && tries >= mostTogether)
        for (const { delivered } of judged.filter(one => one.moved(error))) {
          failed(error, request)
          left.delete(delivered)
        }
      throw error
    }
  })
}

const isReferral = ({ message: { event } }: Delivered) => event.type === 'referral.requested.v1'

const agreementsOf = ({ message: { event } }: Delivered): AgreementId[] =>
  event.type === 'referral.requested.v1' ? [event.data.agreementId] : []

/** Of two copies of a referral the second goes back: one transaction changes a row once. */
const onceEach = async (
  left: Set<Delivered>,
  { caller: { institution } }: Pull,
  deps: Deps,
): Promise<void> => {
  const seen = new Set<string>()
  const copies = [...left].filter(one => {
    const { subject } = one.message.event
    const copy = isReferral(one) && seen.has(subject)
    if (isReferral(one)) seen.add(subject)
    return copy
  })
  const handles = copies.map(one => one.receiptHandle)
  await deps.inbox.giveBack(institution, handles, 0)
  for (const one of copies) left.delete(one)
}

/**
 * Entries that are placed with a pull of so many messages, if they wait before it: what its transaction has room for.
 */
const mostWaiting = (messages: number) => Math.floor((88 - 3 * messages) / 2)

/** Sequences of the same referral that come before a message in its pull. */
const sequencesBefore = (one: Delivered, all: readonly Delivered[]): number[] =>
  all
    .slice(0, all.indexOf(one))
    .filter(({ message: { event } }) => event.subject === one.message.event.subject)
    .map(({ message: { event } }) => Number(event.sequence))

/** Those that cannot be judged, and those that the caller has acknowledged before, are not among those `left`. */
const judgeAll = async (
  left: Set<Delivered>,
  request: Pull,
  deps: Deps,
): Promise<{ judged: Judged[]; sight?: Sight | undefined }> => {
  const all = [...left]
  if (all.length === 0) return { judged: [] }
  const { known, sight } = await deps.cover.look(all.flatMap(one => rowsFor(one, deps)))
  // What cannot be judged is not given back. What is judged stays in its order, however long each took.
  left.clear()
  const agreements = await deps.directory.findAgreements(all.flatMap(agreementsOf), known)
  const judged = await eachOf(all, request, one =>
    judgeMessage(
      { delivered: one, before: sequencesBefore(one, all), agreements },
      known,
      request,
      deps,
    ),
  )
  for (const { delivered } of judged) left.add(delivered)
  if (!judged.some(({ recorded }) => recorded)) return { judged }
  return { judged, sight: await sight(mostWaiting(all.length)) }
}
