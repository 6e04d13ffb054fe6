// @ts-check
// One function's thread: its own environment, its own modules, its own clock. Started by workers.ts; nothing of the hub
// is loaded here. JavaScript, because Node would load its TypeScript compiler into every thread: 10 MiB and 30 ms.
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import { shiftDate } from './shifted-date.mjs'

/** @import { Context } from 'aws-lambda' */
/** @import { Invocation, Outcome, WorkerData } from './workers.ts' */

const port = parentPort
if (!port) throw new Error('worker.mjs runs as a worker thread')
// Node has read it by now, and it is no part of a function's environment.
delete process.env['NODE_COMPILE_CACHE']
const { entry, clockOffsetMs, functionName, arn, memoryMb } = /** @type {WorkerData} */ (workerData)
// Before the handler's modules are loaded: some of them may keep what they find.
if (clockOffsetMs !== 0) shiftDate(clockOffsetMs)

/** @type {(invocation: Invocation) => Context} */
const contextOf = ({ requestId, endsAt }) => {
  // Counted from the call, not from here: a thread that is just starting has less time left, as its caller has.
  const end = endsAt - performance.timeOrigin
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}

/** @type {{ handler: (event: unknown, context: Context) => unknown }} */
const { handler } = await import(entry)

/** @type {(invocation: Invocation) => Promise<Outcome>} */
const run = async invocation => {
  const { id, event } = invocation
  try {
    // What a function returns leaves Lambda as JSON.
    return { id, result: JSON.stringify(await handler(event, contextOf(invocation))) }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** Ends this thread once its outputs have been taken: what it wrote for the log is not lost. */
const leave = () => {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}

port.on('message', (/** @type {Invocation | 'leave'} */ message) => {
  if (message === 'leave') leave()
  else void run(message).then(outcome => port.postMessage(outcome))
})
