// The sealed content of each referral, in a row of its own of the Referrals table: what changes in a referral does not
// write its ciphertext again, and what lists and doors read of it is without. Rows of 0.1.0 have it inside.
import * as z from 'zod'
import { DataCategory } from '../../schemas/consent.ts'
import { ReferralId } from '../../schemas/ids.ts'
import { Envelope } from '../../schemas/inbox.ts'
import { packedCompact } from '../crypto/compact-jwe.ts'
import { shortTexts } from '../crypto/short-text.ts'
import { type InTable, type Row, type RowName, type Write, toItem } from './dynamodb.ts'
import { KeptJwe } from './kept-jwe.ts'
import { type KnownRows, rowOf } from './known-rows.ts'
import { getRows } from './read-rows.ts'
import type { ReferralRow } from './referral-row.ts'

/** Protected headers as they are, one for each category, a line each: they differ in a word. */
const { shorten, textOf } = shortTexts(
  '"recipient":"ALA"}\n{"alg":"dir","enc":"A256GCM","category":"identity","referralId":"01","agreementId":"igm-ala-20',
)

/** `headers`: of its compartments in their order; without, each of them has its own, as before 0.2. */
const EnvelopeRow = z.object({
  pk: z.string(),
  referralId: ReferralId,
  envelope: z.record(z.string(), z.union([z.string(), z.instanceof(Uint8Array)])),
  headers: z.instanceof(Uint8Array).optional(),
})

const keptEnvelope = (envelope: Envelope) => {
  const packed = DataCategory.options.flatMap(category => {
    const jwe = envelope[category]
    return jwe === undefined ? [] : { category, bytes: Buffer.from(packedCompact(jwe)) }
  })
  const headers = packed.map(({ bytes }) => bytes.toString('utf8', 0, bytes.indexOf(0)))
  return {
    headers: shorten(headers.join('\n')),
    envelope: Object.fromEntries(
      packed.map(({ category, bytes }) => [category, bytes.subarray(bytes.indexOf(0))]),
    ),
  }
}

export const envelopeIn = (row: Row): Envelope => {
  const { envelope, headers } = EnvelopeRow.parse(row)
  const lines = headers && textOf(headers).split('\n').values()
  const whole = DataCategory.options.flatMap(category => {
    const kept = envelope[category]
    if (kept === undefined) return []
    const header = Buffer.from(lines?.next().value ?? '')
    const bytes = typeof kept === 'string' ? kept : Buffer.concat([header, kept])
    return [[category, KeptJwe.parse(bytes)] as const]
  })
  return Envelope.parse(Object.fromEntries(whole))
}

const keyOf = (referralId: ReferralId) => ({ pk: `envelope#${referralId}` })

const rowAt = (table: string, referralId: ReferralId): RowName => ({
  table,
  key: keyOf(referralId),
})

export type Envelopes = ReturnType<typeof envelopes>

export const envelopes = ({ dynamodb, table }: InTable) => ({
  add: (referralId: ReferralId, envelope: Envelope): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem({
          ...keyOf(referralId),
          referralId,
          ...keptEnvelope(envelope),
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
