// Where the placed part of the log lies in the AccessLog table: entries by index, tiles by level and number, the head.
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { type Tile, type TileReader, hashBytes, tileWidth, widthOf } from '../../../log/tiles.ts'
import { LogHead, LogRow } from './pending.ts'
import { type Row, type RowName, toItem, toRow } from '../dynamodb.ts'
import { type KnownRows, getRows, rowOf } from '../known-rows.ts'

/** Entries per partition of the table; the same as in an entry bundle (C2SP tlog-tiles). */
const entriesPerPartition = 256

/** Sorts as its number does. */
export const padded = (n: number) => String(n).padStart(16, '0')

export const entryKey = (index: number) => ({
  pk: `entry#${Math.floor(index / entriesPerPartition)}`,
  sk: padded(index),
})

type Place = { dynamodb: DynamoDBClient; table: string }

const TileRow = z.looseObject({ hashes: z.instanceof(Uint8Array) })

const tileKey = (level: number, n: number) => ({ pk: `tile#${level}`, sk: padded(n) })

export const tileRow = ({ level, n, hashes }: Tile) => ({
  ...tileKey(level, n),
  hashes: new Uint8Array(hashes),
})

export const tileReader =
  ({ dynamodb, table }: Place): TileReader =>
  async (level, n) => {
    const row = await rowOf(dynamodb, { table, key: tileKey(level, n) })
    return row && Buffer.from(TileRow.parse(row).hashes)
  }

const headKey = { pk: 'head', sk: 'head' }

/** The last tiles of a tree, one of each level that has an unfinished one. */
const lastTiles = (size: number): { level: number; n: number }[] => {
  const found: { level: number; n: number }[] = []
  for (let [level, count] = [0, size]; count > 0; level++) {
    const n = Math.floor(count / tileWidth)
    if (count % tileWidth > 0) found.push({ level, n })
    count = n
  }
  return found
}

/** The head of the log, and the tiles that its tree ends in. */
export type Edge = { head: LogHead; tile: TileReader }

/** Where the edge is of a tree that lately had `size` leaves, for whoever reads it with other rows. */
export const edgeAt = ({ table }: Place, size: number): RowName[] =>
  [headKey, ...lastTiles(size).map(({ level, n }) => tileKey(level, n))].map(key => ({
    table,
    key,
  }))

/**
 * The edge as it is. A tile that is not known, or not yet as long as the head says (they may be of different moments),
 * is read by itself.
 */
export const readEdge = async (place: Place, known: KnownRows): Promise<Edge> => {
  const { dynamodb, table } = place
  const row = await rowOf(dynamodb, { table, key: headKey }, known)
  const head = row ? LogHead.parse(row) : emptyHead
  const read = tileReader(place)
  const tiles = new Map(
    lastTiles(head.size).map(({ level, n }) => [
      `${level}/${n}`,
      known.take({ table, key: tileKey(level, n) })?.row,
    ]),
  )
  const tile: TileReader = async (level, n) => {
    const taken = tiles.get(`${level}/${n}`)
    const hashes = taken && Buffer.from(TileRow.parse(taken).hashes)
    const needed = widthOf(level, n, head.size) * hashBytes
    return hashes && hashes.length >= needed ? hashes : read(level, n)
  }
  return { head, tile }
}

const emptyHead: LogHead = { pk: 'head', sk: 'head', size: 0, edge: [], signedSize: 0 }

export const readHead = async ({ dynamodb, table }: Place): Promise<LogHead> => {
  const row = await rowOf(dynamodb, { table, key: headKey })
  return row ? LogHead.parse(row) : emptyHead
}

/** An entry in its place: its exact bytes and its index; beside them in the row, what queries filter by. */
const PlacedRow = LogRow.extend({ index: z.int().nonnegative() })
export type PlacedRow = z.infer<typeof PlacedRow>
type PlacedEntry = { index: number; id: string; leaf: string }

/** Rows of the entries from `start` to `end` (exclusive), in order; consistent reads, a partition at a time. */
export const readRows = async (
  { dynamodb, table }: Place,
  start: number,
  end: number,
): Promise<PlacedRow[]> => {
  const found: PlacedRow[] = []
  let at = start
  while (at < end) {
    const last = Math.min(end, (Math.floor(at / entriesPerPartition) + 1) * entriesPerPartition) - 1
    const { Items, LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: toItem({
          ':pk': entryKey(at).pk,
          ':first': padded(at),
          ':last': padded(last),
        }),
      }),
    )
    const rows = (Items ?? []).map(item => PlacedRow.parse(toRow(item)))
    found.push(...rows)
    const read = rows.at(-1)
    if (LastEvaluatedKey && read) at = read.index + 1
    else at = last + 1
  }
  return found
}

/** Entries from `start` to `end` (exclusive), in order. */
export const readEntries = async (
  place: Place,
  start: number,
  end: number,
): Promise<PlacedEntry[]> =>
  (await readRows(place, start, end)).map(({ index, id, leaf }) => ({ index, id, leaf }))

/** The row of the entry at a place, where there is one. */
export const pickOne = async (
  { dynamodb, table }: Place,
  index: number,
): Promise<PlacedRow | undefined> => {
  const row = await rowOf(dynamodb, { table, key: entryKey(index) })
  return row && PlacedRow.parse(row)
}

/** The rows of this table under these keys that exist, in that order. */
export const rowsUnder = async (
  { dynamodb, table }: Place,
  keys: readonly Row[],
): Promise<Row[]> => {
  const rows = await getRows(
    dynamodb,
    keys.map(key => ({ table, key })),
  )
  return rows.filter(row => row !== undefined)
}

/** Rows of the entries at these places, in that order. */
export const pickRows = async (place: Place, indexes: readonly number[]): Promise<PlacedRow[]> =>
  (await rowsUnder(place, indexes.map(entryKey))).map(row => PlacedRow.parse(row))
