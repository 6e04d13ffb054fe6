// The AccessLog table as doors use it: entries are added in the transaction of their effect, and queried by indexes.
// Sequencing (place in the tree, signed checkpoint) is functions/aws/log-sequence.ts.
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import type { AgreementId, InstitutionCode, ReferralId } from '../../schemas/ids.ts'
import { type Row, type Write, getRow, toItem, toRow } from './dynamodb.ts'

/** An entry as kept: its exact JSON bytes (the leaf of the tree), and beside them what queries filter by. */
export const LogRow = z.looseObject({
  leaf: z.string(),
  id: z.string(),
  index: z.int().nonnegative().optional(),
})

export const LogHead = z.strictObject({
  pk: z.literal('head'),
  sk: z.literal('head'),
  /** Leaves in the tree, its right edge in base64 (functions/crypto/merkle.ts). */
  size: z.int().nonnegative(),
  edge: z.array(z.string()),
  /** Size of the last signed checkpoint and its signed note. */
  signedSize: z.int().nonnegative(),
  checkpoint: z.string().optional(),
})
export type LogHead = z.infer<typeof LogHead>

export type LogFilter = {
  from?: string | undefined
  to?: string | undefined
  institution?: string | undefined
  keyid?: string | undefined
  action?: string | undefined
  outcome?: string | undefined
  referralId?: ReferralId | undefined
  consentId?: string | undefined
  purpose?: string | undefined
}

export type AccessLog = ReturnType<typeof accessLog>

export const accessLog = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => {
  let signed = { size: 0, at: 0 }

  /** One index partition, newest first from `before` (an entry id, exclusive), filtered. */
  const read = async (
    index: 'by-agreement' | 'by-institution' | 'by-referral',
    value: string,
    filter: LogFilter,
    before: string,
    limit: number,
    only: (row: Row) => boolean,
  ): Promise<Row[]> => {
    const name = {
      'by-agreement': 'agreementId',
      'by-institution': 'institution',
      'by-referral': 'referralId',
    }[index]
    const equal = (
      ['institution', 'keyid', 'action', 'outcome', 'referralId', 'consentId', 'purpose'] as const
    ).filter(member => filter[member] !== undefined && member !== name)
    const conditions = [
      ...equal.map(member => `#${member} = :${member}`),
      ...(filter.from ? ['#time >= :from'] : []),
      ...(filter.to ? ['#time <= :to'] : []),
    ]
    const found: Row[] = []
    let start: Row | undefined
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: `#partition = :partition AND id < :before`,
          ...(conditions.length ? { FilterExpression: conditions.join(' AND ') } : {}),
          ExpressionAttributeNames: {
            '#partition': name,
            ...Object.fromEntries(equal.map(member => [`#${member}`, member])),
            ...(filter.from || filter.to ? { '#time': 'time' } : {}),
          },
          ExpressionAttributeValues: toItem({
            ':partition': value,
            ':before': before,
            ':from': filter.from,
            ':to': filter.to,
            ...Object.fromEntries(equal.map(member => [`:${member}`, filter[member]])),
          }),
          ScanIndexForward: false,
          ...(start ? { ExclusiveStartKey: toItem(start) } : {}),
        }),
      )
      found.push(...(page.Items ?? []).map(toRow).filter(only))
      start = page.LastEvaluatedKey && toRow(page.LastEvaluatedKey)
    } while (start && found.length < limit)
    return found.slice(0, limit)
  }

  return {
    /** Adds a pending entry: durable with its effect, given its place in the tree by the sequencer. */
    append: (entry: AccessLogEntry, agreementId: AgreementId | undefined): Write => ({
      item: {
        Put: {
          TableName: table,
          Item: toItem({
            pk: 'pending',
            sk: entry.id,
            id: entry.id,
            leaf: JSON.stringify(entry),
            agreementId,
            institution: entry.actor.institution,
            keyid: entry.actor.keyid,
            time: entry.time,
            action: entry.action,
            outcome: entry.outcome,
            referralId: entry.referralId,
            consentId: entry.consentId,
            purpose: entry.purpose,
          }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      failed: () => 'ours',
    }),

    /** Size of the last signed checkpoint, at most a second old. */
    signedSize: async (): Promise<number> => {
      if (performance.now() - signed.at < 1000 && signed.at > 0) return signed.size
      const row = await getRow(dynamodb, table, { pk: 'head', sk: 'head' })
      signed = { size: row ? LogHead.parse(row).signedSize : 0, at: performance.now() }
      return signed.size
    },

    /**
     * Entries that an officer may see, newest first: those under the agreements of their institution, and all that their own
     * institution did, so that what is missing says nothing of what exists. Each source is an index read in order, so the merge of their heads is in order too.
     *
     * @param before entry id where the last page ended, exclusive
     */
    query: async (
      viewer: { institution: InstitutionCode; agreements: AgreementId[] },
      filter: LogFilter,
      limit: number,
      before = 'g',
    ): Promise<{ entries: AccessLogEntry[]; next?: string }> => {
      const under = (row: Row) => viewer.agreements.some(agreement => agreement === row.agreementId)
      const own = (row: Row) => row.institution === viewer.institution
      const sources = filter.referralId
        ? [
            read(
              'by-referral',
              filter.referralId,
              filter,
              before,
              limit + 1,
              row => under(row) || own(row),
            ),
          ]
        : [
            ...viewer.agreements.map(agreement =>
              read('by-agreement', agreement, filter, before, limit + 1, () => true),
            ),
            ...(filter.institution === undefined || filter.institution === viewer.institution
              ? [read('by-institution', viewer.institution, filter, before, limit + 1, () => true)]
              : []),
          ]
      const rows = (await Promise.all(sources)).flat().map(row => LogRow.parse(row))
      // While an entry is being sequenced an index may briefly show it in both its places.
      const unique = new Map(rows.map(row => [row.id, row]))
      const sorted = [...unique.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
      const entries = sorted.slice(0, limit).map(row => {
        const entry: unknown = {
          ...(row.index === undefined ? {} : { index: row.index }),
          ...(JSON.parse(row.leaf) as object),
        }
        AccessLogEntry.parse(entry)
        return entry as AccessLogEntry
      })
      const last = entries.at(-1)
      return sorted.length > limit && last ? { entries, next: last.id } : { entries }
    },
  }
}
