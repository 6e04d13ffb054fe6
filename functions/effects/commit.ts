// The only way an effect is made: one transaction that holds its writes, its access-log entries, the messages it owes,
// the request's nonce and, where retries get it again, the answer. Doors write by nothing else
// (test/borders/effects.test.ts). The one effect without an entry hands a row to the clock's work, which writes its
// own.
import {
  type Actor,
  type Occurrence,
  accessLogEntry,
  type hubActor,
} from '../../events/access-log.ts'
import { hex, utf8 } from '../../log/bytes.ts'
import { leafHash } from '../../log/merkle.ts'
import type { AccessLogEntry, RequestEvidence } from '../../schemas/access-log.ts'
import type { EntryId, ReferralId, Sha256 } from '../../schemas/ids.ts'
import { type AccessLog, entryRow } from '../aws/access-log/pending.ts'
import type { Sight } from '../aws/access-log/placing.ts'
import {
  Overtaken,
  type ReferralEnd,
  type Transact,
  type Write,
  transactionItems,
} from '../aws/dynamodb.ts'
import type { Settled } from '../aws/outbox.ts'
import type { Counting } from '../aws/progress-plan.ts'
import type { Progress } from '../aws/progress.ts'
import { newId, now } from '../aws/runtime.ts'
import { type Message, type Relaying, type Settling, numbered, relayNow } from './messages.ts'

/** What happens, whole or not at all. */
export type Effect<A = unknown> = {
  /** An entry of the access log each, in the order in which they happened. */
  occurrences: readonly Occurrence[]
  writes?: readonly Write[]
  /** What the sides of a referral are told; its row must be among the writes. */
  messages?: readonly Message[]
  /** Messages that were acknowledged: their inbox is owed them no more. */
  settled?: readonly Settled[]
  /** What the caller is answered, and its retries too where the route keeps answers. */
  answer?: A
  /**
   * The log as it was just read: the entries get their places with the effect itself, unless somebody else is at it.
   */
  sight?: Sight | undefined
  /** What is sent once the effect stands, beside the messages. It may fail without harm. */
  afterwards?: () => Promise<unknown>
}

/** In whose name effects are made: a verified request, or the hub by the clock. */
export type Committing<A = unknown> = {
  actor: Actor | typeof hubActor
  evidence: RequestEvidence
  /**
   * Spent by the request's first effect. Absent where the hub acts by the clock: there is nothing that could be
   * replayed.
   */
  nonce?: { spend: Write; spent: boolean }
  /** The write that keeps an answer for retries; absent where the route keeps none. */
  keep?: ((answer: A, first: Occurrence | undefined) => Write) | undefined
}

/** What sends messages; a door that tells nobody anything is given none of it. */
export type CommitDeps = {
  transact: Transact
  accessLog: Pick<AccessLog, 'append'>
  outbox?: Partial<(Relaying & Settling)['outbox']>
  inbox?: Relaying['inbox']
  /** What counts a change of a referral's status, milestones or content; a door that makes one is given it. */
  progress?: Partial<Pick<Progress, 'counted'>>
}

/** What a door with these adapters may commit. */
export type EffectWith<D, A> = Omit<Effect<A>, Owing> &
  (D extends Relaying ? Pick<Effect<A>, 'messages'> : { messages?: never }) &
  (D extends Settling ? Pick<Effect<A>, 'settled'> : { settled?: never })
/** What changes what inboxes are owed. */
export type Owing = 'messages' | 'settled'

/**
 * Commits an effect and sends its messages. The first effect of a request spends its nonce: a replayed request fails
 * there, and nothing of it happens.
 *
 * @returns the ids of the entries, in the order of the occurrences
 * @throws Refused with the code of the write whose condition failed; Moved where a row changed since it was read
 */
export const commit = async <A>(
  effect: Effect<A>,
  { actor, evidence, nonce, keep }: Committing<A>,
  deps: CommitDeps,
): Promise<EntryId[]> => {
  const { occurrences, writes = [], messages = [], settled = [], answer } = effect
  const time = now()
  const ends = endsOf(writes)
  // Entries take their place in the tree by id: those of one effect in the order of their chain.
  const ids = occurrences.map(() => newId<EntryId>()).toSorted()
  const entries = occurrences.map((occurrence, i) => {
    const entry = accessLogEntry(occurrence, { id: ids[i] as EntryId, time, actor, evidence })
    const end = occurrence.referralId && ends.get(occurrence.referralId)
    return end ? chained(entry, end) : entry
  })
  const queued = numbered(messages, ends, time)
  const kept = answer !== undefined && keep ? [keep(answer, occurrences[0])] : []
  const effectsWith = (counting?: Counting) => [
    ...(nonce && !nonce.spent ? [nonce.spend] : []),
    ...kept,
    ...writes.map(write => finished(write, ends, counting)),
    ...(counting?.writes ?? []),
    ...settled.map(each => settling(deps).outbox.settle(each)),
    ...queued.map(message => relaying(deps).outbox.add(message, time)),
  ]
  const agreementOf = (i: number) => occurrences[i]?.agreementId
  const onConflict = kept.length > 0 ? 'request-in-progress' : 'unavailable'
  const counts = writes.some(write => write.counts)
  const effects = effectsWith()
  const placing = (counts ? undefined : effect.sight)?.place(
    entries.map((entry, i) => entryRow(entry, agreementOf(i))),
    transactionItems - effects.length,
  )
  const placed =
    placing && (await unlessOvertaken(deps.transact([...effects, ...placing.writes], onConflict)))
  const send = (counting?: Counting) =>
    deps.transact(
      [
        ...effectsWith(counting),
        ...entries.map((entry, i) => deps.accessLog.append(entry, agreementOf(i))),
      ],
      onConflict,
    )
  if (placed) placing.placed()
  else if (counts) await countedBy(deps)(writes, send)
  else await send()
  if (nonce) nonce.spent = true
  await Promise.allSettled([
    queued.length > 0 && relayNow(queued, relaying(deps)),
    effect.afterwards?.(),
  ])
  return ids
}

/** False where the entries did not get their places, and nothing else happened either. */
const unlessOvertaken = async (committed: Promise<void>): Promise<boolean> => {
  try {
    await committed
    return true
  } catch (error) {
    if (error instanceof Overtaken) return false
    throw error
  }
}

/** How far each referral has come whose row is written; counted on as the effect is put together. */
const endsOf = (writes: readonly Write[]): Map<ReferralId, ReferralEnd> =>
  new Map(
    writes.flatMap(({ referral }) =>
      referral ? [[referral.referralId, { ...referral.from }] as const] : [],
    ),
  )

/** An entry that changes a referral, chained to the one before it; `end` moves on to it. */
const chained = (entry: AccessLogEntry, end: ReferralEnd): AccessLogEntry => {
  const before = end.chain
  const n = (before?.n ?? 0) + 1
  const linked = {
    ...entry,
    chain: { n, ...(before ? { prevHash: before.hash as Sha256 } : {}) },
  }
  const hash = hex(leafHash(utf8(JSON.stringify(linked))))
  end.chain = { n, hash }
  return linked
}

/** The write of a referral's row says how far the referral has come with this effect. */
const finished = (
  write: Write,
  ends: ReadonlyMap<ReferralId, ReferralEnd>,
  counting: Counting | undefined,
): Write => {
  const end = write.referral && ends.get(write.referral.referralId)
  return write.referral && end
    ? {
        ...write,
        item: write.referral.item({ ...end, ...counting?.marks.get(write.referral.referralId) }),
      }
    : write
}

const countedBy = ({ progress }: CommitDeps): Progress['counted'] => {
  if (!progress?.counted) throw new Error('a counted change, by a door that counts nothing')
  return progress.counted
}

const relaying = ({ outbox, inbox }: CommitDeps): Relaying => {
  if (!outbox?.add || !inbox) throw new Error('messages of a door that may send none')
  return { outbox: { add: outbox.add }, inbox }
}

const settling = ({ outbox }: CommitDeps): Settling => {
  if (!outbox?.settle) throw new Error('a message acknowledged by a door that may not')
  return { outbox: { settle: outbox.settle } }
}
