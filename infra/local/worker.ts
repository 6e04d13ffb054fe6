// One function's thread: its own environment, its own modules, its own clock. Started by workers.ts; nothing of the hub
// is loaded here.
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import type { Context } from 'aws-lambda'

export type WorkerData = {
  entry: string
  clockOffsetMs: number
  functionName: string
  arn: string
  memoryMb: number
}
/** `endsAt`: when it runs out of time, in milliseconds since 1970 by the monotonic clock that all threads share. */
export type Invocation = { id: number; event: unknown; requestId: string; endsAt: number }
export type Outcome = { id: number; result: string | undefined } | { id: number; error: string }

/** Sets this thread's clock `offsetMs` ahead. Times that are given, not asked for, stay as they are. */
const shiftClock = (offsetMs: number): void => {
  const RealDate = Date
  const now = () => RealDate.now() + offsetMs
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget) as Date,
    get: (target, name, receiver) =>
      name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
  })
  RealDate.prototype.constructor = globalThis.Date
}

const port = parentPort
if (!port) throw new Error('worker.ts runs as a worker thread')
// Node has read it by now, and it is no part of a function's environment.
delete process.env['NODE_COMPILE_CACHE']
const { entry, clockOffsetMs, functionName, arn, memoryMb } = workerData as WorkerData
// Before the handler's modules are loaded: some of them may keep what they find.
if (clockOffsetMs !== 0) shiftClock(clockOffsetMs)

const contextOf = ({ requestId, endsAt }: Invocation): Context => {
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

type Handler = (event: unknown, context: Context) => unknown
const { handler } = (await import(entry)) as { handler: Handler }

const run = async (invocation: Invocation): Promise<Outcome> => {
  const { id, event } = invocation
  try {
    // What a function returns leaves Lambda as JSON.
    return { id, result: JSON.stringify(await handler(event, contextOf(invocation))) }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

port.on('message', (invocation: Invocation) => {
  void run(invocation).then(outcome => port.postMessage(outcome))
})
