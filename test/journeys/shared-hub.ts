// One hub for all test files of a worker that need none of their own, started with the first of them. Its functions are
// warm then, which is most of what a test file costs. Who needs a log, a clock, an inbox or faults to itself takes
// `ownHub`.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListQueuesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type Hub, startHub } from '../../infra/local/hub.ts'
import { unlimited } from '../unlimited.ts'
import { everyFunction } from '../every-function.ts'
import type { HubPlace } from './callers.ts'

type Shared = HubPlace & { hub: Hub }

const start = async (): Promise<Shared> => {
  // Where the run's bundles are: what is in there goes with them, when all workers have ended.
  const data = mkdtempSync(join(process.env['HUB_BUILT'] || tmpdir(), 'shared-'))
  const now = new Date('2026-11-21T12:00:00.000Z')
  const hub = await startHub({
    warm: everyFunction,
    port: 0,
    data,
    now,
    rate: unlimited,
    schedules: false,
    log: () => {},
  })
  return { url: hub.url, data, aheadMs: hub.aheadMs, hub }
}

/** What an earlier file left in the inboxes, taken or not, is no message of the next. */
const emptyInboxes = async ({ hub }: Shared): Promise<void> => {
  const sqs = new SQSClient(hub.aws)
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand())
  for (const QueueUrl of QueueUrls) await sqs.send(new PurgeQueueCommand({ QueueUrl }))
  sqs.destroy()
}

let shared: Promise<Shared> | undefined

/**
 * The worker's hub, its inboxes empty. Its log and its lists have what earlier files did: a test says what it looks
 * for. Keys are those of hub.json and no others: who revokes one takes `ownHub`. Call it while the file is read.
 */
export const sharedHub = async (): Promise<Shared> => {
  shared ??= start()
  const place = await shared
  await emptyInboxes(place)
  return place
}
