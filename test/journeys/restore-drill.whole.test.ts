// The restore drill (docs/operations.md#restoring): point-in-time recovery makes another table, and the hub is pointed
// at it. Content that was destroyed since stays destroyed, the ledger has what was lost of the rows done again, the log
// goes on from where it is, and what the hub keeps does not contradict itself.
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, expect, test } from 'vitest'
import { check } from '../../fsck/check.ts'
import { snapshotIn } from '../../fsck/data-folder.ts'
import { canonical } from '../../fsck/snapshot.ts'
import { toRow } from '../../functions/aws/dynamodb.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { everyFunction } from '../every-function.ts'
import { type HubPlace, callerOf, hubNow } from './callers.ts'
import { raw } from './signed-requests.ts'
import { rowsOf } from './drill.ts'
import { ownHub } from './own-hub.ts'
import { stagesOf, withdraw } from './stages.ts'
import { startHub } from './test-hub.ts'

const first = await ownHub({ contradicts: true })
let { hub } = first
let place: HubPlace = first
afterAll(() => hub.stop())
/** What goes back to one instant together: what is owed and what is counted follow from the referrals’ rows. */
const together = ['Referrals', 'Outbox', 'Progress'] as const
const called = (table: (typeof together)[number]) => `referral-hub-${table}-restored`

const given = await stagesOf(first)
const kept = await given.acknowledged(1)
const withdrawn = await given.acknowledged(2)
const placed = () => hub.invoke('referral-hub-SequenceAccessLog', {})
/** Size and root of the log as it is signed. */
const checkpoint = async (): Promise<[size: number, root: string]> => {
  const { text } = await raw(place, 'igm-compliance', { path: '/v1/access-log/checkpoint' })
  const [, size, root = ''] = text.split('\n')
  return [Number(size), root]
}

// The instant that is restored; a moment later consent is withdrawn, and the content destroyed.
const rowsThen = await Promise.all(together.map(table => rowsOf(hub, table)))
await withdraw(first, given.igm, withdrawn.consentId)
await placed()
const signedBefore = await checkpoint()

/** Another table with these rows, with the same keys and indexes, as RestoreTableToPointInTime makes it. */
const restore = async (
  table: (typeof together)[number],
  rows: Awaited<ReturnType<typeof rowsOf>>,
): Promise<void> => {
  const dynamodb = new DynamoDBClient(hub.aws)
  const TableName = hub.nameOf(table)
  const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName }))
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes: indexes } = Table
  await dynamodb.send(
    new CreateTableCommand({
      TableName: called(table),
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema,
      GlobalSecondaryIndexes: indexes?.map(({ IndexName, KeySchema: keys, Projection }) => ({
        IndexName,
        KeySchema: keys,
        Projection,
      })),
    }),
  )
  for (const Item of rows)
    await dynamodb.send(new PutItemCommand({ TableName: called(table), Item }))
  dynamodb.destroy()
}
for (const [i, table] of together.entries()) await restore(table, rowsThen[i] ?? [])
const rowsOfOld = await rowsOf(hub, 'Referrals')
type Item = (typeof rowsOfOld)[number]
const text = (rows: readonly Item[]) => rows.map(row => canonical(row)).toSorted()
const rowsIn = (table: string) => rowsOf({ ...hub, nameOf: () => table }, table)
const placedRows = (rows: readonly Item[]) =>
  rows.filter(({ pk }) => pk?.S?.startsWith('entry#')).map(row => canonical(row))
const entriesThen = placedRows(await rowsOf(hub, 'AccessLog'))
await hub.stop()
hub = await startHub({
  warm: everyFunction,
  port: 0,
  data: first.data,
  now: hubNow(first),
  schedules: false,
  log: () => {},
  restored: Object.fromEntries(together.map(table => [table, called(table)])),
})
place = { ...first, url: hub.url }

const stateOf = async ({ referralId }: ReferralHeader) =>
  (await (await callerOf(place, 'igm-system')).getReferral(referralId)).body.contentState
const release = ({ referralId }: ReferralHeader) =>
  raw(place, 'ala-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: JSON.stringify({ purpose: 'training-referral' }),
  })

test('the hub reads the restored tables, in which the withdrawal has not happened', async () => {
  expect(await stateOf(withdrawn)).toBe('released')
})

test('what was destroyed stays so, and all else opens', async () => {
  const refused = await release(withdrawn)
  expect([refused.status, refused.json.code]).toEqual([410, 'content-shredded'])
  expect(refused.text).not.toContain('payload')
  const { status, json } = await release(kept)
  expect([status, Object.keys(json['payload'] as object)]).toEqual([
    200,
    expect.arrayContaining(['identity']),
  ])
})

test('the clock’s work does again what the ledger has and the row had lost', async () => {
  await hub.invoke('referral-hub-RunDueWork', {})
  expect(await stateOf(withdrawn)).toBe('shredded')
  const igm = await callerOf(place, 'igm-system')
  const { events } = (await igm.getConsent(withdrawn.consentId)).body
  expect(events.map(({ event }) => event)).toEqual(['granted', 'withdrawn', 'deletion-requested'])
})

test('the log goes on: what has its place stays there, and what comes is behind it', async () => {
  await placed()
  const entries = new Set(placedRows(await rowsOf(hub, 'AccessLog')))
  expect(entriesThen.length).toBeGreaterThan(0)
  expect(entriesThen.filter(entry => !entries.has(entry))).toEqual([])
  expect(entries.size).toBeGreaterThan(entriesThen.length)
  expect((await checkpoint())[0]).toBeGreaterThan(signedBefore[0])
})

test('nothing was written to the table that was left', async () => {
  expect(text(await rowsIn('referral-hub-Referrals'))).toEqual(text(rowsOfOld))
})

test('only of what had changed since is the history cut, and hub fsck names it; all else agrees', async () => {
  const snapshot = snapshotIn(first.data)
  const tables = { ...snapshot.tables }
  for (const table of together) tables[table] = (await rowsIn(called(table))).map(toRow)
  const { violations, referrals } = await check({ ...snapshot, tables })
  expect(referrals).toBe(2)
  // Its chain has two fourth links, and the notice of its end was sent twice under one number.
  expect(violations.map(({ kind }) => kind)).toEqual([
    'log-unverified',
    'chain-broken',
    'queue-stray',
  ])
  for (const violation of violations)
    expect(JSON.stringify(violation)).toContain(withdrawn.referralId)
})
