// Entries get their places at the end of the log's tree in one transaction with its head: those that were pending, in a
// pass of the sequencer, or, before they ever are, in the transaction of their own effect.
import { base64 } from '../../../log/bytes.ts'
import { type NodeReader, appendAll, leafHash, subtreesOf } from '../../../log/merkle.ts'
import { type TileHash, tileHashes } from '../../../log/tiles.ts'
import { type Row, type Write, toItem } from '../dynamodb.ts'
import { type EntryRow, type LogHead, aboutOf, packed } from './pending.ts'
import { entryKey } from './rows.ts'
import { tileWrites } from './tile-rows.ts'
import type { Waiting } from './waiting.ts'

/** A tree that grows: from where, to what, by which entries, and what its tiles gain. */
export type Growth = {
  from: LogHead
  to: LogHead
  entries: Row[]
  hashes: TileHash[]
  /** Places of the entries by their ids. */
  indexes: ReadonlyMap<string, number>
  /** Of the tree's complete subtrees those that the growth has seen: what proves its own entries is among them. */
  seen: (level: number, index: number) => Uint8Array | undefined
}

/** The tree after these entries, in their order. */
export const grow = (from: LogHead, rows: readonly { id: string; leaf: string }[]): Growth => {
  const before = { size: from.size, edge: from.edge.map(hash => Buffer.from(hash, 'base64')) }
  const leaves = rows.map(row => leafHash(Buffer.from(row.leaf)))
  const { tree, made } = appendAll(before, leaves)
  const nodes = new Map(
    [...subtreesOf(before), ...made].map(({ level, index, hash }) => [`${level}/${index}`, hash]),
  )
  return {
    from,
    to: { ...from, size: tree.size, edge: tree.edge.map(base64) },
    entries: rows.map((row, i) => ({
      ...packed(row),
      ...entryKey(from.size + i),
      index: from.size + i,
      ...aboutOf(row.leaf),
    })),
    hashes: tileHashes(made),
    indexes: new Map(rows.map(({ id }, i) => [id, from.size + i])),
    seen: (level, index) => nodes.get(`${level}/${index}`),
  }
}

/** Subtrees that growths have seen, and those that `others` reads. */
export const nodesOf =
  (growths: readonly Growth[], others: NodeReader): NodeReader =>
  async (level, index) => {
    for (const { seen } of growths) {
      const hash = seen(level, index)
      if (hash) return hash
    }
    return others(level, index)
  }

/** The writes of a growth, of which `pending` are no longer pending then. None holds where somebody was first. */
export const growthWrites = (
  table: string,
  { from, to, entries, hashes }: Growth,
  pending: Waiting['rows'],
): Write[] =>
  [
    {
      Put: {
        TableName: table,
        Item: toItem(to),
        ConditionExpression: 'attribute_not_exists(pk) OR (#size = :size AND signedSize = :signed)',
        ExpressionAttributeNames: { '#size': 'size' },
        ExpressionAttributeValues: toItem({ ':size': from.size, ':signed': from.signedSize }),
      },
    },
    ...tileWrites(table, hashes),
    ...entries.map(row => ({
      Put: {
        TableName: table,
        Item: toItem(row),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    })),
    ...pending.map(({ pk, sk }) => ({
      Delete: {
        TableName: table,
        Key: toItem({ pk, sk }),
        ConditionExpression: 'attribute_exists(pk)',
      },
    })),
  ].map(item => ({ item, failed: () => 'moved' as const }))

/** The log as a door has just read it: its head, and what was pending. */
export type Seen = { head: LogHead; waiting: Waiting }

/** A log that a door has read, so that its entries can be placed in the transaction of their effect. */
export type Sight = {
  /** Leaves in the tree as it was read. */
  readonly size: number
  /** What grew the tree, once that is committed. */
  growth?: Growth
  /**
   * The writes that place entries, behind all that was pending before them. Undefined where there is not `room` for
   * them, or where the head waits for its signature.
   *
   * @returns placed to be called when they are committed
   */
  place: (
    entries: readonly EntryRow[],
    room: number,
  ) => { writes: Write[]; placed: () => void } | undefined
}

export const sightOf = (table: string, { head, waiting }: Seen): Sight => {
  const sight: Sight = {
    size: head.size,
    place: (entries, room) => {
      if (head.signedSize !== head.size || waiting.more) return undefined
      const growth = grow(head, [...waiting.rows, ...entries])
      const writes = growthWrites(table, growth, waiting.rows)
      if (writes.length > room) return undefined
      return {
        writes: writes.map(write => ({ ...write, yields: true })),
        placed: () => void (sight.growth = growth),
      }
    },
  }
  return sight
}
