// Pages of the access log: rows read newest first, as far as a page needs them, and where it ended.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { AccessLogEntry } from '../../../schemas/access-log.ts'
import { EntryId } from '../../../schemas/ids.ts'
import { type InTable, type Row, toItem } from '../dynamodb.ts'
import { allPages } from '../row-pages.ts'
import { type LogFilter, filterExpression } from './filter.ts'
import { LogRow } from './pending.ts'
import { pendingPartitions } from './waiting.ts'

/**
 * Where a page ended: at the entry of this index, or, among those that had no place when the log had this size, at this
 * id. Of a referral's own entries: at this id.
 */
export const LogPosition = z.strictObject({
  index: z.int().nonnegative().optional(),
  id: EntryId.optional(),
  size: z.int().nonnegative().optional(),
})
export type LogPosition = z.infer<typeof LogPosition>

export type LogPage = { entries: AccessLogEntry[]; next?: LogPosition }

/** Comes after every entry id. */
export const afterAll = 'g'

/** The entry that a row keeps, with its place where it has one. */
export const entryOf = (row: Row): AccessLogEntry => {
  const { leaf, index } = LogRow.parse(row)
  const entry: unknown = {
    ...(index === undefined ? {} : { index }),
    ...(JSON.parse(leaf) as object),
  }
  AccessLogEntry.parse(entry)
  return entry as AccessLogEntry
}

/** A partition of the table, or of an index, in the order of an attribute, and what is wanted of it. */
export type Partition = {
  index?: string
  name: string
  value: string
  order: string
  /** The end, exclusive, and where there is one the beginning, inclusive. */
  before: string
  from?: string
  filter?: LogFilter
  /** Rows of a call at most. */
  limit?: number
}

/** Rows from the end down, as far as they are read. */
export async function* newestFirst(
  place: InTable,
  { index, name, value, order, before, from, filter = {}, limit }: Partition,
): AsyncGenerator<Row> {
  const filtered = filterExpression(filter)
  const rows = allPages(start =>
    place.dynamodb.send(
      new QueryCommand({
        TableName: place.table,
        ...(index ? { IndexName: index } : { ConsistentRead: true }),
        // A key takes one condition: both ends of a span are inclusive, and the last is left out below.
        KeyConditionExpression: `#partition = :partition AND ${
          from === undefined ? '#order < :before' : '#order BETWEEN :first AND :before'
        }`,
        ...(filtered ? { FilterExpression: filtered.FilterExpression } : {}),
        ExpressionAttributeNames: { '#partition': name, '#order': order, ...filtered?.names },
        ExpressionAttributeValues: toItem({
          ':partition': value,
          ':before': before,
          ...(from === undefined ? {} : { ':first': from }),
          ...filtered?.values,
        }),
        ScanIndexForward: false,
        ...(limit !== undefined && !filtered ? { Limit: limit } : {}),
        ...start,
      }),
    ),
  )
  yield* only(rows, row => row[order] !== before)
}

/** The first `count` rows, each once: while an entry is being placed it may be read in both its places. */
export const take = async (rows: AsyncIterable<Row>, count: number): Promise<Row[]> => {
  const taken = new Map<unknown, Row>()
  for await (const row of rows) {
    if (!taken.has(row.id)) taken.set(row.id, row)
    if (taken.size === count) break
  }
  return [...taken.values()]
}

export async function* only(
  rows: AsyncIterable<Row>,
  holds: (row: Row) => boolean,
): AsyncGenerator<Row> {
  for await (const row of rows) if (holds(row)) yield row
}

/** A page of `limit` entries. One row more is read, which tells whether there is a next. */
export const pageOf = async (
  rows: AsyncIterable<Row>,
  limit: number,
  next: (shown: Row[]) => LogPosition,
): Promise<LogPage> => {
  const read = await take(rows, limit + 1)
  const shown = read.slice(0, limit)
  const entries = shown.map(entryOf)
  return read.length > limit ? { entries, next: next(shown) } : { entries }
}

export const idOf = (row: Row | undefined): { id?: EntryId } =>
  row?.id === undefined ? {} : { id: EntryId.parse(row.id) }

/** What has no place yet, by id, newest first: of all partitions where it waits. */
export async function* waiting(place: InTable, before: string): AsyncGenerator<Row> {
  const partitions = pendingPartitions.map(value =>
    newestFirst(place, { name: 'pk', value, order: 'sk', before }),
  )
  const next = await Promise.all(
    partitions.map(async rows => ({ rows, at: (await rows.next()).value as Row | undefined })),
  )
  for (;;) {
    const [newest] = next
      .filter(one => one.at !== undefined)
      .toSorted((a, b) => (String(a.at?.id) < String(b.at?.id) ? 1 : -1))
    if (!newest?.at) return
    yield newest.at
    newest.at = (await newest.rows.next()).value as Row | undefined
  }
}
