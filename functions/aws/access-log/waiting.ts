// What is pending: in two partitions, of which each takes as much as one of DynamoDB can, and in one order, by id, in
// which it gets its places.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import { type InTable, toItem, toRow } from '../dynamodb.ts'
import { KeptLeaf } from './kept-leaf.ts'

/** A third would not help: a placed entry costs half of what a pending one does (docs/performance.md). */
export const pendingPartitions = ['pending', 'pending#1'] as const
type Partition = (typeof pendingPartitions)[number]

/**
 * Where an entry waits. Partitions are read side by side, not at one moment: all that is about a referral waits in one,
 * and the life of keys in one, or an entry could get its place before the one that it follows.
 */
export const partitionFor = ({
  referralId,
  subjectKeyid,
  request,
}: Pick<AccessLogEntry, 'referralId' | 'subjectKeyid' | 'request'>): Partition => {
  if (subjectKeyid !== undefined) return 'pending'
  const isEven = Number.parseInt((referralId ?? request.id).slice(-1), 16) % 2 === 0
  return isEven ? 'pending' : 'pending#1'
}

const WaitingRow = z.looseObject({
  pk: z.enum(pendingPartitions),
  sk: z.string(),
  id: z.string(),
  leaf: KeptLeaf,
})

/** The first pending entries by id; `more`: there may be others. */
export type Waiting = { rows: z.infer<typeof WaitingRow>[]; more: boolean }

export const readWaiting = async (
  { dynamodb, table }: InTable,
  limit: number,
): Promise<Waiting> => {
  const page = async (partition: Partition): Promise<Waiting> => {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pending',
        ExpressionAttributeValues: toItem({ ':pending': partition }),
        Limit: limit,
      }),
    )
    const rows = Items.map(item => WaitingRow.parse(toRow(item)))
    return { rows, more: LastEvaluatedKey !== undefined }
  }
  return merged(await Promise.all(pendingPartitions.map(page)), limit)
}

/** Pages as one. Behind the end of one that has more, what follows in the order of ids is not known. */
const merged = (pages: readonly Waiting[], limit: number): Waiting => {
  const ends = pages.flatMap(({ rows, more }) => (more ? [rows.at(-1)?.id ?? ''] : []))
  const rows = pages
    .flatMap(page => page.rows)
    .filter(({ id }) => ends.every(end => id <= end))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return { rows: rows.slice(0, limit), more: ends.length > 0 || rows.length > limit }
}
