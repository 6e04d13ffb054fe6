// The rate of a key over all function instances: one row per key in Requests, from which each instance takes a few
// tokens at a time.
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import {
  type Micros,
  type Rate,
  clockSlip,
  costOf,
  emptyFor,
  nextLease,
  take,
} from '../../events/rate.ts'
import type { Keyid } from '../../schemas/ids.ts'
import { type RowName, settle, toItem, toRow } from './dynamodb.ts'
import type { KnownRows } from './known-rows.ts'

/** How long taken tokens may be spent. What is left then is lost: the hub errs to strict. */
const leaseMs = 1000
/**
 * Another instance may move the bucket between our look and our write; of a bucket so much in demand there is not much
 * left.
 */
const tries = 8

const Bucket = z.looseObject({ fullAt: z.number() })

type Held = {
  granted: number
  left: number
  until: number
  /** Until then the bucket is empty, whoever asks. */
  emptyUntil: number
  /** The bucket as last seen. Others only move it on. */
  fullAt?: Micros
  renewing?: Promise<void>
}

/**
 * @param deps.rate of every key, as the deployment sets it
 * @param deps.bucket which of a key's buckets: `bucket` counts its requests, `waits` those that wait for messages
 */
export const keyRate = (deps: {
  dynamodb: DynamoDBClient
  table: string
  rate: Rate
  bucket?: 'bucket' | 'waits'
}) => {
  const { dynamodb, table, rate, bucket = 'bucket' } = deps
  // Of verified callers only, so never more than there are keys in the directory.
  const held = new Map<Keyid, Held>()
  const longestEmptyMs = (emptyFor(rate) + clockSlip) / 1000
  const heldOf = (keyid: Keyid): Held => {
    const mine = held.get(keyid) ?? { granted: 0, left: 0, until: 0, emptyUntil: 0 }
    held.set(keyid, mine)
    return mine
  }
  const bucketAt = (keyid: Keyid): RowName => ({ table, key: { pk: `${bucket}#${keyid}` } })
  const hasTokens = ({ left, until }: Held): boolean => left > 0 && Date.now() < until
  // Further ahead than a bucket takes to fill is a clock that was set back.
  const isEmpty = ({ emptyUntil }: Held): boolean =>
    Date.now() < emptyUntil && emptyUntil - Date.now() <= longestEmptyMs

  /**
   * Moves the bucket on by `granted` tokens if it still has them. The bucket after that; or as it is, when it has
   * moved.
   */
  const draw = async (
    keyid: Keyid,
    now: Micros,
    granted: number,
    full: boolean,
  ): Promise<{ done: boolean; fullAt?: Micros | undefined }> => {
    const cost = granted * costOf(rate)
    const [change, condition, values] = full
      ? [
          ':fullAt',
          'attribute_not_exists(pk) OR fullAt <= :now OR fullAt > :impossible',
          { ':fullAt': now + cost, ':now': now, ':impossible': now + emptyFor(rate) + clockSlip },
        ]
      : [
          'fullAt + :cost',
          'fullAt BETWEEN :now AND :latest',
          { ':cost': cost, ':now': now, ':latest': now + emptyFor(rate) - cost },
        ]
    const settled = await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem(bucketAt(keyid).key),
          UpdateExpression: `SET fullAt = ${change}, expiresAt = :expires`,
          ConditionExpression: condition,
          ExpressionAttributeValues: toItem({
            ...values,
            // A row that has gone is a full bucket, which it was long before.
            ':expires': Math.ceil((now + emptyFor(rate)) / 1_000_000) + 3600,
          }),
          ReturnValues: 'UPDATED_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    )
    if (settled.outcome === 'success')
      return { done: true, fullAt: Bucket.parse(toRow(settled.answer.Attributes ?? {})).fullAt }
    return { done: false, fullAt: settled.existing && Bucket.parse(settled.existing).fullAt }
  }

  const renew = async (keyid: Keyid, mine: Held): Promise<void> => {
    const want = nextLease(rate, { ...mine, lapsed: Date.now() >= mine.until })
    for (let attempt = 1; attempt <= tries; attempt++) {
      const now = Date.now() * 1000
      const taken = take(rate, now, mine.fullAt, want)
      if ('againAt' in taken) {
        mine.emptyUntil = Math.ceil(taken.againAt / 1000)
        return
      }
      const full = taken.fullAt === now + taken.granted * costOf(rate)
      const drawn = await draw(keyid, now, taken.granted, full)
      if (drawn.fullAt === undefined) delete mine.fullAt
      else mine.fullAt = drawn.fullAt
      if (drawn.done) {
        mine.granted = taken.granted
        mine.left = taken.granted
        mine.until = Date.now() + leaseMs
        return
      }
    }
    mine.emptyUntil = Date.now() + 1 + Math.ceil(costOf(rate) / 1000)
  }

  return {
    /** Whether it is known without asking that the key may make no request now. */
    isSpent: (keyid: Keyid): boolean => {
      const mine = heldOf(keyid)
      return !hasTokens(mine) && isEmpty(mine)
    },

    /** Where the key's bucket is, for whoever reads it ahead; nowhere while the answer is known without it. */
    bucketAt: (keyid: Keyid): RowName[] => {
      const mine = heldOf(keyid)
      return hasTokens(mine) || isEmpty(mine) ? [] : [bucketAt(keyid)]
    },

    /** Takes note of the bucket as it was read: an empty one is then refused at once, without a write. */
    saw: (keyid: Keyid, known: KnownRows): void => {
      const row = known.take(bucketAt(keyid))?.row
      const mine = heldOf(keyid)
      if (!row || mine.renewing) return
      mine.fullAt = Bucket.parse(row).fullAt
      const taken = take(rate, Date.now() * 1000, mine.fullAt, 1)
      if ('againAt' in taken) mine.emptyUntil = Math.ceil(taken.againAt / 1000)
    },

    /**
     * Whether the key may make one request more now. Most answers come from memory; those that do not cost one write.
     */
    spend: async (keyid: Keyid): Promise<boolean> => {
      const mine = heldOf(keyid)
      for (;;) {
        if (hasTokens(mine)) {
          mine.left -= 1
          return true
        }
        if (isEmpty(mine)) return false
        mine.renewing ??= renew(keyid, mine).finally(() => {
          delete mine.renewing
        })
        await mine.renewing
      }
    },
  }
}
