// The Referrals table: one row per referral, and the guards that keep things unique. Its sealed content lies beside it
// (envelopes.ts).
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { ProblemCode } from '../../schemas/problem.ts'
import { type Folio, InstitutionCode, Instant, ReferralId, Sha256 } from '../../schemas/ids.ts'
import { Envelope } from '../../schemas/inbox.ts'
import { KeptHeader } from '../../schemas/referral.ts'
import { type ReferralEnd, type Row, type RowName, type Write, toItem, toRow } from './dynamodb.ts'
import { type KnownRows, rowOf, rowsOf } from './known-rows.ts'
import { membersOf, packed, unpacked } from './packed-members.ts'

/**
 * A referral as kept. Members of rows that this code does not know yet are let be: a newer function may have written
 * them.
 */
export const ReferralRow = z.object({
  ...KeptHeader.shape,
  pk: z.string(),
  updatedAt: Instant,
  leaseUntil: Instant.optional(),
  /**
   * Rows of 0.1.0 hold the sender's sealed number; since then it lies with the referral's key (referral-keys.ts). A
   * handover has none.
   */
  externalIdSealed: z.string().optional(),
  /** Counts every write of the row; each write is conditional on the one it read. */
  revision: z.int().positive(),
  /** Rows of 0.1.0 hold their sealed content themselves; those since then have it beside them (envelopes.ts). */
  envelope: Envelope.optional(),
  envelopeDigest: Sha256,
  /** What was handed over of it, in order, closed ones included; the referrals under its consent are it and these. */
  handovers: z
    .array(z.strictObject({ referralId: ReferralId, recipient: InstitutionCode }))
    .optional(),
  /** Keys of the guard rows that fall when the referral closes. */
  openGuards: z.array(z.string()),
  /** Events sent so far to each side's inbox: the last `sequence`. */
  sentToReferrer: z.int().nonnegative(),
  sentToRecipient: z.int().nonnegative(),
  /** Sequences that each side has acknowledged. */
  ackedByReferrer: z.array(z.int()),
  ackedByRecipient: z.array(z.int()),
  /** When the content was lately released; a withdrawal counts those that may still be on their way. */
  recentReleases: z.array(Instant),
  /** The version of the agreement that it came under. Absent: the first. */
  agreementVersion: z.int().positive().optional(),
  /** How often the referral itself was delivered to its recipient; absent in rows of 0.1.0, and before the first. */
  deliveries: z.int().positive().optional(),
  /** The last access-log entry that changed this row (schemas/access-log.ts `chain`). */
  chain: z.strictObject({ n: z.int().positive(), hash: Sha256 }),
  /** The occasion that each rule of the clock has told of last, by the rule's name (events/clock). */
  told: z.record(z.string(), z.string()).optional(),
  /**
   * Sparse index of when the clock has something to do next (events/clock); gone once nothing is left. May be too early,
   * then the rules say when; never too late.
   */
  due: z.literal('due').optional(),
  dueAt: Instant.optional(),
  /** Where it is counted (events/progress.ts); absent in rows that nothing has counted yet. */
  counted: z
    .object({
      quarter: z.string().brand('Quarter'),
      person: z.string().optional(),
      as: z.array(z.string()).optional(),
    })
    .optional(),
})
export type ReferralRow = z.infer<typeof ReferralRow>

export type Side = 'referrer' | 'recipient'

/** The members of a row that change after submission. */
export type Change = {
  [Member in keyof Changing]?: Changing[Member] | undefined
}
type Changing = Required<
  Pick<
    ReferralRow,
    | 'status'
    | 'history'
    | 'milestones'
    | 'feedback'
    | 'version'
    | 'deliveryState'
    | 'contentState'
    | 'leaseUntil'
    | 'deliveries'
    | 'told'
    | 'handovers'
    | 'openGuards'
    | 'ackedByReferrer'
    | 'ackedByRecipient'
    | 'envelope'
    | 'recentReleases'
    | 'due'
    | 'dueAt'
  >
>

/** A referral as it is submitted; the rest is the row's own, or counted by the commit. */
export type NewReferral = Omit<
  ReferralRow,
  | 'pk'
  | 'revision'
  | 'updatedAt'
  | 'chain'
  | 'sentToReferrer'
  | 'sentToRecipient'
  | 'envelope'
  | 'externalIdSealed'
>

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

export type Referrals = ReturnType<typeof referrals>

export const referrals = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  /** Where a referral is, for whoever reads it ahead. */
  at: (referralId: ReferralId): RowName => rowAt(table, referralId),

  find: async (referralId: ReferralId, known?: KnownRows): Promise<ReferralRow | undefined> => {
    const row = await rowOf(dynamodb, rowAt(table, referralId), known)
    return row && rowIn(row)
  },

  /** Those of several that there are, by their ids: those that are known, and the others in one call. */
  findAll: async (
    referralIds: readonly ReferralId[],
    known?: KnownRows,
  ): Promise<Map<ReferralId, ReferralRow>> => {
    const ids = [...new Set(referralIds)]
    const rows = await rowsOf(
      dynamodb,
      ids.map(id => rowAt(table, id)),
      known,
    )
    return new Map(
      ids.flatMap((id, i) => {
        const row = rows[i]
        return row ? [[id, rowIn(row)] as const] : []
      }),
    )
  },

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
    const { Items, LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'due',
        KeyConditionExpression: 'due = :due AND dueAt <= :now',
        ExpressionAttributeValues: toItem({ ':due': 'due', ':now': now }),
        Limit: limit,
        ...(from && { ExclusiveStartKey: toItem(from) }),
      }),
    )
    const ids = (Items ?? []).map(item => idOf(DueRow.parse(toRow(item))))
    return LastEvaluatedKey ? { ids, next: toRow(LastEvaluatedKey) } : { ids }
  },

  /** The referral that bears a folio (a consistent read). Takes as long where there is none. */
  findByFolio: async (folio: Folio): Promise<ReferralRow | undefined> => {
    const guard = await rowOf(dynamodb, { table, key: { pk: `folio#${folio}` } })
    const row = await rowOf(dynamodb, rowAt(table, String(guard?.heldBy)))
    return row && rowIn(row)
  },
})

export const idOf = ({ pk }: Row): ReferralId => String(pk).replace('referral#', '') as ReferralId
