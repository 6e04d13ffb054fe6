// The Referrals table: one row per referral, and the guards that keep things unique. Its sealed content lies beside it
// (envelopes.ts).
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { Folio, Instant, ReferralId } from '../../schemas/ids.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import {
  type InTable,
  type ReferralEnd,
  type Row,
  type RowName,
  type Write,
  toItem,
} from './dynamodb.ts'
import { type KnownRows, rowOf, rowsOf } from './known-rows.ts'
import { membersOf, packed, unpacked } from './packed-members.ts'
import { type Change, type NewReferral, ReferralRow, idOf } from './referral-row.ts'
import { pageFrom } from './row-pages.ts'
import { log } from './runtime.ts'

const rowIn = (row: Row): ReferralRow =>
  ReferralRow.parse({ referralId: idOf(row), ...unpacked(row) })

/** Of a row as it is put: what is kept shortened, and what is its key. */
const notPlain = new Set(['referralId', ...membersOf('submitted'), ...membersOf('course')])
const plainOf = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !notPlain.has(name)))

const DueRow = z.looseObject({ pk: z.string().startsWith('referral#') })

const rowAt = (table: string, referralId: string): RowName => ({
  table,
  key: { pk: `referral#${referralId}` },
})

/** What counts of a referral (events/progress.ts), beside the end of its content. */
const countable = ['status', 'milestones', 'told', 'handovers']

/** One that cannot be read is logged, and left out: it empties nobody's list. */
const readableIn = (row: Row): ReferralRow | undefined => {
  try {
    return rowIn(row)
  } catch {
    log('error', 'unreadable-referral', { referralId: idOf(row) })
    return undefined
  }
}

/** Those of several that there are, by their ids: those that are known, and the others in one call. */
const several =
  ({ dynamodb, table }: InTable, read: (row: Row) => ReferralRow | undefined) =>
  async (
    referralIds: readonly ReferralId[],
    known?: KnownRows,
  ): Promise<Map<ReferralId, ReferralRow>> => {
    const ids = [...new Set(referralIds)]
    const names = ids.map(id => rowAt(table, id))
    const rows = await rowsOf(dynamodb, names, known)
    return new Map(
      ids.flatMap((id, i) => {
        const row = rows[i] && read(rows[i])
        return row ? [[id, row] as const] : []
      }),
    )
  }

export type Referrals = ReturnType<typeof referrals>

export const referrals = ({ dynamodb, table }: InTable) => ({
  /** Where a referral is, for whoever reads it ahead. */
  at: (referralId: ReferralId): RowName => rowAt(table, referralId),

  find: async (referralId: ReferralId, known?: KnownRows): Promise<ReferralRow | undefined> => {
    const row = await rowOf(dynamodb, rowAt(table, referralId), known)
    return row && rowIn(row)
  },

  /** For who decides by them: throws where one cannot be read. */
  findAll: several({ dynamodb, table }, rowIn),

  /** For who shows or counts them: without those that cannot be read. */
  findReadable: several({ dynamodb, table }, readableIn),

  add: (row: NewReferral, at: Instant): Write => {
    const { referralId } = row
    const from: ReferralEnd = { chain: undefined, sentToReferrer: 0, sentToRecipient: 0 }
    const item = (end: ReferralEnd) => ({
      Put: {
        TableName: table,
        Item: toItem({
          ...plainOf(row),
          submitted: packed('submitted', row),
          course: packed('course', row),
          ...end,
          pk: `referral#${referralId}`,
          revision: 1,
          updatedAt: at,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    })
    return {
      item: item(from),
      referral: { referralId, from, item },
      counts: { before: undefined, after: row },
      failed: () => 'internal',
    }
  },

  /** Changes a row if nobody has since it was read. A member that is there but undefined is removed. */
  change: (row: ReferralRow, change: Change, at: Instant): Write => {
    const { referralId, chain, sentToReferrer, sentToRecipient } = row
    const from: ReferralEnd = { chain, sentToReferrer, sentToRecipient }
    const item = (end: ReferralEnd) => {
      const all: Row = {
        ...plainOf(change),
        course: packed('course', { ...row, ...change }),
        ...end,
        revision: row.revision + 1,
        updatedAt: at,
      }
      const names = Object.keys(all).filter(name => all[name] !== undefined)
      // Rows from before 0.2 have them as they are.
      const before = membersOf('course')
      const gone = [...before, ...Object.keys(all).filter(name => all[name] === undefined)]
      return {
        Update: {
          TableName: table,
          Key: toItem({ pk: row.pk }),
          UpdateExpression: [
            `SET ${names.map((_, i) => `#${i} = :${i}`).join(', ')}`,
            `REMOVE ${gone.map((_, i) => `#gone${i}`).join(', ')}`,
          ].join(' '),
          ConditionExpression: '#revision = :revision',
          ExpressionAttributeNames: {
            '#revision': 'revision',
            ...Object.fromEntries(names.map((name, i) => [`#${i}`, name])),
            ...Object.fromEntries(gone.map((name, i) => [`#gone${i}`, name])),
          },
          ExpressionAttributeValues: toItem({
            ':revision': row.revision,
            ...Object.fromEntries(names.map((name, i) => [`:${i}`, all[name]])),
          }),
        },
      }
    }
    return {
      item: item(from),
      referral: { referralId, from, item },
      // Nothing else of a referral counts: a pull and a release cost no counting.
      counts:
        countable.some(member => member in change) || change.contentState === 'shredded'
          ? { before: row, after: { ...row, ...(change as object) } }
          : undefined,
      failed: () => 'moved',
    }
  },

  /** Holds a name that only one referral may have; `taken` is what a second one is told. */
  guard: (name: string, referralId: ReferralId, taken: ProblemCode | 'moved'): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({ pk: name, heldBy: referralId }),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    failed: () => taken,
  }),

  /** Lets a name go, if it is this referral that holds it. */
  releaseGuard: (name: string, referralId: ReferralId): Write => ({
    item: {
      Delete: {
        TableName: table,
        Key: toItem({ pk: name }),
        ConditionExpression: 'attribute_not_exists(pk) OR heldBy = :referral',
        ExpressionAttributeValues: toItem({ ':referral': referralId }),
      },
    },
    failed: () => 'internal',
  }),

  /**
   * Referrals for which the clock has something to do at `now`, longest overdue first, a page at a time: `next` goes on
   * behind it, so that what stays due holds up nothing. Found by an index, then judged by their rows.
   */
  due: async (
    now: Instant,
    limit: number,
    from?: Row,
  ): Promise<{ ids: ReferralId[]; next?: Row }> => {
    const { rows, ...next } = await pageFrom(from, start =>
      dynamodb.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'due',
          KeyConditionExpression: 'due = :due AND dueAt <= :now',
          ExpressionAttributeValues: toItem({ ':due': 'due', ':now': now }),
          Limit: limit,
          ...start,
        }),
      ),
    )
    return { ids: rows.map(row => idOf(DueRow.parse(row))), ...next }
  },

  /** The referral that bears a folio (a consistent read). Takes as long where there is none. */
  findByFolio: async (folio: Folio): Promise<ReferralRow | undefined> => {
    const guard = await rowOf(dynamodb, { table, key: { pk: `folio#${folio}` } })
    const row = await rowOf(dynamodb, rowAt(table, String(guard?.heldBy)))
    return row && rowIn(row)
  },
})
