// Where the placed part of the log lies in the AccessLog table: entries by index, and the head. Its tiles:
// tile-rows.ts.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { LogHead, LogRow } from './pending.ts'
import { type InTable, type Row, type RowName, toItem, toRow } from '../dynamodb.ts'
import { type KnownRows, rowOf } from '../known-rows.ts'
import { getRows } from '../read-rows.ts'

/** Entries per partition of the table; the same as in an entry bundle (C2SP tlog-tiles). */
const entriesPerPartition = 256

/** Sorts as its number does. */
export const padded = (n: number) => String(n).padStart(16, '0')

export const entryKey = (index: number) => ({
  pk: `entry#${Math.floor(index / entriesPerPartition)}`,
  sk: padded(index),
})

const headKey = { pk: 'head', sk: 'head' }

const emptyHead: LogHead = { pk: 'head', sk: 'head', size: 0, edge: [], signedSize: 0 }

/** Where the head of the log is, for whoever reads it with other rows. */
export const headAt = ({ table }: Pick<InTable, 'table'>): RowName => ({ table, key: headKey })

export const readHead = async (
  { dynamodb, table }: InTable,
  known?: KnownRows,
): Promise<LogHead> => {
  const row = await rowOf(dynamodb, headAt({ table }), known)
  return row ? LogHead.parse(row) : emptyHead
}

/** An entry in its place: its exact bytes and its index; beside them in the row, what queries filter by. */
const PlacedRow = LogRow.extend({ index: z.int().nonnegative() })
export type PlacedRow = z.infer<typeof PlacedRow>
type PlacedEntry = { index: number; id: string; leaf: string }

/** Rows of the entries from `start` to `end` (exclusive), in order; consistent reads, a partition at a time. */
export const readRows = async (
  { dynamodb, table }: InTable,
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
  place: InTable,
  start: number,
  end: number,
): Promise<PlacedEntry[]> =>
  (await readRows(place, start, end)).map(({ index, id, leaf }) => ({ index, id, leaf }))

/** The row of the entry at a place, where there is one. */
export const pickOne = async (
  { dynamodb, table }: InTable,
  index: number,
): Promise<PlacedRow | undefined> => {
  const row = await rowOf(dynamodb, { table, key: entryKey(index) })
  return row && PlacedRow.parse(row)
}

/** The rows of this table under these keys that exist, in that order. */
export const rowsUnder = async (
  { dynamodb, table }: InTable,
  keys: readonly Row[],
): Promise<Row[]> => {
  const rows = await getRows(
    dynamodb,
    keys.map(key => ({ table, key })),
  )
  return rows.filter(row => row !== undefined)
}

/** Rows of the entries at these places, in that order. */
export const pickRows = async (place: InTable, indexes: readonly number[]): Promise<PlacedRow[]> =>
  (await rowsUnder(place, indexes.map(entryKey))).map(row => PlacedRow.parse(row))
