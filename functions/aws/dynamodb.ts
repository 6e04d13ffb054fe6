// DynamoDB, as thin as it can be: rows in and out, and one transaction per effect whose failed conditions have names.
import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { setTimeout as wait } from 'node:timers/promises'
import { Refused } from '../../events/refusal.ts'
import type { ReferralId } from '../../schemas/ids.ts'
import type { ProblemCode } from '../../schemas/problem.ts'

export type Row = Record<string, unknown>

/** The last entry of a referral's chain: its number and its leaf hash. */
export type ChainEnd = { n: number; hash: string }

export const dynamodbClient = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 4 })

/** A row as DynamoDB keeps it. Members that are undefined are left out. */
export const toItem = (row: Row): Record<string, AttributeValue> =>
  marshall(row, { removeUndefinedValues: true })

export const toRow = (item: Record<string, AttributeValue>): Row => unmarshall(item)

/** The row under `key`, as of its last write (a consistent read), or undefined. */
export const getRow = async (
  dynamodb: DynamoDBClient,
  table: string,
  key: Row,
): Promise<Row | undefined> => {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true }),
  )
  return Item && toRow(Item)
}

/** A BatchGetItem takes this many keys. */
const batchKeys = 100

/** The rows under these keys (`pk`, `sk`) that exist, in the order of the keys; consistent reads, as few calls as can be. */
export const getRows = async (
  { dynamodb, table }: { dynamodb: DynamoDBClient; table: string },
  keys: readonly { pk: string; sk: string }[],
): Promise<Row[]> => {
  const found = new Map<string, Row>()
  const nameOf = ({ pk, sk }: Row) => `${String(pk)} ${String(sk)}`
  let left: Row[] = [...keys]
  for (let attempt = 1; left.length > 0;) {
    const Keys = left.slice(0, batchKeys).map(toItem)
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { ConsistentRead: true, Keys } } }),
    )
    for (const item of Responses?.[table] ?? []) found.set(nameOf(toRow(item)), toRow(item))
    const unprocessed = (UnprocessedKeys?.[table]?.Keys ?? []).map(toRow)
    left = [...unprocessed, ...left.slice(batchKeys)]
    if (unprocessed.length === 0) continue
    if (attempt++ === tries) throw new Refused('unavailable')
    await wait(Math.random() * 10 * 2 ** attempt)
  }
  return keys.map(key => found.get(nameOf(key))).filter(row => row !== undefined)
}

/**
 * One write of a transaction, and what it means when its condition does not hold: a refusal's code,
 * `'moved'` (somebody changed the row since it was read: read again), or `'ours'` (an earlier try of this very request
 * committed although its answer was lost: it counts as done).
 */
export type Write = {
  item: TransactWriteItem
  /** A row that remembers the last entry about its referral: the item once that entry is known. */
  link?: {
    referralId: ReferralId
    from: ChainEnd | undefined
    item: (to: ChainEnd) => TransactWriteItem
  }
  failed: (existing: Row | undefined) => ProblemCode | 'moved' | 'ours'
}

/** A row changed between reading and writing. Doors that can, read again and retry. */
export class Moved extends Error {}

const tries = 8

export type Transact = ReturnType<typeof transact>

/**
 * All writes or none. Throws `Refused` with the code of the first write whose condition failed, or `Moved`.
 * A conflict with another transaction is tried again with growing, jittered pauses (a few hundred ms in all), then given up as
 * `onConflict`: `request-in-progress` where an idempotency record is what two requests fight over, else `unavailable`.
 */
export const transact =
  (dynamodb: DynamoDBClient) =>
  async (writes: readonly Write[], onConflict: ProblemCode = 'unavailable'): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        await dynamodb.send(
          new TransactWriteItemsCommand({ TransactItems: writes.map(write => write.item) }),
        )
        return
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error
        const reasons = error.CancellationReasons ?? []
        const failed = reasons.findIndex(reason => reason.Code === 'ConditionalCheckFailed')
        if (failed >= 0) {
          const meaning = writes[failed]?.failed(
            reasons[failed]?.Item && toRow(reasons[failed].Item),
          )
          if (meaning === 'ours') return
          if (meaning === undefined || meaning === 'moved') throw new Moved()
          throw new Refused(meaning)
        }
        if (!reasons.some(reason => retryable.has(reason.Code ?? ''))) throw error
        if (attempt === tries) throw new Refused(onConflict)
        await wait(Math.random() * 10 * 2 ** attempt)
      }
    }
  }

const retryable = new Set([
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
])
