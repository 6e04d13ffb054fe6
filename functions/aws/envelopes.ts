// The sealed content of each referral, in a row of its own of the Referrals table: what changes in a referral does not
// write its ciphertext again, and what lists and doors read of it is without. Rows of 0.1.0 have it inside.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { ReferralId } from '../../schemas/ids.ts'
import { Envelope } from '../../schemas/inbox.ts'
import { packedCompact } from '../crypto/compact-jwe.ts'
import { type Row, type RowName, type Write, toItem } from './dynamodb.ts'
import { KeptJwe } from './kept-jwe.ts'
import { type KnownRows, rowOf, getRows } from './known-rows.ts'
import type { ReferralRow } from './referrals.ts'

const EnvelopeRow = z.object({
  pk: z.string(),
  referralId: ReferralId,
  envelope: z.record(z.string(), KeptJwe).pipe(Envelope),
})
export const envelopeIn = (row: Row): Envelope => EnvelopeRow.parse(row).envelope

const keyOf = (referralId: ReferralId) => ({ pk: `envelope#${referralId}` })

const rowAt = (table: string, referralId: ReferralId): RowName => ({
  table,
  key: keyOf(referralId),
})

export type Envelopes = ReturnType<typeof envelopes>

export const envelopes = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  add: (referralId: ReferralId, envelope: Envelope): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({
          ...keyOf(referralId),
          referralId,
          envelope: Object.fromEntries(
            Object.entries(envelope).map(([category, jwe]) => [category, packedCompact(jwe)]),
          ),
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    failed: () => 'internal',
  }),

  /** Goes with the referral's key. Where 0.1.0 wrote the referral there is no such row. */
  destroy: (referralId: ReferralId): Write => ({
    item: { Delete: { TableName: table, Key: toItem(keyOf(referralId)) } },
    failed: () => 'internal',
  }),

  /** Where a referral's is, for whoever reads it ahead. */
  at: (referralId: ReferralId): RowName => rowAt(table, referralId),

  /** What a referral's row does not hold itself; undefined once it is destroyed. */
  find: async (
    { referralId, envelope }: Pick<ReferralRow, 'referralId' | 'envelope'>,
    known?: KnownRows,
  ): Promise<Envelope | undefined> => {
    if (envelope) return envelope
    const row = await rowOf(dynamodb, rowAt(table, referralId), known)
    return row && envelopeIn(row)
  },

  /** Those of several referrals that have one in a row of its own. */
  findAll: async (ids: readonly ReferralId[]): Promise<Map<ReferralId, Envelope>> => {
    const rows = await getRows(
      dynamodb,
      ids.map(id => rowAt(table, id)),
    )
    return new Map(
      ids.flatMap((id, n) => {
        const row = rows[n]
        return row ? [[id, envelopeIn(row)] as const] : []
      }),
    )
  },
})
