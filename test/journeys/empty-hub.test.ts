// The worker's hub, emptied, is to a test file as one that was just started: nothing of before is in it.
import { DynamoDBClient, ScanCommand, paginateListTables } from '@aws-sdk/client-dynamodb'
import { afterAll, expect, test } from 'vitest'
import { newKey } from '../../signatures/keys.ts'
import { callerOf, hubFileOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { emptyHub } from './empty-hub.ts'
import { verifiedLog } from './verified-log.ts'

const before = await emptyHub()
const known = hubFileOf(before).keys
const sender = await callerOf(before, 'igm-system')
await sender.submitReferral(submissionOf(1))
await sender.submitReferral(submissionOf(2))
// One of the two is taken, and not acknowledged.
await (await callerOf(before, 'ala-system')).pull({ max: 1, waitSeconds: 1 })
await before.hub.invoke('referral-hub-SequenceAccessLog', {})
expect((await sender.listReferrals({})).body.items).toHaveLength(2)

const hub = await emptyHub()
const dynamodb = new DynamoDBClient(hub.hub.aws)
afterAll(() => dynamodb.destroy())

test('its tables have what a start writes, and no more', async () => {
  const rows: Record<string, number> = {}
  for await (const { TableNames = [] } of paginateListTables({ client: dynamodb }, {}))
    for (const TableName of TableNames) {
      const { Count } = await dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' }))
      if (Count) rows[TableName.replace('referral-hub-', '')] = Count
    }
  expect(Object.keys(rows).toSorted()).toEqual(['AccessLog', 'Directory'])
})

test('nobody has sent anything, or has anything to pull', async () => {
  expect((await (await callerOf(hub, 'igm-system')).listReferrals({})).body.items).toEqual([])
  const ala = await callerOf(hub, 'ala-system')
  expect((await ala.pull({ max: 10, waitSeconds: 0 })).body.messages).toEqual([])
})

test('its callers have new keys, and the old ones are unknown', async () => {
  const now = hubFileOf(hub).keys
  expect(now.map(({ name }) => name)).toEqual(known.map(({ name }) => name))
  const old = new Set(known.map(({ keyid }) => keyid))
  expect(now.filter(({ keyid }) => old.has(keyid))).toEqual([])
  const [{ keyid } = { keyid: '' }] = known
  const { jwk } = await newKey()
  const { status, json } = await raw(hub, { keyid, jwk }, { path: '/v1/me' })
  expect([status, json.code]).toEqual([401, 'key-unknown'])
})

test('its log begins with its keys, and verifies', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
