// The log says which build of the console is served: when it is another than before, and never else.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, expect, test } from 'vitest'
import { KeptLeaf } from '../../functions/aws/access-log/kept-leaf.ts'
import { enterConsole } from '../../infra/local/console-entry.ts'
import type { Hub } from '../../infra/local/hub.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { Instant } from '../../schemas/ids.ts'
import { everyFunction } from '../every-function.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import type { HubPlace } from './callers.ts'
import { verifiedLog } from './verified-log.ts'
import { faultSeed, startHub } from './test-hub.ts'

const data = temporaryFolder('console-told')
let place: HubPlace & { hub: Hub }
/** On another hour than before, so that what is told later has a later id. */
const start = async (hour: number) => {
  const now = new Date(Date.UTC(2026, 10, 21, hour))
  const hub = await startHub({ warm: everyFunction, data, now, schedules: false })
  place = { hub, url: hub.url, data, aheadMs: hub.aheadMs }
}
afterAll(() => place.hub.stop())

const inLog = async <Answer>(
  use: (dynamodb: DynamoDBClient, table: string) => Promise<Answer>,
): Promise<Answer> => {
  const dynamodb = new DynamoDBClient(place.hub.aws)
  try {
    return await use(dynamodb, place.hub.nameOf('AccessLog'))
  } finally {
    dynamodb.destroy()
  }
}

const told = async (): Promise<AccessLogEntry[]> =>
  inLog(async (dynamodb, TableName) => {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }))
    return Items.map(item => unmarshall(item))
      .flatMap(({ leaf }) =>
        leaf === undefined ? [] : [JSON.parse(KeptLeaf.parse(leaf)) as AccessLogEntry],
      )
      .filter(({ action }) => action === 'hub.console')
  })

const work = () => place.hub.invoke('referral-hub-RunDueWork', {})

/** As a hub of another version would have started on this data. */
const toldByAnother = (manifest: string) =>
  inLog(async (dynamodb, table) => {
    const file = join(data, 'served.json')
    writeFileSync(file, JSON.stringify({ manifest }))
    const at = new Date(Date.now() + place.aheadMs).toISOString() as Instant
    await enterConsole(pathToFileURL(file).href, at, { dynamodb, table })
  })

test('a first start says what is served, and neither the clock nor another start says it again', async () => {
  await start(12)
  const served = await (await fetch(`${place.url}/console/manifest.json`)).bytes()
  const manifest = createHash('sha256').update(served).digest('hex')
  expect(await told()).toMatchObject([
    {
      outcome: 'allowed',
      actor: { institution: 'HUB', role: 'hub' },
      request: { method: 'DEPLOYMENT', path: '/console' },
      console: { manifest },
    },
  ])
  await work()
  await place.hub.stop()
  await start(13)
  await work()
  expect(await told()).toHaveLength(1)
}, 60_000)

test('another build is told by the clock, once, and the log verifies', async () => {
  const [first] = await told()
  await toldByAnother('a'.repeat(64))
  // An instance that has told what it serves does not look again: a deployment brings new ones.
  await work()
  // Under faults another may have come already.
  if (faultSeed === undefined) expect(await told()).toHaveLength(2)
  for (let run = 0; run < 2; run++) {
    place.hub.renew('referral-hub-RunDueWork')
    await work()
  }
  const all = (await told()).toSorted((one, other) => (one.id < other.id ? -1 : 1))
  expect(all.map(({ console: served }) => served?.manifest)).toEqual([
    first?.console?.manifest,
    'a'.repeat(64),
    first?.console?.manifest,
  ])
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
}, 60_000)
