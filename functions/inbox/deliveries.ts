// What a pull does with the messages that it was given: judged together, and written down in one transaction, who got
// which referral and what of it, or why nothing.
import type { Occurrence } from '../../events/access-log.ts'
import type { AgreementId } from '../../schemas/ids.ts'
import type { InboxEvent, PulledMessage } from '../../schemas/inbox.ts'
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

/** Something about a message. */
type OfMessage = { message: { event: Pick<InboxEvent, 'subject' | 'sequence'> } }
const subjectOf = ({ message: { event } }: OfMessage): string => event.subject
const sequenceOf = ({ message: { event } }: OfMessage): number => Number(event.sequence)

/** Those of one referral together, in its order: a queue may have copies of what comes first behind what follows. */
const inSequence = <T extends OfMessage>(all: Iterable<T>): T[] =>
  [...Map.groupBy(all, subjectOf).values()].flatMap(group =>
    group.toSorted((a, b) => sequenceOf(a) - sequenceOf(b)),
  )

/**
 * Does the same to all: to those of one referral one after the other, to the others side by side. What fails is logged
 * and comes again when its lease ends, with what follows it of its referral; if nothing else is left, the caller is
 * told.
 */
export const eachOf = async <T extends OfMessage, R>(
  all: readonly T[],
  request: Pull,
  step: (one: T) => Promise<R | undefined>,
): Promise<R[]> => {
  const results = new Map<T, R>()
  const faults: unknown[] = []
  const inTurn = async (group: readonly T[]) => {
    try {
      for (const one of group) {
        const result = await step(one)
        if (result !== undefined) results.set(one, result)
      }
    } catch (error) {
      failed(error, request)
      faults.push(error)
    }
  }
  await Promise.all([...Map.groupBy(all, subjectOf).values()].map(inTurn))
  if (faults.length > 0 && results.size === 0) throw faults[0]
  return all.flatMap(one => results.get(one) ?? [])
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
      if (error instanceof Moved && tries >= mostTogether) {
        failed(error, request)
        const moved = new Set(
          judged.filter(one => one.moved(error)).map(({ delivered }) => subjectOf(delivered)),
        )
        for (const one of left) if (moved.has(subjectOf(one))) left.delete(one)
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
  const copies = [...left].filter(isReferral).filter(one => {
    const copy = seen.has(subjectOf(one))
    seen.add(subjectOf(one))
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

/** Those that cannot be judged, and those that the caller has acknowledged before, are not among those `left`. */
const judgeAll = async (
  left: Set<Delivered>,
  request: Pull,
  deps: Deps,
): Promise<{ judged: Judged[]; sight?: Sight | undefined }> => {
  const all = inSequence(left)
  if (all.length === 0) return { judged: [] }
  const { known, sight } = await deps.cover.look(all.flatMap(one => rowsFor(one, deps)))
  // What cannot be judged is not given back. What is judged stays in its order, however long each took.
  left.clear()
  const agreements = await deps.directory.findAgreements(all.flatMap(agreementsOf), known)
  const given = new Map<string, number[]>()
  const judged = await eachOf(all, request, async one => {
    const before = given.get(subjectOf(one)) ?? []
    const result = await judgeMessage({ delivered: one, before, agreements }, known, request, deps)
    if (result) given.set(subjectOf(one), [...before, sequenceOf(one)])
    return result
  })
  for (const { delivered } of judged) left.add(delivered)
  if (!judged.some(({ recorded }) => recorded)) return { judged }
  return { judged, sight: await sight(mostWaiting(all.length)) }
}
