// DynamoDB, as thin as it can be: rows in and out, and one transaction per effect whose failed conditions have names.
import { randomUUID } from 'node:crypto'
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  ConditionalCheckFailedException$,
  type DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  TransactionCanceledException$,
} from '@aws-sdk/client-dynamodb'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { setTimeout as wait } from 'node:timers/promises'
import { Refused } from '../../events/refusal.ts'
import type { Countable, Counted } from '../../events/progress.ts'
import type { ReferralId } from '../../schemas/ids.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { awsClient, errorsOf } from './client.ts'
import { endpointOf } from './endpoint.ts'

export type Row = Record<string, unknown>

/** A table, and what it is asked by. */
export type InTable = { dynamodb: DynamoDBClient; table: string }

/** The last entry of a referral's chain: its number and its leaf hash. */
type ChainEnd = { n: number; hash: string }

/** How far a referral has come: its last entry, and how many events each side was sent. */
export type ReferralEnd = {
  chain: ChainEnd | undefined
  sentToReferrer: number
  sentToRecipient: number
  /** Where it is counted, once that is known (progress.ts). */
  counted?: Counted
}

const namespace = 'com.amazonaws.dynamodb'

export const dynamodbClient = (): DynamoDBClient =>
  awsClient({
    service: 'dynamodb',
    endpoint: endpointOf('dynamodb'),
    protocol: new AwsJson1_0Protocol({
      defaultNamespace: namespace,
      serviceTarget: 'DynamoDB_20120810',
      errorTypeRegistries: errorsOf(namespace, [
        [ConditionalCheckFailedException$, ConditionalCheckFailedException],
        [TransactionCanceledException$, TransactionCanceledException],
      ]),
      jsonCodec: new DynamoDBJsonCodec2(),
    }),
    maxAttempts: 4,
    baseDelay: 25,
  })

/** A row as DynamoDB keeps it. Members that are undefined are left out. */
export const toItem = (row: Row): Record<string, AttributeValue> =>
  marshall(row, { removeUndefinedValues: true })

export const toRow = (item: Record<string, AttributeValue>): Row => unmarshall(item)

/** Where a row is: its table, and its key's attributes. */
export type RowName = { table: string; key: Row }

/**
 * One write of a transaction, and what it means when its condition does not hold: a refusal's code,
 * `'moved'` (somebody changed the row since it was read: read again), or `'ours'` (an earlier try of this very request
 * committed although its answer was lost: it counts as done).
 */
export type Write = {
  item: TransactWriteItem
  /**
   * What it does can be done otherwise: where conditions of such writes alone do not hold, or where somebody is at such
   * rows alone, the transaction is Overtaken at once.
   */
  yields?: true
  /** A row that remembers how far its referral has come: from where, and the item once the end is known. */
  referral?: {
    referralId: ReferralId
    from: ReferralEnd
    item: (to: ReferralEnd) => TransactWriteItem
  }
  /** A referral's row changes in something that counts: commit adds what counts it (progress.ts). */
  counts?: { before: Countable | undefined; after: Countable } | undefined
  /** Was written by a guess: where such writes alone are what a transaction failed by, reading helps. */
  guesses?: true
  failed: (existing: Row | undefined) => ProblemCode | 'moved' | 'ours'
}

/**
 * How a write ends that has a condition, or meets another at the same row. Every adapter goes by these three; what is
 * none of them is a fault, and thrown as it is.
 * - `success`: it is done, now or by an earlier try of ours whose answer was lost.
 * - `moved`: a condition does not hold, for somebody was first. Nothing happened; read again and decide again
 *   (`rereading`).
 * - `retry`: somebody else is at it, or it is asked for too much. Nothing happened; the same again after a pause
 *   (`settle`). The SDK tries throttled calls again by itself, and neither conflicts nor what cancelled a transaction.
 */
type Outcome = 'success' | 'moved' | 'retry'

/** Exceptions, and reasons of a cancelled transaction (API reference, TransactWriteItems). */
const busy = new Set([
  'TransactionConflictException',
  // Our own first try, whose answer took too long.
  'TransactionInProgressException',
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
])

type Cancelled = ConditionalCheckFailedException | TransactionCanceledException

const reasonsOf = (error: Cancelled) =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : []

/** What an error of a write comes to; undefined for a fault. */
const outcomeOf = (error: unknown): Exclude<Outcome, 'success'> | undefined => {
  if (error instanceof ConditionalCheckFailedException) return 'moved'
  if (!(error instanceof TransactionCanceledException))
    return error instanceof Error && busy.has(error.name) ? 'retry' : undefined
  const codes = reasonsOf(error).map(({ Code = '' }) => Code)
  if (codes.includes('ConditionalCheckFailed')) return 'moved'
  return codes.some(code => busy.has(code)) ? 'retry' : undefined
}

/** So often anything is tried at most. */
export const tries = 8

/**
 * Waits before try `attempt` + 1: up to 20 ms after the first, and twice as long after each. Eight tries wait for 1.3 s
 * in the mean, 2.6 s at most.
 */
export const pause = (attempt: number): Promise<void> => wait(Math.random() * 10 * 2 ** attempt)

export type Settled<T> =
  | { outcome: 'success'; answer: T }
  | { outcome: 'moved'; error: Cancelled; existing: Row | undefined }

/** A single write that asked for it is shown the row that is there. */
const seenIn = (error: Cancelled) => ({
  error,
  existing: 'Item' in error && error.Item ? toRow(error.Item) : undefined,
})

/**
 * Sends a write until it is done or has moved. One that stays at `retry` for eight tries is refused as `onConflict`.
 */
export const settle = async <T>(
  send: () => Promise<T>,
  onConflict: ProblemCode = 'unavailable',
): Promise<Settled<T>> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return { outcome: 'success', answer: await send() }
    } catch (error) {
      const outcome = outcomeOf(error)
      if (outcome === undefined) throw error
      if (outcome === 'moved') return { outcome, ...seenIn(error as Cancelled) }
      if (attempt === tries) throw new Refused(onConflict)
      await pause(attempt)
    }
  }
}

/** A row changed between reading and writing. `writes`: those whose conditions did not hold. */
export class Moved extends Error {
  readonly writes: readonly Write[]
  constructor(writes: readonly Write[] = []) {
    super()
    this.writes = writes
  }
}

/** Somebody was first, or is at it, at what yields. Nothing happened. */
export class Overtaken extends Error {}

/**
 * Whether a transaction was cancelled for its yielding writes alone. Where one of them is too late, it is, whoever else
 * is at the others: without it they may well be done, and nothing that they depend on has moved.
 */
const isOvertaken = (error: TransactionCanceledException, writes: readonly Write[]): boolean => {
  const metBy = (isMet: (code: string) => boolean) =>
    reasonsOf(error).flatMap(({ Code = '' }, i) => (isMet(Code) ? [writes[i]] : []))
  const late = metBy(code => code === 'ConditionalCheckFailed')
  const met = late.length > 0 ? late : metBy(code => busy.has(code))
  return met.length > 0 && met.every(write => write?.yields)
}

/** A transaction takes this many items. */
export const transactionItems = 100

/**
 * Runs `look`, which reads and writes, again for as long as rows move under it. After eight times it is Moved all the
 * same.
 */
export const rereading = async <T>(look: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await look()
    } catch (error) {
      if (!(error instanceof Moved) || attempt === tries) throw error
      await pause(attempt)
    }
  }
}

export type Transact = ReturnType<typeof transact>

/**
 * All writes or none. Throws `Refused` with the code of the first write whose condition failed, or `Moved`, or
 * `Overtaken` where some yield; a conflict that does not end is refused as `onConflict`: `request-in-progress` where an
 * idempotency record is what two requests fight over, else `unavailable`.
 */
export const transact =
  (dynamodb: DynamoDBClient) =>
  async (writes: readonly Write[], onConflict: ProblemCode = 'unavailable'): Promise<void> => {
    const TransactItems = writes.map(write => write.item)
    // Kept while it is open whether the last try took effect, so that it counts once; new after one that certainly did
    // not.
    let ClientRequestToken = randomUUID()
    const settled = await settle(async () => {
      try {
        await dynamodb.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }))
      } catch (error) {
        if (error instanceof TransactionCanceledException) {
          ClientRequestToken = randomUUID()
          if (isOvertaken(error, writes)) throw new Overtaken()
        }
        throw error
      }
    }, onConflict)
    if (settled.outcome === 'success') return
    const reasons = reasonsOf(settled.error)
    const failed = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed')
    const existing = reasons[failed]?.Item
    const meaning = writes[failed]?.failed(existing && toRow(existing))
    if (meaning === 'ours') return
    if (meaning === undefined || meaning === 'moved')
      throw new Moved(writes.filter((_, i) => reasons[i]?.Code === 'ConditionalCheckFailed'))
    throw new Refused(meaning)
  }
