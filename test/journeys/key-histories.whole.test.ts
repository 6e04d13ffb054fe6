// The log has the history of every key: what the deployment enrolled, and what was decided since, each with the key's
// terms. A data folder of a hub whose log did not have them yet heals at its next start.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { KeptLeaf } from '../../functions/aws/access-log/kept-leaf.ts'
import type { Hub } from '../../infra/local/hub.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { everyFunction } from '../every-function.ts'
import { type HubPlace, callerOf, hubFileOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { keyidOf } from './cosigning.ts'
import { type Holder, enrolledHolder, newHolder } from './key-holders.ts'
import { changeKey } from './key-changes.ts'
import { verifiedLog } from './verified-log.ts'
import { startHub } from './test-hub.ts'

const noon = new Date('2026-11-21T12:00:00.000Z')
const folders: string[] = []
let place: HubPlace & { hub: Hub }

const start = async (data: string, now = noon) => {
  const hub = await startHub({ warm: everyFunction, data, now })
  place = { hub, url: hub.url, data, aheadMs: hub.aheadMs }
}
const again = async (now = noon) => {
  await place.hub.stop()
  await start(place.data, now)
}
beforeEach(async () => {
  const data = mkdtempSync(join(tmpdir(), 'hub-histories-'))
  folders.push(data)
  await start(data)
}, 60_000)
afterEach(() => place.hub.stop())
afterAll(() => {
  for (const data of folders) rmSync(data, { recursive: true, force: true })
})

/** Entries of the table, whether they have their place by now or not; `pk` is where they lie. */
const entries = async (): Promise<(AccessLogEntry & { pk: string })[]> => {
  const dynamodb = new DynamoDBClient(place.hub.aws)
  const TableName = place.hub.nameOf('AccessLog')
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }))
  dynamodb.destroy()
  return Items.map(item => unmarshall(item)).flatMap(({ pk, leaf }) =>
    leaf === undefined
      ? []
      : [{ ...(JSON.parse(KeptLeaf.parse(leaf)) as AccessLogEntry), pk: String(pk) }],
  )
}
/** The directory as a hub before 0.2 leaves it: with keys that the log does not know. */
const kept = async (...keys: object[]) => {
  // What the first start entered has its place by then, as it would: both starts are at the same moment here.
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  const dynamodb = new DynamoDBClient(place.hub.aws)
  const TableName = place.hub.nameOf('Directory')
  const validity = { validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2027-06-01T00:00:00.000Z' }
  for (const key of keys) {
    const { keyid, ...row } = { keyid: '', institution: 'IGM', alg: 'ed25519', ...validity, ...key }
    const Item = marshall({ pk: `key#${keyid}`, keyid, ...row })
    await dynamodb.send(new PutItemCommand({ TableName, Item }))
    await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: marshall({ pk: 'institution#IGM' }),
        UpdateExpression: 'ADD keyids :keyid',
        ExpressionAttributeValues: marshall({ ':keyid': new Set([keyid]) }),
      }),
    )
  }
  const Key = marshall({ pk: 'key-histories' })
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }))
  dynamodb.destroy()
}

const row = ({ keyid, publicJwk: jwk }: Holder) => ({ keyid, jwk, roles: ['referrer'] })

const enrolled = async () =>
  (await entries()).filter(
    ({ action, actor }) => action === 'key.enrol' && actor.institution === 'HUB',
  )

test('a first start enters every key that it enrols, with its terms, and a second start none', async () => {
  const { keys } = hubFileOf(place)
  const found = await enrolled()
  expect(new Set(found.map(({ subjectKeyid }) => subjectKeyid))).toEqual(
    new Set(keys.map(({ keyid }) => keyid)),
  )
  expect(found).toHaveLength(keys.length)
  const { keyid, institution, roles } = keys[0] ?? {}
  expect(found.find(entry => entry.subjectKeyid === keyid)).toMatchObject({
    outcome: 'allowed',
    actor: { institution: 'HUB', role: 'hub' },
    request: { method: 'DEPLOYMENT', path: '/enrol' },
    key: {
      institution,
      roles,
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2036-01-01T00:00:00.000Z',
    },
  })
  await again()
  expect(await enrolled()).toHaveLength(found.length)
}, 60_000)

test('keys that a hub before this one enrolled are entered at the next start, once, as they stand', async () => {
  const [bare, ended, waiting] = [newHolder(), newHolder(), newHolder()]
  const by = keyidOf(place, 'igm-liaison')
  const at = '2026-11-20T12:00:00.000Z'
  const end = { revokedAt: at, revocationReason: 'superseded' }
  const [first, last] = [
    { event: 'enrolled', at, by: 'deployment' },
    { event: 'revoked', at, by, ...end },
  ]
  const proposed = { event: 'proposed', at, by }
  await kept(
    // From before proposals: no state, no history.
    row(bare),
    { ...row(ended), state: 'active', history: [first, last], ...end },
    { ...row(waiting), state: 'proposed', proposedBy: by, history: [proposed] },
  )
  await again()

  const found = await enrolled()
  const of = (keyid: string) => found.filter(entry => entry.subjectKeyid === keyid)
  expect(of(bare.keyid)).toMatchObject([{ key: { before: [] } }])
  expect(of(ended.keyid)).toMatchObject([{ key: { ...end, before: [first, last] } }])
  expect(of(waiting.keyid)).toMatchObject([{ key: { proposedBy: by, before: [proposed] } }])
  await again()
  expect(await enrolled()).toHaveLength(found.length)

  // Taken up by the log, the proposal goes on as any other.
  const second = await enrolledHolder(place, 'IGM', ['liaison'])
  const confirmation = { roles: ['referrer'], validUntil: '2027-06-01T00:00:00.000Z' }
  const path = `IGM/keys/${waiting.keyid}/confirmation`
  expect((await changeKey(place, second, path, confirmation)).status).toBe(200)
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
}, 120_000)

test('a hub that is started on an earlier day than its log has come to says so, and its log still verifies', async () => {
  await (await callerOf(place, 'igm-system')).submitReferral(submissionOf(1))
  await again(new Date('2026-11-21T11:00:00.000Z'))
  expect((await entries()).filter(({ action }) => action === 'hub.clock')).toMatchObject([
    { actor: { institution: 'HUB' }, request: { method: 'DEPLOYMENT', path: '/start' } },
  ])
  await (await callerOf(place, 'igm-system')).submitReferral(submissionOf(2))

  expect(await verifiedLog(place)).toMatchObject({ ok: true, warnings: ['clock-set'] })
  await again(noon)
  expect((await entries()).filter(({ action }) => action === 'hub.clock')).toHaveLength(1)
}, 120_000)
