// Asking the access log. What a viewer may see is checked on each row that is shown; indexes only say where to look.
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { AccessLogEntry } from '../../../schemas/access-log.ts'
import {
  type AgreementId,
  EntryId,
  type InstitutionCode,
  type Keyid,
  type ReferralId,
} from '../../../schemas/ids.ts'
import type { routes } from '../../../schemas/routes.ts'
import { LogRow } from './pending.ts'
import { type Row, toItem, toRow } from '../dynamodb.ts'
import { logIndex } from './index-rows.ts'
import { pickRows, readHead, readRows } from './rows.ts'
import { type Kind, indexedOf, unknownCategories, zoneWidth } from './zones.ts'

type Query = z.infer<(typeof routes)['access-log.query']['query']>
/** `keyid`: in full. */
export type LogFilter = Partial<Omit<Query, 'limit' | 'cursor' | 'keyid'>> & {
  keyid?: Keyid | undefined
}

/** Entries are seen under the agreements of the viewer's institution, and all that the institution did itself. */
export type Viewer = { institution: InstitutionCode; agreements: readonly AgreementId[] }

export const mayView = (
  { institution, agreements }: Viewer,
  entry: Readonly<Record<string, unknown>>,
): boolean =>
  agreements.some(agreement => agreement === entry.agreementId) || institution === entry.institution

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

const equal = ['institution', 'keyid', 'action', 'outcome', 'purpose'] as const

/** Whether entries of a kind are releases that opened the category; also where a zone cannot tell. */
const opened = ({ action, outcome, categories }: Kind, category: string): boolean =>
  action === 'referral.release' &&
  outcome === 'allowed' &&
  (categories === unknownCategories || (categories?.split(',').includes(category) ?? false))

/** What is wanted, as a test of one kind of entry and a span of time. */
type Wanted = ReturnType<typeof wantedOf>
const wantedOf = (viewer: Viewer, filter: LogFilter) => ({
  kind: (kind: Kind) =>
    mayView(viewer, kind) &&
    equal.every(member => filter[member] === undefined || filter[member] === kind[member]) &&
    (filter.category === undefined || opened(kind, filter.category)),
  from: filter.from === undefined ? -Infinity : Date.parse(filter.from),
  to: filter.to === undefined ? Infinity : Date.parse(filter.to),
})

const shows = (wanted: Wanted, row: Row): boolean => {
  const { kind, time } = indexedOf(row)
  return wanted.kind(kind) && time >= wanted.from && time <= wanted.to
}

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

/**
 * Queries a partition of the table or of an index from `before` (an entry id, exclusive) down, as far as it is read.
 */
async function* newestFirst(
  place: { dynamodb: DynamoDBClient; table: string },
  partition: { index?: string; name: string; value: string; order: string },
  before: string,
): AsyncGenerator<Row> {
  let start: Row | undefined
  do {
    const { Items, LastEvaluatedKey } = await place.dynamodb.send(
      new QueryCommand({
        TableName: place.table,
        ...(partition.index ? { IndexName: partition.index } : { ConsistentRead: true }),
        KeyConditionExpression: '#partition = :partition AND #order < :before',
        ExpressionAttributeNames: { '#partition': partition.name, '#order': partition.order },
        ExpressionAttributeValues: toItem({ ':partition': partition.value, ':before': before }),
        ScanIndexForward: false,
        ...(start ? { ExclusiveStartKey: toItem(start) } : {}),
      }),
    )
    yield* (Items ?? []).map(toRow)
    start = LastEvaluatedKey && toRow(LastEvaluatedKey)
  } while (start)
}

/** Comes after every entry id. */
const afterAll = 'g'

/** The first `count` rows, each once: while an entry is being placed it may be read in both its places. */
const take = async (rows: AsyncGenerator<Row>, count: number): Promise<Row[]> => {
  const taken = new Map<unknown, Row>()
  for await (const row of rows) {
    if (!taken.has(row.id)) taken.set(row.id, row)
    if (taken.size === count) break
  }
  return [...taken.values()]
}

async function* only(rows: AsyncGenerator<Row>, holds: (row: Row) => boolean): AsyncGenerator<Row> {
  for await (const row of rows) if (holds(row)) yield row
}

/** A page of `limit` out of one row more, which tells whether there is a next. */
const pageOf = (rows: Row[], limit: number, next: (shown: Row[]) => LogPosition): LogPage => {
  const shown = rows.slice(0, limit)
  const entries = shown.map(entryOf)
  return rows.length > limit ? { entries, next: next(shown) } : { entries }
}

const idOf = (row: Row | undefined): { id?: EntryId } =>
  row?.id === undefined ? {} : { id: EntryId.parse(row.id) }

export const logQuery = (place: { dynamodb: DynamoDBClient; table: string }) => {
  const zones = logIndex(place)

  /** Placed entries before `before`, newest first: those that no zone covers yet one by one, then as the zones say. */
  async function* placed(wanted: Wanted, before: number, atOnce: number): AsyncGenerator<Row> {
    const indexed = await zones.indexedSize()
    const { size } = await readHead(place)
    for (let end = Math.min(before, size); end > indexed;) {
      const start = Math.max(indexed, Math.floor((end - 1) / zoneWidth) * zoneWidth)
      yield* (await readRows(place, start, end)).toReversed()
      end = start
    }
    let picked: number[] = []
    for await (const at of zones.find({ ...wanted, before: Math.min(before, indexed) })) {
      picked.push(at)
      if (picked.length < atOnce) continue
      yield* await pickRows(place, picked)
      picked = []
    }
    yield* await pickRows(place, picked)
  }

  /**
   * Entries about one referral, or one consent: out of their own partition of an index, so that what else is in the log
   * costs nothing.
   */
  async function* about({ referralId, consentId }: LogFilter, older: string): AsyncGenerator<Row> {
    const rows = referralId
      ? newestFirst(
          place,
          { index: 'by-referral', name: 'referralId', value: referralId, order: 'id' },
          older,
        )
      : newestFirst(
          place,
          { index: 'by-consent', name: 'consentId', value: String(consentId), order: 'id' },
          older,
        )
    yield* only(rows, row => consentId === undefined || row.consentId === consentId)
  }

  /**
   * What had no place yet when the log had this size: pending entries, and those that have got their place since. By
   * id.
   */
  const recent = async (
    wanted: Wanted,
    size: number,
    older: string,
    count: number,
  ): Promise<Row[]> => {
    const pending = newestFirst(place, { name: 'pk', value: 'pending', order: 'sk' }, older)
    const waiting = await take(
      only(pending, row => shows(wanted, row)),
      count,
    )
    const since = await readRows(place, size, (await readHead(place)).size)
    const placedSince = since.filter(row => row.id < older && shows(wanted, row))
    return [
      ...new Map([...waiting, ...placedSince].map(row => [String(row.id), row])).values(),
    ].toSorted((a, b) => (String(a.id) < String(b.id) ? 1 : -1))
  }

  /** Entries about one referral or consent, out of an index. */
  const askAbout = async (
    viewer: Viewer,
    filter: LogFilter,
    limit: number,
    before: LogPosition = {},
  ): Promise<LogPage> => {
    const wanted = wantedOf(viewer, filter)
    const rows = only(about(filter, before.id ?? afterAll), row => shows(wanted, row))
    return pageOf(await take(rows, limit + 1), limit, page => idOf(page.at(-1)))
  }

  return {
    ofReferral: (
      viewer: Viewer,
      filter: LogFilter & { referralId: ReferralId },
      limit: number,
      before?: LogPosition,
    ): Promise<LogPage> => askAbout(viewer, filter, limit, before),

    /**
     * Entries that `viewer` may see and `filter` leaves, newest first.
     *
     * @param limit entries in a page
     * @param before where the last page ended, exclusive
     */
    query: async (
      viewer: Viewer,
      filter: LogFilter,
      limit: number,
      before: LogPosition = {},
    ): Promise<LogPage> => {
      if (filter.referralId !== undefined || filter.consentId !== undefined)
        return askAbout(viewer, filter, limit, before)
      const wanted = wantedOf(viewer, filter)
      const older = before.id ?? afterAll
      const size = before.size ?? (await readHead(place)).size
      const atOnce = limit + 1
      async function* recentThenPlaced() {
        if (before.index === undefined) yield* await recent(wanted, size, older, atOnce)
        yield* only(placed(wanted, Math.min(before.index ?? size, size), atOnce), row =>
          shows(wanted, row),
        )
      }
      return pageOf(await take(recentThenPlaced(), atOnce), limit, page => {
        const { index } = LogRow.parse(page.at(-1))
        return index === undefined || index >= size ? { ...idOf(page.at(-1)), size } : { index }
      })
    },
  }
}
