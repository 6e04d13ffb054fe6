// Brings releases under a signed checkpoint before anything of them is opened, and makes the receipts that opening asks
// for.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { RecordedRelease, ReleaseReceipt } from '../../../events/access-log.ts'
import { Refused } from '../../../events/refusal.ts'
import { tlogProof } from '../../../log/checkpoint.ts'
import { inclusionProof } from '../../../log/merkle.ts'
import { nodesFrom } from '../../../log/tiles.ts'
import type { LogHead } from './pending.ts'
import { readEntries, tileReader } from './rows.ts'
import type { LogSequence } from './sequence.ts'
import { log } from '../runtime.ts'

/** A release may not be opened on a checkpoint that could not be signed for longer than this. */
const freshMs = 60_000

export const logCover = (place: {
  dynamodb: DynamoDBClient
  table: string
  sequence: LogSequence
}) => {
  let signedAt = -Infinity

  /** One pass of the sequencer, or `log-stale`: without a signature nothing leaves. */
  const pass = async (): Promise<LogHead> => {
    try {
      const head = await place.sequence.run()
      signedAt = performance.now()
      return head
    } catch (error) {
      signedAt = -Infinity
      log('error', 'log-stale', { error: error instanceof Error ? error.name : 'unknown' })
      throw new Refused('log-stale')
    }
  }

  return {
    /**
     * Refuses with `log-stale` if the log cannot be signed. Asked before messages are taken from a queue, at most once
     * a minute.
     */
    ready: async (): Promise<void> => {
      if (performance.now() - signedAt > freshMs) await pass()
    },

    /**
     * Receipts for releases, in their order: one pass of the sequencer covers them all.
     *
     * @param since a size that the log had before the first of them was recorded
     */
    cover: async (
      releases: readonly RecordedRelease[],
      since: number,
    ): Promise<ReleaseReceipt[]> => {
      if (releases.length === 0) return []
      const { signedSize, checkpoint } = await pass()
      const entries = await readEntries(place, since, signedSize)
      const node = nodesFrom(tileReader(place))
      return Promise.all(
        releases.map(async release => {
          const entry = entries.find(({ id }) => id === release.entryId)
          if (!entry || checkpoint === undefined) throw new Refused('log-stale')
          const path = await inclusionProof(entry.index, signedSize, node)
          return { ...release, proof: tlogProof(entry.index, path, checkpoint) } as ReleaseReceipt
        }),
      )
    },
  }
}
