// The only way an effect is made: one transaction that holds the effect, its access-log entry, the request's nonce and, for writes,
// the answer that retries will get. Whoever wants an effect without its entry has nowhere to ask for it.
import {
  type Actor,
  type Occurrence,
  type ReleaseReceipt,
  accessLogEntry,
  type hubActor,
} from '../../events/access-log.ts'
import type { RequestEvidence } from '../../schemas/access-log.ts'
import type { DataCategory } from '../../schemas/consent.ts'
import type { EntryId, ReferralId } from '../../schemas/ids.ts'
import type { AccessLog } from './access-log.ts'
import type { Transact, Write } from './dynamodb.ts'
import { newId, now } from './runtime.ts'

/** A verified request, as far as its effects are concerned. */
export type Committing = {
  actor: Actor | typeof hubActor
  /** Spends the request's nonce. Absent where the hub acts by the clock: there is nothing that could be replayed. */
  spendNonce?: readonly Write[]
  evidence: RequestEvidence
}

export type Release = Occurrence & { referralId: ReferralId; categories: DataCategory[] }

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
    const entries = occurrences.map(occurrence => ({
      occurrence,
      entry: accessLogEntry(occurrence, {
        id: newId<EntryId>(),
        time: now(),
        actor: request.actor,
        evidence: request.evidence,
      }),
    }))
    await deps.transact(
      [
        ...(spent ? [] : (request.spendNonce ?? [])),
        ...(answer ?? []),
        ...entries.map(({ occurrence, entry }) =>
          deps.accessLog.append(entry, occurrence.agreementId),
        ),
        ...writes,
      ],
      answer ? 'request-in-progress' : 'unavailable',
    )
    spent = true
    return entries.map(({ entry }) => entry.id)
  }

  return {
    commit,
    /** Commits the entry of a release and gives the receipt that opening the envelope asks for. */
    release: async (release: Release, writes: readonly Write[]): Promise<ReleaseReceipt> => {
      const [entryId] = await commit([release], writes)
      const { referralId, categories } = release
      return { entryId, referralId, categories } as unknown as ReleaseReceipt
    },
  }
}
