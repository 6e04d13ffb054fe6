// Lists of referrals, by the indexes `sent` and `received` of the Referrals table: which there are, for people and
// pollers to look at, never to decide from. An index is a moment behind; what is shown is read from the rows. Whoever
// acts on a header states its version (If-Match), and is refused where that has moved on.
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { isOverdue, undecided } from '../../events/referral-header.ts'
import { type InstitutionCode, Instant, ReferralId } from '../../schemas/ids.ts'
import type { Status } from '../../schemas/referral.ts'
import { type InTable, type Row, toItem } from './dynamodb.ts'
import { type ReferralRow, idOf } from './referral-row.ts'
import { pageFrom } from './row-pages.ts'

/** Where a page of a list ended. */
export const Place = z.strictObject({ updatedAt: Instant, referralId: ReferralId })
export type Place = z.infer<typeof Place>

/** What a list is narrowed to. `overdueAt`: undecided although `respondBy` lies before it. */
export type ListFilter = {
  statuses?: readonly Status[] | undefined
  updatedSince?: Instant | undefined
  overdueAt?: Instant | undefined
}

/** Whether a referral, as it is now, is in a list. */
export const fits = (row: ReferralRow, { statuses, updatedSince, overdueAt }: ListFilter) =>
  (!statuses || statuses.includes(row.status)) &&
  (!updatedSince || updatedSince <= row.updatedAt) &&
  (!overdueAt || isOverdue(row, overdueAt))

/** How many rows a filter looks at in one read (some 0.1 MB), and in how many reads of one answer. */
const filteredRead = 500
const maxReads = 20

export const referralList = ({ dynamodb, table }: InTable) => ({
  /**
   * Which referrals are on a page of what an institution sent or received, newest change first. `after` is where the
   * last page ended. A page may be short, or empty, and have a `next`: where little fits a filter, one answer does not
   * read the whole history.
   */
  page: async (
    institution: InstitutionCode,
    direction: 'sent' | 'received',
    filter: ListFilter & { limit: number },
    after?: Place,
  ): Promise<{ ids: ReferralId[]; next?: Place }> => {
    const side = direction === 'sent' ? 'referrer' : 'recipient'
    const { conditions, names, values } = conditionsOf(filter)
    const places: Place[] = []
    let from: Row | undefined = after && {
      pk: `referral#${after.referralId}`,
      [side]: institution,
      updatedAt: after.updatedAt,
    }
    for (let read = 0; read < maxReads; read++) {
      const { rows, next } = await pageFrom(from, start =>
        dynamodb.send(
          new QueryCommand({
            TableName: table,
            IndexName: direction,
            KeyConditionExpression: `#side = :institution${filter.updatedSince ? ' AND updatedAt >= :since' : ''}`,
            ...(conditions.length > 0 ? { FilterExpression: conditions.join(' AND ') } : {}),
            ExpressionAttributeNames: { '#side': side, ...names },
            ExpressionAttributeValues: toItem({
              ':institution': institution,
              ':since': filter.updatedSince,
              ...values,
            }),
            ScanIndexForward: false,
            Limit: conditions.length > 0 ? filteredRead : filter.limit - places.length,
            ...start,
          }),
        ),
      )
      places.push(...rows.map(placeOf))
      from = next
      const shown = places.slice(0, filter.limit)
      const last = shown.at(-1)
      if (last && shown.length === filter.limit && (from || places.length > shown.length))
        return { ids: idsOf(shown), next: last }
      if (!from) return { ids: idsOf(shown) }
    }
    return { ids: idsOf(places), ...(from && { next: placeOf(from) }) }
  },
})

const placeOf = (row: Row): Place =>
  Place.parse({ updatedAt: row['updatedAt'], referralId: idOf(row) })

const idsOf = (places: readonly Place[]) => places.map(({ referralId }) => referralId)

/** Beside the key condition. */
const conditionsOf = ({ statuses, overdueAt }: ListFilter) => {
  const wanted = statuses && anyOf('status', statuses)
  const open = overdueAt && anyOf('open', undecided)
  return {
    conditions: [
      ...(wanted ? [`#status IN (${Object.keys(wanted).join(', ')})`] : []),
      ...(open ? [`#status IN (${Object.keys(open).join(', ')}) AND respondBy < :overdueAt`] : []),
    ],
    names: wanted || open ? { '#status': 'status' } : {},
    values: { ...wanted, ...open, ':overdueAt': overdueAt },
  }
}

const anyOf = (name: string, among: readonly Status[]) =>
  Object.fromEntries(among.map((status, n) => [`:${name}${n}`, status]))
