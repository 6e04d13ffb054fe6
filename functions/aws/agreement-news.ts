// What the parties of an agreement were told of it by the clock: a row of Referrals for each, which belongs to no
// referral. What an inbox has acknowledged of it, the outbox knows.
import * as z from 'zod'
import type { ToldOfEnd } from '../../events/clock/agreement-ending.ts'
import { type AgreementId, Instant } from '../../schemas/ids.ts'
import { EndingNews } from '../../schemas/inbox.ts'
import { type InTable, type Row, type RowName, type Write, toItem } from './dynamodb.ts'
import { rowsOf } from './known-rows.ts'

export const AgreementNewsRow = z.object({
  /** Of which end they were told last. */
  endsAt: Instant,
  days: EndingNews.shape.days.optional(),
  /** Events that each party was sent so far: the last `sequence`. */
  sent: z.int().nonnegative(),
})
export type AgreementNews = ToldOfEnd & { sent: number }

const keyOf = (agreementId: AgreementId): Row => ({ pk: `agreement-news#${agreementId}` })

export const agreementNews = ({ dynamodb, table }: InTable) => ({
  /** What each agreement's parties were told, in their order; undefined where nobody has looked yet. */
  read: async (ids: readonly AgreementId[]): Promise<(AgreementNews | undefined)[]> => {
    const names = ids.map((id): RowName => ({ table, key: keyOf(id) }))
    const rows = await rowsOf(dynamodb, names)
    return rows.map(row => row && AgreementNewsRow.parse(row))
  },

  /** Writes down what they were told, if nobody has since it was read. */
  told: (
    agreementId: AgreementId,
    before: AgreementNews | undefined,
    { endsAt, days, sent }: AgreementNews,
  ): Write => ({
    item: {
      Update: {
        TableName: table,
        Key: toItem(keyOf(agreementId)),
        UpdateExpression: `SET endsAt = :endsAt, sent = :sent${days ? ', #days = :days' : ' REMOVE #days'}`,
        ConditionExpression: before
          ? 'endsAt = :before AND sent = :sentBefore'
          : 'attribute_not_exists(pk)',
        ExpressionAttributeNames: { '#days': 'days' },
        ExpressionAttributeValues: toItem({
          ':endsAt': endsAt,
          ':sent': sent,
          ...(days && { ':days': days }),
          ...(before && { ':before': before.endsAt, ':sentBefore': before.sent }),
        }),
      },
    },
    failed: () => 'moved',
  }),
})
