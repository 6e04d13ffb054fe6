// ReferralKeys: the wrapped key of each referral, kept apart from every ciphertext so that deleting one row shreds the
// referral. This table has no backup, no stream and no point-in-time recovery (infra/hub-stack.ts).
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { ReferralId } from '../../schemas/ids.ts'
import { type RowName, type Write, toItem } from './dynamodb.ts'
import { type KnownRows, rowOf } from './known-rows.ts'

const KeyRow = z.strictObject({ referralId: z.string(), wrapped: z.instanceof(Uint8Array) })

export type ReferralKeys = ReturnType<typeof referralKeys>

export const referralKeys = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  /** Where the key of a referral is, for whoever reads it ahead. */
  at: (referralId: ReferralId): RowName => ({ table, key: { referralId } }),

  add: (referralId: ReferralId, wrapped: Uint8Array): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({ referralId, wrapped }),
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
})
