// ReferralKeys: the wrapped key of each referral, kept apart from every ciphertext so that deleting one row shreds the
// referral. This table has no backup, no stream and no point-in-time recovery (infra/data-stack.ts).
import * as z from 'zod'
import type { ReferralId } from '../../schemas/ids.ts'
import { packedCompact } from '../crypto/compact-jwe.ts'
import { type InTable, type RowName, type Write, toItem } from './dynamodb.ts'
import { KeptJwe } from './kept-jwe.ts'
import { type KnownRows, rowOf } from './known-rows.ts'

const KeyRow = z.strictObject({
  referralId: z.string(),
  /** The KMS ciphertext of the referral's key. */
  wrapped: z.instanceof(Uint8Array),
  /**
   * The sender's own number, sealed for the sender (functions/crypto/external-id.ts): whoever opens it needs this row.
   * In rows of 0.1.0 it is the referral's.
   */
  externalIdSealed: KeptJwe.optional(),
})

export type ReferralKeys = ReturnType<typeof referralKeys>

export const referralKeys = ({ dynamodb, table }: InTable) => ({
  /** Where the key of a referral is, for whoever reads it ahead. */
  at: (referralId: ReferralId): RowName => ({ table, key: { referralId } }),

  add: (referralId: ReferralId, wrapped: Uint8Array, externalIdSealed?: string): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({
          referralId,
          wrapped,
          externalIdSealed: externalIdSealed && packedCompact(externalIdSealed),
        }),
        ConditionExpression: 'attribute_not_exists(referralId)',
      },
    },
    failed: () => 'internal',
  }),

  /** Destroys a referral's key, the one that was read. From this commit on nothing opens its content any more. */
  destroy: (referralId: ReferralId, wrapped: Uint8Array): Write => ({
    item: {
      Delete: {
        TableName: table,
        Key: toItem({ referralId }),
        ConditionExpression: '#wrapped = :wrapped',
        // A reserved word of DynamoDB.
        ExpressionAttributeNames: { '#wrapped': 'wrapped' },
        ExpressionAttributeValues: toItem({ ':wrapped': wrapped }),
      },
    },
    failed: () => 'moved',
  }),

  /** The KMS ciphertext of the referral's key, or undefined once it is destroyed. */
  find: async (referralId: ReferralId, known?: KnownRows): Promise<Uint8Array | undefined> => {
    const row = await rowOf(dynamodb, { table, key: { referralId } }, known)
    return row && KeyRow.parse(row).wrapped
  },

  /** The same, with the sender's own number where it lies beside it. */
  findWithNumber: async (
    referralId: ReferralId,
    known?: KnownRows,
  ): Promise<z.infer<typeof KeyRow> | undefined> => {
    const row = await rowOf(dynamodb, { table, key: { referralId } }, known)
    return row && KeyRow.parse(row)
  },
})
