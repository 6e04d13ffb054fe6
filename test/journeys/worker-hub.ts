// The hub of a worker of the tests: started with the first file that takes it, gone with the run. Its functions are
// warm then, which is most of what a test file costs. Who gets it, and in which state: shared-hub.ts, empty-hub.ts.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListQueuesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Hub, HubOptions } from '../../infra/local/hub.ts'
import { unlimited } from '../unlimited.ts'
import { startTestHub } from './test-hub.ts'

/** What a file puts between the hub's functions and AWS. */
export type Between = Pick<HubOptions, 'allow' | 'around'>

/** Milliseconds that a function answers for with what it knows of the log's size (access-log/pending.ts). */
const rememberedMs = 1000

const start = async () => {
  // Where the run's bundles are: what is in there goes with them, when all workers have ended.
  const data = mkdtempSync(join(process.env['HUB_BUILT'] || tmpdir(), 'worker-'))
  /** `isItsOwn`: nobody had it who may revoke its keys or end its agreements. */
  const state = { between: {} as Between, lines: [] as string[], isItsOwn: true }
  const calls = { running: 0, ended: 0, wake: () => {} }
  const hub = await startTestHub({
    data,
    rate: unlimited,
    log: line => state.lines.push(line),
    allow: (...asked) => state.between.allow?.(...asked) ?? true,
    around: async (call, pass) => {
      calls.running += 1
      try {
        const { around } = state.between
        return await (around ? around(call, pass) : pass(call.body))
      } finally {
        calls.running -= 1
        calls.ended = performance.now()
        calls.wake()
      }
    },
  })
  return {
    hub,
    state,
    /** Until no function asks AWS for anything any more, and none remembers a size of the log. */
    atRest: async (): Promise<void> => {
      while (calls.running > 0) await new Promise<void>(resolve => (calls.wake = resolve))
      const left = calls.ended + rememberedMs - performance.now()
      if (left > 0) await new Promise(resolve => setTimeout(resolve, left))
    },
  }
}

let started: ReturnType<typeof start> | undefined

/** The worker's hub. */
export const workerHub = (): ReturnType<typeof start> => (started ??= start())

/** What an earlier file left in the inboxes, taken or not, is no message of the next. */
export const emptyInboxes = async ({ aws }: Hub): Promise<void> => {
  const sqs = new SQSClient(aws)
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand())
  for (const QueueUrl of QueueUrls) await sqs.send(new PurgeQueueCommand({ QueueUrl }))
  sqs.destroy()
}
