// The only way an effect is made: one transaction that holds the effect, its access-log entry, the request's nonce and, for writes,
// the answer that retries will get. Whoever wants an effect without its entry has nowhere to ask for it.
import {
  type Actor,
  type Occurrence,
  type RecordedRelease,
  accessLogEntry,
  type hubActor,
} from '../../events/access-log.ts'
import type { AccessLogEntry, RequestEvidence } from '../../schemas/access-log.ts'
import type { DataCategory } from '../../schemas/consent.ts'
import type { EntryId, ReferralId, Sha256 } from '../../schemas/ids.ts'
import { hex, utf8 } from '../../log/bytes.ts'
import { leafHash } from '../../log/merkle.ts'
import type { AccessLog } from '../aws/access-log/pending.ts'
import type { ChainEnd, Transact, Write } from '../aws/dynamodb.ts'
import { newId, now } from '../aws/runtime.ts'

/** A verified request, as far as its effects are concerned. */
export type Committing = {
  actor: Actor | typeof hubActor
  /** Spends the request's nonce. Absent where the hub acts by the clock: there is nothing that could be replayed. */
  spendNonce?: readonly Write[]
  evidence: RequestEvidence
}

export type Release = Occurrence & { referralId: ReferralId; categories: DataCategory[] }

/** An entry that changes a referral, chained to the one before it; `chains` moves on to it. */
const linked = (
  entry: AccessLogEntry,
  referralId: ReferralId,
  chains: Map<ReferralId, ChainEnd | undefined>,
): AccessLogEntry => {
  const before = chains.get(referralId)
  const n = (before?.n ?? 0) + 1
  const chained = {
    ...entry,
    chain: { n, ...(before ? { prevHash: before.hash as Sha256 } : {}) },
  }
  const hash = hex(leafHash(utf8(JSON.stringify(chained))))
  chains.set(referralId, { n, hash })
  return chained
}

export type Committer = ReturnType<typeof committer>

export const committer = (
  request: Committing,
  deps: { transact: Transact; accessLog: AccessLog },
) => {
  let spent = false

  /**
   * Commits writes with an entry for each occurrence. The first commit of a request spends its nonce; a replayed request
   * fails there and nothing of it happens. `answer` keeps what its retries will get. Throws `Refused`, or `Moved` when a row changed since it was read.
   */
  const commit = async (
    occurrences: readonly Occurrence[],
    writes: readonly Write[] = [],
    answer?: readonly Write[],
  ): Promise<EntryId[]> => {
    const chains = new Map(
      writes.flatMap(({ link }) => (link ? [[link.referralId, link.from] as const] : [])),
    )
    // Entries take their place in the tree by id: those of one commit in the order of their chain.
    const ids = occurrences.map(() => newId<EntryId>()).toSorted()
    const entries = occurrences.map((occurrence, i) => {
      const entry = accessLogEntry(occurrence, {
        id: ids[i] as EntryId,
        time: now(),
        actor: request.actor,
        evidence: request.evidence,
      })
      const { referralId } = occurrence
      return {
        occurrence,
        entry: referralId && chains.has(referralId) ? linked(entry, referralId, chains) : entry,
      }
    })
    await deps.transact(
      [
        ...(spent ? [] : (request.spendNonce ?? [])),
        ...(answer ?? []),
        ...entries.map(({ occurrence, entry }) =>
          deps.accessLog.append(entry, occurrence.agreementId),
        ),
        ...writes.map(write => {
          const end = write.link && chains.get(write.link.referralId)
          return write.link && end ? { ...write, item: write.link.item(end) } : write
        }),
      ],
      answer ? 'request-in-progress' : 'unavailable',
    )
    spent = true
    return entries.map(({ entry }) => entry.id)
  }

  return {
    commit,
    /** Commits the entry of a release. It opens nothing until the log covers it (functions/aws/access-log/cover.ts). */
    release: async (release: Release, writes: readonly Write[]): Promise<RecordedRelease> => {
      const [entryId] = await commit([release], writes)
      const { referralId, categories } = release
      return { entryId: entryId as EntryId, referralId, categories }
    },
  }
}
