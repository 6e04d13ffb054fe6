// Entries get their places at the end of the log's tree in one transaction with its head: those that were pending, in a
// pass of the sequencer, or, before they ever are, in the transaction of their own effect.
import { base64 } from '../../../log/bytes.ts'
import { type Frontier, append, leafHash } from '../../../log/merkle.ts'
import { type Tile, type TileReader, growTiles } from '../../../log/tiles.ts'
import { type Row, type Write, toItem } from '../dynamodb.ts'
import { type EntryRow, type LogHead, aboutOf, packed } from './pending.ts'
import { entryKey, tileRow } from './rows.ts'
import type { Waiting } from './waiting.ts'

/** A tree that grows: from where, to what, by which entries, and the tiles that change with them. */
export type Growth = {
  from: LogHead
  to: LogHead
  entries: Row[]
  tiles: Tile[]
  /** Places of the entries by their ids. */
  indexes: ReadonlyMap<string, number>
}

/** The tree after these entries, in their order. `read` knows the last tile of each level. */
export const grow = async (
  from: LogHead,
  rows: readonly { id: string; leaf: string }[],
  read: TileReader,
): Promise<Growth> => {
  let tree: Frontier = {
    size: from.size,
    edge: from.edge.map(hash => Buffer.from(hash, 'base64')),
  }
  const indexes = new Map<string, number>()
  const entries: Row[] = rows.map(row => {
    const index = tree.size
    indexes.set(row.id, index)
    tree = append(tree, Buffer.from(row.leaf))
    return { ...packed(row), ...entryKey(index), index, ...aboutOf(row.leaf) }
  })
  const hashes = rows.map(row => leafHash(Buffer.from(row.leaf)))
  const tiles = await growTiles(from.size, hashes, read)
  const to: LogHead = { ...from, size: tree.size, edge: tree.edge.map(base64) }
  return { from, to, entries, tiles, indexes }
}

/** The writes of a growth, of which `pending` are no longer pending then. None holds where somebody was first. */
export const growthWrites = (
  table: string,
  { from, to, entries, tiles }: Growth,
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
    ...tiles.map(tile => ({ Put: { TableName: table, Item: toItem(tileRow(tile)) } })),
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

/** The log as a door has just read it: its head, the last tiles of its tree, and what was pending. */
export type Seen = { head: LogHead; tile: TileReader; waiting: Waiting }

/** A log that a door has read, so that its entries can be placed in the transaction of their effect. */
export type Sight = {
  /** Leaves in the tree as it was read. */
  readonly size: number
  readonly tile: TileReader
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
  ) => Promise<{ writes: Write[]; placed: () => void } | undefined>
}

export const sightOf = (table: string, { head, tile, waiting }: Seen): Sight => {
  const sight: Sight = {
    size: head.size,
    tile,
    place: async (entries, room) => {
      if (head.signedSize !== head.size || waiting.more) return undefined
      const growth = await grow(head, [...waiting.rows, ...entries], tile)
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
