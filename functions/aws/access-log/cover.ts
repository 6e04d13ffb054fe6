// Brings releases under a signed checkpoint before anything of them is opened, and makes the receipts that opening asks
// for.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { RecordedRelease, ReleaseReceipt } from '../../../events/access-log.ts'
import { Refused } from '../../../events/refusal.ts'
import { tlogProof } from '../../../log/checkpoint.ts'
import { inclusionProof } from '../../../log/merkle.ts'
import { type TileReader, hashBytes, nodesFrom, widthOf } from '../../../log/tiles.ts'
import type { RowName } from '../dynamodb.ts'
import type { KnownRows } from '../known-rows.ts'
import { log } from '../runtime.ts'
import { type Growth, type Sight, sightOf } from './placing.ts'
import { edgeAt, readEdge, readEntries, tileReader } from './rows.ts'
import type { LogSequence, Pass } from './sequence.ts'
import { type Waiting, readWaiting } from './waiting.ts'

/** A release may not be opened on a checkpoint that could not be signed for longer than this. */
const freshMs = 60_000

/** A signed tree, the places of entries in it, and its tiles. */
type Covering = {
  size: number
  checkpoint: string | undefined
  indexes: ReadonlyMap<string, number>
  tile: TileReader
}

/** Receipts, and the last step of what they rest on: the signed note is kept, which may go on beside the opening. */
type Cover = { receipts: ReleaseReceipt[]; keep: () => Promise<void> }

/** The tiles of a signed tree: those that passes of ours made, if they are long enough, and the table's. */
const tilesOf = (size: number, growths: readonly Growth[], others: TileReader): TileReader => {
  const made = growths.flatMap(({ tiles }) => tiles)
  return async (level, n) => {
    const own = made.findLast(tile => tile.level === level && tile.n === n)?.hashes
    const needed = widthOf(level, n, size) * hashBytes
    return own && own.length >= needed ? own : others(level, n)
  }
}

const receiptsOf = (
  releases: readonly RecordedRelease[],
  { size, checkpoint, indexes, tile }: Covering,
): Promise<ReleaseReceipt[]> => {
  const node = nodesFrom(tile)
  return Promise.all(
    releases.map(async release => {
      const index = indexes.get(release.entryId)
      if (index === undefined || checkpoint === undefined) throw new Refused('log-stale')
      const path = await inclusionProof(index, size, node)
      return { ...release, proof: tlogProof(index, path, checkpoint) } as ReleaseReceipt
    }),
  )
}

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
    const tile = tilesOf(size, growths, tileReader(place))
    return receiptsOf(releases, { size, checkpoint, indexes, tile })
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

    /** Where the edge is of a tree that lately had `size` leaves, for whoever reads it with other rows. */
    edgeAt: (size: number): RowName[] => edgeAt(place, size),
    waiting: (limit: number): Promise<Waiting> => readWaiting(place, limit),
    sight: async (known: KnownRows, waiting: Waiting): Promise<Sight> =>
      sightOf(table, { ...(await readEdge(place, known)), waiting }),

    /**
     * Receipts for releases that were recorded with this sight of the log: where they were placed with it the tree is
     * signed as it was committed, else as `cover` does.
     */
    coverSeen: async (releases: readonly RecordedRelease[], sight: Sight): Promise<Cover> => {
      const { growth, size: since, tile } = sight
      if (releases.length === 0 || !growth)
        return { receipts: await cover(releases, since), keep: async () => {} }
      const { size } = growth.to
      const checkpoint = await signing(() => sequence.checkpointOf(growth.to))
      const covering = { size, checkpoint, indexes: growth.indexes }
      const receipts = await receiptsOf(releases, {
        ...covering,
        tile: tilesOf(size, [growth], tile),
      })
      return { receipts, keep: () => signing(() => sequence.keep(size, checkpoint)) }
    },
  }
}
