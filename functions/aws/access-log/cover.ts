// Brings releases under a signed checkpoint before anything of them is opened, and makes the receipts that opening asks
// for.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { RecordedRelease, ReleaseReceipt } from '../../../events/access-log.ts'
import { Refused } from '../../../events/refusal.ts'
import { tlogProof } from '../../../log/checkpoint.ts'
import { type NodeReader, inclusionProof } from '../../../log/merkle.ts'
import { nodesFrom } from '../../../log/tiles.ts'
import type { RowName } from '../dynamodb.ts'
import { type KnownRows, readAhead } from '../known-rows.ts'
import { log } from '../runtime.ts'
import { type Sight, nodesOf, sightOf } from './placing.ts'
import { headAt, readEntries, readHead } from './rows.ts'
import type { LogSequence, Pass } from './sequence.ts'
import { tileReader } from './tile-rows.ts'
import { readWaiting } from './waiting.ts'

/** A release may not be opened on a checkpoint that could not be signed for longer than this. */
const freshMs = 60_000

/** A signed tree, the places of entries in it, and its subtrees. */
type Covering = {
  size: number
  checkpoint: string | undefined
  indexes: ReadonlyMap<string, number>
  node: NodeReader
}

/** Receipts, and the last step of what they rest on: the signed note is kept, which may go on beside the opening. */
type Cover = { receipts: ReleaseReceipt[]; keep: () => Promise<void> }

const receiptsOf = (
  releases: readonly RecordedRelease[],
  { size, checkpoint, indexes, node }: Covering,
): Promise<ReleaseReceipt[]> =>
  Promise.all(
    releases.map(async release => {
      const index = indexes.get(release.entryId)
      if (index === undefined || checkpoint === undefined) throw new Refused('log-stale')
      const path = await inclusionProof(index, size, node)
      return { ...release, proof: tlogProof(index, path, checkpoint) } as ReleaseReceipt
    }),
  )

export const logCover = (place: {
  dynamodb: DynamoDBClient
  table: string
  sequence: LogSequence
}) => {
  const { sequence, table } = place
  let signedAt = -Infinity

  /** What signs, or `log-stale`: without a signature nothing leaves. */
  const signing = async <T>(sign: () => Promise<T>): Promise<T> => {
    try {
      const signed = await sign()
      signedAt = performance.now()
      return signed
    } catch (error) {
      signedAt = -Infinity
      log('error', 'log-stale', { error: error instanceof Error ? error.name : 'unknown' })
      throw new Refused('log-stale')
    }
  }
  const pass = (): Promise<Pass> => signing(() => sequence.pass())

  /**
   * Receipts for releases, in their order: one pass of the sequencer covers them all.
   *
   * @param since a size that the log had before the first of them was recorded
   */
  const cover = async (
    releases: readonly RecordedRelease[],
    since: number,
  ): Promise<ReleaseReceipt[]> => {
    if (releases.length === 0) return []
    const { head, growths } = await pass()
    const { signedSize: size, checkpoint } = head
    let indexes = new Map(growths.flatMap(growth => [...growth.indexes]))
    // Another pass has placed some.
    if (!releases.every(({ entryId }) => indexes.has(entryId)))
      indexes = new Map((await readEntries(place, since, size)).map(({ id, index }) => [id, index]))
    const node = nodesOf(growths, nodesFrom(tileReader(place)))
    return receiptsOf(releases, { size, checkpoint, indexes, node })
  }

  return {
    /**
     * Refuses with `log-stale` if the log cannot be signed. Asked before messages are taken from a queue, at most once
     * a minute.
     */
    ready: async (): Promise<void> => {
      if (performance.now() - signedAt > freshMs) await pass()
    },

    cover,

    /**
     * Rows that a door judges by, and the log beside them: its head comes with them, and what waits for its place is
     * read after them, or at once where the door has read before whatever its entries follow. An entry that such a row
     * follows is placed, then, or waits in what is seen.
     *
     * @param names of the rows
     * @param atOnce entries that wait are read beside the rows, so many
     */
    look: async (
      names: readonly RowName[],
      atOnce?: number,
    ): Promise<{ known: KnownRows; sight: (limit: number) => Promise<Sight> }> => {
      const [known, beside] = await Promise.all([
        readAhead(place.dynamodb)([headAt(place), ...names]),
        atOnce === undefined ? undefined : readWaiting(place, atOnce),
      ])
      const sight = async (limit: number): Promise<Sight> => {
        const waiting = beside ?? (await readWaiting(place, limit))
        return sightOf(table, { head: await readHead(place, known), waiting })
      }
      return { known, sight }
    },

    /**
     * Receipts for releases that were recorded with this sight of the log: where they were placed with it the tree is
     * signed as it was committed, else as `cover` does.
     */
    coverSeen: async (releases: readonly RecordedRelease[], sight: Sight): Promise<Cover> => {
      const { growth, size: since } = sight
      if (releases.length === 0 || !growth)
        return { receipts: await cover(releases, since), keep: async () => {} }
      const { size } = growth.to
      const checkpoint = await signing(() => sequence.checkpointOf(growth.to))
      const receipts = await receiptsOf(releases, {
        size,
        checkpoint,
        indexes: growth.indexes,
        node: nodesOf([growth], nodesFrom(tileReader(place))),
      })
      return { receipts, keep: () => signing(() => sequence.keep(size, checkpoint)) }
    },
  }
}
