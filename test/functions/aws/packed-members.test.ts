// What a referral's row keeps shortened: it comes back, rows from before are read as they are, and a whole lifecycle
// stays under the kilobyte that a write is counted by.
import { expect, test } from 'vitest'
import {
  type ReferralEnd,
  type Write,
  toItem,
  toRow,
  transact,
} from '../../../functions/aws/dynamodb.ts'
import { getRows } from '../../../functions/aws/read-rows.ts'
import { membersOf, packed, unpacked } from '../../../functions/aws/packed-members.ts'
import type { ReferralRow } from '../../../functions/aws/referral-row.ts'
import { referrals } from '../../../functions/aws/referrals.ts'
import { InstitutionCode, Instant, type ReferralId } from '../../../schemas/ids.ts'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { ownTables } from './own-tables.ts'
import { newReferral } from './rows.ts'

const { dynamodb, tableOf } = await ownTables()
const table = tableOf('Referrals')
const { add, change, find } = referrals({ dynamodb, table })
const found = async (referralId: ReferralId): Promise<ReferralRow> =>
  (await find(referralId)) ?? expect.fail('no row')
const end: ReferralEnd = {
  chain: { n: 1, hash: '0'.repeat(64) },
  sentToReferrer: 0,
  sentToRecipient: 1,
}
/** With what a commit counts (functions/effects/commit.ts). */
const commit = async ({ item, referral, failed }: Write) =>
  transact(dynamodb)([{ item: referral?.item(end) ?? item, failed }])
const at = Instant.parse('2026-11-21T12:00:00.000Z')
const later = Instant.parse('2026-11-22T12:00:00.000Z')
const by = InstitutionCode.parse('ALA')
const keptOf = async (referralId: string) => {
  const [row] = await getRows(dynamodb, [{ table, key: { pk: `referral#${referralId}` } }])
  return row ?? {}
}

test('members come back as they were; of other versions of the words nothing is guessed', () => {
  const row = { ...newReferral(), history: [], later: 1 }
  for (const name of ['submitted', 'course'] as const) {
    const { [name]: _, ...members } = { ...unpacked({ [name]: packed(name, row) }) }
    expect(members).toEqual(
      Object.fromEntries(membersOf(name).map(member => [member, row[member as 'history']])),
    )
    const other = Uint8Array.from(packed(name, row)).with(0, 2)
    expect(() => unpacked({ [name]: other })).toThrow('unknown here')
  }
})

test('a row that is written is read with all its members, and has none of them twice', async () => {
  const row = newReferral()
  await commit(add(row, at))
  const read = await found(row.referralId)
  expect(read).toMatchObject(row)
  const history = [...row.history, { status: 'received' as const, at: later, by }]
  await commit(change(read, { history, openGuards: ['person#x'], status: 'received' }, later))
  expect(await found(row.referralId)).toMatchObject({
    ...row,
    history,
    openGuards: ['person#x'],
    status: 'received',
  })
  const kept = await keptOf(row.referralId)
  for (const name of ['referralId', ...membersOf('submitted'), ...membersOf('course')])
    expect(kept).not.toHaveProperty(name)
})

test('a row from before has them as they are, until it is changed', async () => {
  const { referralId, ...row } = newReferral()
  const members = { ...row, ...end, referralId, pk: `referral#${referralId}`, revision: 1 }
  const Item = toItem({ ...members, updatedAt: at, unknown: 'kept' })
  await dynamodb.send(new PutItemCommand({ TableName: table, Item }))
  const before = await found(referralId)
  expect(before).toMatchObject(row)
  await commit(change(before, { recentReleases: [later] }, later))
  expect(await found(referralId)).toMatchObject({ ...row, recentReleases: [later] })
  const kept = await keptOf(referralId)
  for (const name of membersOf('course')) expect(kept).not.toHaveProperty(name)
  // What it was submitted with is written once; and what this code does not know stays.
  expect(kept).toMatchObject({ folio: row.folio, unknown: 'kept' })
})

/** Bytes of an item, as DynamoDB counts them: names, texts, bytes, and what lists and maps take. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1
  if (value instanceof Uint8Array) return value.length
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + 1 + sizeOf(one), 3)
  return Object.entries(value as object).reduce((sum, [k, v]) => sum + 1 + k.length + sizeOf(v), 3)
}

test('a lifecycle stays well under a kilobyte', async () => {
  const services = ['vocational-profiling', 'enrolment-guidance', 'job-placement-handover'] as const
  const guard = `person#igm-ala-2026#${'x'.repeat(43)}`
  const row = { ...newReferral(), services: [...services], openGuards: [guard] }
  await commit(add({ ...row, due: 'due', dueAt: at }, at))
  const statuses = ['received', 'accepted', 'in-progress', 'on-hold', 'in-progress', 'completed']
  const history = statuses.map((status, n) => {
    const then = Instant.parse(new Date(Date.parse(at) + n ** 3 * 12_345_678).toISOString())
    return { status: status as 'received', at: then, by }
  })
  const read = await found(row.referralId)
  await commit(change(read, { history: [...row.history, ...history], leaseUntil: at }, later))
  expect(sizeOf(toRow(toItem(await keptOf(row.referralId))))).toBeLessThan(900)
})
