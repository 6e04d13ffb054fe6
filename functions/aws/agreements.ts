// Agreements in the Directory, beside the terms of now (directory.ts): each notice, each version, and the gates that
// releases hold. Notices and versions are only ever added to.
import * as z from 'zod'
import { named } from '../../events/agreement.ts'
import { type Standing, foldNotices, termsOf } from '../../events/notice.ts'
import { Agreement, type KeptAgreement } from '../../schemas/agreement.ts'
import { type AgreementId, Instant } from '../../schemas/ids.ts'
import { Notice } from '../../schemas/notice.ts'
import { endedKey, gateKey, gatesEach, versionKey } from './agreement-rows.ts'
import { type InTable, type Row, type RowName, type Write, toItem } from './dynamodb.ts'
import { getRows } from './read-rows.ts'

const NoticeRow = Notice.extend({ pk: z.string() })
const VersionRow = z.strictObject({
  pk: z.string(),
  version: z.int().positive(),
  from: Instant,
  terms: Agreement,
})

const noticeKey = (agreementId: AgreementId, n: number): Row => ({
  pk: `agreement-notice#${agreementId}#${n}`,
})
const standingOf = (kept: KeptAgreement, rows: readonly Row[]): Standing => {
  const [first, ...rest] = kept.version === undefined ? [undefined, ...rows] : rows
  const notices = rest.map(row => {
    const { pk: _, ...notice } = NoticeRow.parse(row)
    return notice
  })
  if (notices.length !== (kept.notices ?? 0)) throw new Error('an agreement without its notices')
  return foldNotices(first ? VersionRow.parse(first).terms : termsOf(kept), notices)
}

/** Whether nothing may be opened under an agreement for now, or ever. */
const isShut = ({ frozen, terminatedAt }: KeptAgreement): boolean =>
  frozen !== undefined || terminatedAt !== undefined

export const agreements = ({ dynamodb, table }: InTable) => {
  /** What an agreement's notices are counted from: the terms of its row, until they are others. */
  const rowsOf = ({ agreementId, notices = 0, version = 1 }: KeptAgreement): RowName[] =>
    [
      ...(version === 1 ? [] : [versionKey(agreementId, 1)]),
      ...Array.from({ length: notices }, (_, i) => noticeKey(agreementId, i + 1)),
    ].map(key => ({ table, key }))

  const put = (Item: Row, more: object = {}): Write => ({
    item: { Put: { TableName: table, Item: toItem(Item), ...more } },
    failed: () => 'moved',
  })
  const fresh = { ConditionExpression: 'attribute_not_exists(pk)' }

  /** The row of the agreement, if no other notice came in between. */
  const replaced = (before: KeptAgreement, after: KeptAgreement): Write =>
    put(
      { pk: `agreement#${after.agreementId}`, ...after },
      before.notices === undefined
        ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(notices)' }
        : {
            ConditionExpression: 'notices = :before',
            ExpressionAttributeValues: toItem({ ':before': before.notices }),
          },
    )

  const versionsOf = (before: Standing, { agreement, versions }: Standing): Write[] => {
    if (versions.length === before.versions.length) return []
    // The first is kept once there is a second: until then the agreement's row is all of it.
    const added = before.versions.length === 1 ? versions : versions.slice(-1)
    return added.map(one =>
      put({ ...versionKey(agreement.agreementId, one.version), ...one }, fresh),
    )
  }

  const gatesOf = (before: KeptAgreement, after: KeptAgreement): Write[] => {
    if (isShut(before) === isShut(after)) return []
    const keys = Array.from({ length: gatesEach }, (_, n) => gateKey(after.agreementId, n))
    return keys.map(key =>
      isShut(after)
        ? put(key)
        : {
            item: { Delete: { TableName: table, Key: toItem(key) } },
            failed: () => 'moved',
          },
    )
  }

  /** Whoever may work under it finds it ended, whatever its referrals say. */
  const endsOf = (
    { agreement: before }: Standing,
    { agreement: { agreementId, terminatedAt }, versions }: Standing,
  ): Write[] =>
    before.terminatedAt !== undefined || terminatedAt === undefined
      ? []
      : [...new Set(versions.flatMap(({ terms }) => named(terms)))].map(institution => ({
          item: {
            Update: {
              TableName: table,
              Key: toItem(endedKey(institution)),
              UpdateExpression: 'ADD agreements :ended',
              ExpressionAttributeValues: toItem({ ':ended': new Set([agreementId]) }),
            },
          },
          failed: () => 'moved',
        }))

  return {
    /** Several agreements as their notices made them, in their order; in one call for a hundred rows. */
    read: async (kept: readonly KeptAgreement[]): Promise<Standing[]> => {
      const names = kept.map(rowsOf)
      const rows = (await getRows(dynamodb, names.flat())).values()
      return kept.map((one, i) =>
        standingOf(
          one,
          (names[i] ?? []).flatMap((): Row[] => {
            const row = rows.next().value
            return row ? [row] : []
          }),
        ),
      )
    },

    /** Adds a notice, and what it makes of the agreement, if none came in between. */
    add: (before: Standing, notice: Notice, after: Standing): Write[] => [
      replaced(before.agreement, after.agreement),
      put({ ...noticeKey(after.agreement.agreementId, after.notices.length), ...notice }, fresh),
      ...versionsOf(before, after),
      ...gatesOf(before.agreement, after.agreement),
      ...endsOf(before, after),
    ],
  }
}
