// What makes a request happen once: its nonce, and for writes the answer it got. Both live in the transaction of the
// effect.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import {
  ConsentId,
  type Instant,
  Keyid,
  ReferralId,
  type RequestId,
  SeenUnder,
} from '../../schemas/ids.ts'
import { type InTable, type RowName, type Write, settle, toItem, toRow } from './dynamodb.ts'
import { packedCompact } from '../crypto/compact-jwe.ts'
import { KeptJwe } from './kept-jwe.ts'
import { type KnownRows, rowOf } from './known-rows.ts'

/** Longer than any signature lives (300 s) plus the skews: after this the signature itself is refused. */
const nonceSeconds = 900
/** How long a retry under the same Idempotency-Key gets the stored answer. */
const answerSeconds = 24 * 3600

const StoredAbout = z.strictObject({
  agreementId: SeenUnder.optional(),
  referralId: ReferralId.optional(),
  consentId: ConsentId.optional(),
  subjectKeyid: Keyid.optional(),
})
export type StoredAbout = z.infer<typeof StoredAbout>

/** An answer as it is kept: opaque ciphertext, and a digest of the request that got it. */
export type StoredAnswer = {
  fingerprint: string
  sealed: string
  /** What the request was about, so that its retries are found with it, and seen by the same officers. */
  about: StoredAbout
}

const RefusalsRow = z.object({ refusals: z.int().positive() })

const AnswerRow = z.strictObject({
  pk: z.string(),
  fingerprint: z.string(),
  sealed: KeptJwe,
  about: StoredAbout.default({}),
  requestId: z.string(),
  expiresAt: z.number(),
})

/** `keyHash`: SHA-256 of the Idempotency-Key; the key itself is part of what seals the answer and is not kept. */
export type AnswerName = { keyid: Keyid; keyHash: string }

const answerKey = ({ keyid, keyHash }: AnswerName) => `answer#${keyid}#${keyHash}`
const nonceKey = (keyid: Keyid, nonce: string) => `nonce#${keyid}#${nonce}`
const epochSeconds = () => Math.floor(Date.now() / 1000)

export type Requests = ReturnType<typeof requests>

export const requests = ({ dynamodb, table }: InTable) => ({
  /** Where an answer is kept, for whoever reads it ahead. */
  answerAt: (name: AnswerName): RowName => ({ table, key: { pk: answerKey(name) } }),

  /** Where a nonce is once it is spent: a door that does anything before it commits looks there. */
  nonceAt: (keyid: Keyid, nonce: string): RowName => ({
    table,
    key: { pk: nonceKey(keyid, nonce) },
  }),

  /** Whether another request has spent a nonce. */
  isSpent: async (
    { keyid, nonce, requestId }: { keyid: Keyid; nonce: string; requestId: RequestId },
    known?: KnownRows,
  ): Promise<boolean> => {
    const row = await rowOf(dynamodb, { table, key: { pk: nonceKey(keyid, nonce) } }, known)
    return row !== undefined && row['requestId'] !== requestId
  },

  /** Spends a nonce. A second request with the same one is refused, whether or not TTL has run. */
  spendNonce: (keyid: Keyid, nonce: string, requestId: RequestId): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({
          pk: nonceKey(keyid, nonce),
          requestId,
          expiresAt: epochSeconds() + nonceSeconds,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    // The SDK sends again when an answer is lost: our own id in the row means that the first try committed.
    failed: existing => (existing?.requestId === requestId ? 'ours' : 'nonce-reused'),
  }),

  /** Keeps the answer of a write for its retries. A row past its time counts as absent, swept or not. */
  storeAnswer: (name: AnswerName, answer: StoredAnswer, requestId: RequestId): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({
          pk: answerKey(name),
          ...answer,
          sealed: packedCompact(answer.sealed),
          requestId,
          expiresAt: epochSeconds() + answerSeconds,
        }),
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt < :now',
        ExpressionAttributeValues: toItem({ ':now': epochSeconds() }),
      },
    },
    // The same write got in first, between our look and our commit: look again and give its answer.
    failed: () => 'moved',
  }),

  /**
   * Counts a refused request of a key in the hour of `now` (UTC), apart for each thing that it was about, and answers
   * their number. The last request stands in the row: one that is sent again, since its answer was lost, counts once.
   *
   * @param thing the id of a referral or consent that there is; undefined for whatever else was asked for
   */
  countRefusal: async (
    keyid: Keyid,
    thing: ReferralId | ConsentId | undefined,
    { now, requestId }: { now: Instant; requestId: RequestId },
  ): Promise<number> => {
    const counted = await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem({ pk: `refused#${keyid}#${now.slice(0, 13)}#${thing ?? ''}` }),
          UpdateExpression: 'ADD refusals :one SET expiresAt = :then, requestId = :id',
          ConditionExpression: 'attribute_not_exists(requestId) OR requestId <> :id',
          ExpressionAttributeValues: toItem({
            ':one': 1,
            ':then': epochSeconds() + 2 * 3600,
            ':id': requestId,
          }),
          ReturnValues: 'UPDATED_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    )
    const row =
      counted.outcome === 'moved' ? counted.existing : toRow(counted.answer.Attributes ?? {})
    return RefusalsRow.parse(row).refusals
  },

  findAnswer: async (name: AnswerName, known?: KnownRows): Promise<StoredAnswer | undefined> => {
    const row = await rowOf(dynamodb, { table, key: { pk: answerKey(name) } }, known)
    if (!row) return undefined
    const { fingerprint, sealed, about, expiresAt } = AnswerRow.parse(row)
    return expiresAt < epochSeconds() ? undefined : { fingerprint, sealed, about }
  },
})
