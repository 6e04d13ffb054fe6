// Lambda's part: a thread for each function, or for each call at a time, started on first use, holding only what the
// template gives that function.
import { randomUUID } from 'node:crypto'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FunctionSpec } from './deployment.ts'
import { linesTo, type Log, type Report } from './log.ts'
import { arnOf, region } from './names.ts'
import { warmth } from './warm.ts'

/** How long a thread that is not needed any more may take to hand over its last lines for the log. */
const leavingMs = 1000

/** What a thread is told at its start. */
export type WorkerData = {
  entry: string
  clockOffsetMs: number
  functionName: string
  arn: string
  memoryMb: number
}
/** `endsAt`: when it runs out of time, in milliseconds since 1970 by the monotonic clock that all threads share. */
export type Invocation = { id: number; event: unknown; requestId: string; endsAt: number }
/** `result`: JSON, or nothing. */
export type Outcome = { id: number; result: string | undefined } | { id: number; error: string }

/** A function took longer than it, or its caller, may. */
export class InvocationTimeout extends Error {
  readonly afterMs: number

  constructor(name: string, afterMs: number) {
    super(`${name} did not answer within ${afterMs} ms`)
    this.afterMs = afterMs
  }
}

/**
 * By default each thread may keep 48 MiB for objects that are young; what a request makes fits in less. Twenty threads
 * are a gigabyte otherwise.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 4 }

type Pending = {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}
type Running = { name: string; worker: Worker; pending: Map<number, Pending>; retired: boolean }

export type WorkersOptions = {
  functions: readonly FunctionSpec[]
  /** What is loaded for an `entry`: a file: URL. */
  moduleOf: (entry: string) => string
  awsEndpoint: string
  sessionToken: string
  clockOffsetMs: number
  log: Log
  report: Report
  /** How many threads may wait for calls. */
  warm?: number | undefined
  /**
   * An instance has one call at a time, as on Lambda, and there are as many as are needed; else all calls share one.
   */
  oneEach?: boolean | undefined
  /** Whether a function has lost its instance just now. */
  isCold?: (() => boolean) | undefined
}

/** Instances of one function at most, where each has one call: a laptop is no region. Then calls share them. */
const mostInstances = 6

const defaultWarm = 8

/**
 * For Node, before a thread runs anything: with what was compiled once a function is there a third sooner, and threads
 * do not take this over from their process. worker.mjs takes it away again.
 */
const nodeEnvironment = (): Record<string, string> => {
  // A folder of this version of Node, within the one that was asked for.
  const cache = getCompileCacheDir()
  return cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) }
}

/** The whole environment of a function's thread: the template's, and what Lambda itself sets. */
const environmentOf = (spec: FunctionSpec, { awsEndpoint, sessionToken }: WorkersOptions) => ({
  ...spec.environment,
  AWS_REGION: region,
  AWS_LAMBDA_FUNCTION_NAME: spec.name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
  // The role is who the thread is to the local AWS endpoint; the session token proves that the hub said so.
  AWS_ACCESS_KEY_ID: spec.role,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: sessionToken,
  AWS_ENDPOINT_URL_DYNAMODB: awsEndpoint,
  AWS_ENDPOINT_URL_SQS: awsEndpoint,
  AWS_ENDPOINT_URL_KMS: awsEndpoint,
})

/**
 * `invoke` runs a function with `event` and gives its result, parsed from JSON. Rejects when it throws, crashes or
 * takes too long.
 */
export const startWorkers = (options: WorkersOptions) => {
  const { log, report } = options
  const specs = new Map(options.functions.map(spec => [spec.name, spec]))
  const all = new Set<Running>()
  /** Those that take new calls. */
  const current = (): Running[] => [...all].filter(({ retired }) => !retired)
  const instancesOf = (name: string): Running[] => current().filter(one => one.name === name)
  const warm = warmth(options.warm ?? defaultWarm)
  /** The time of functions that have less of it than the template gives them. */
  const shortened = new Map<string, number>()
  let newest = ''
  let lastId = 0

  const start = (spec: FunctionSpec): Running => {
    const data: WorkerData = {
      entry: options.moduleOf(spec.entry),
      clockOffsetMs: options.clockOffsetMs,
      functionName: spec.name,
      arn: arnOf('lambda', `function:${spec.name}`),
      memoryMb: spec.memoryMb,
    }
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      name: spec.name,
      workerData: data,
      env: { ...environmentOf(spec, options), ...nodeEnvironment() },
      execArgv: [],
      resourceLimits,
      stdout: true,
      stderr: true,
    })
    const running: Running = { name: spec.name, worker, pending: new Map(), retired: false }
    all.add(running)
    newest = spec.name
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', linesTo(log))
    worker.on('message', (outcome: Outcome) => {
      if ('error' in outcome) settle(running, outcome.id)?.reject(new Error(outcome.error))
      else {
        const { result } = outcome
        settle(running, outcome.id)?.resolve(result === undefined ? undefined : JSON.parse(result))
      }
    })
    worker.on('error', error => {
      report('error', 'crash', { function: spec.name, error: String(error) })
    })
    worker.on('exit', () => {
      all.delete(running)
      running.retired = true
      for (const id of running.pending.keys())
        settle(running, id)?.reject(new Error(`${spec.name} crashed`))
    })
    return running
  }

  const settle = (running: Running, id: number): Pending | undefined => {
    const pending = running.pending.get(id)
    if (!pending) return undefined
    clearTimeout(pending.timer)
    running.pending.delete(id)
    if (running.pending.size === 0) idle(running)
    return pending
  }

  // Lambda ends the environment of a function that ran out of time. Here others may be at work in it: it takes no new
  // ones, and ends after them.
  const retire = (running: Running) => {
    running.retired = true
  }

  const end = ({ worker }: Running): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage('leave')
    const late = setTimeout(() => void worker.terminate(), leavingMs)
    worker.once('exit', () => clearTimeout(late))
  }

  /** The thread has nothing to do: it, or a colder one, may not be needed any more. */
  const idle = (running: Running): void => {
    if (running.retired) return end(running)
    const there = current()
    const waiting = there.flatMap(({ name, pending }) => (pending.size === 0 ? name : []))
    const cold = warm.coldest(waiting, { running: there.length, newest }, performance.now())
    const left = instancesOf(cold ?? '').find(({ pending }) => pending.size === 0)
    if (left) leave(left)
  }

  const leave = (running: Running): void => {
    retire(running)
    if (running.pending.size === 0) end(running)
  }

  /** The next call of a function starts a new thread; the one there was ends after the calls that it has. */
  const renew = (name: string): void => {
    for (const running of instancesOf(name)) leave(running)
  }

  /** The instance that takes the next call of a function: one that has nothing to do, where each has one call. */
  const instanceFor = (spec: FunctionSpec): Running => {
    if (options.isCold?.()) renew(spec.name)
    const there = instancesOf(spec.name)
    const [idlest] = there.toSorted((a, b) => a.pending.size - b.pending.size)
    const isFree = idlest && (!options.oneEach || idlest.pending.size === 0)
    return isFree || there.length === mostInstances ? (idlest as Running) : start(spec)
  }

  return {
    invoke: (name: string, event: unknown, patienceMs = Infinity): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const spec = specs.get(name)
        if (!spec) throw new Error(`there is no function ${name}`)
        const at = instanceFor(spec)
        warm.called(name, performance.now())
        const id = ++lastId
        const own = shortened.get(name) ?? spec.timeoutSeconds * 1000
        const timeoutMs = Math.min(own, patienceMs)
        const timer = setTimeout(() => {
          retire(at)
          settle(at, id)?.reject(new InvocationTimeout(name, timeoutMs))
        }, timeoutMs)
        at.pending.set(id, { resolve, reject, timer })
        const endsAt = performance.timeOrigin + performance.now() + timeoutMs
        const invocation: Invocation = { id, event, requestId: randomUUID(), endsAt }
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        at.worker.postMessage(invocation)
      }),
    renew,
    /** Gives the next calls of a function so much time; undefined gives them the template’s again. */
    shorten: (name: string, timeoutMs: number | undefined): void => {
      if (timeoutMs === undefined) shortened.delete(name)
      else shortened.set(name, timeoutMs)
    },
    /** Ends a function's instances there and then, whatever they are at: their calls are answered as after a crash. */
    kill: async (name: string): Promise<void> => {
      await Promise.all(instancesOf(name).map(({ worker }) => worker.terminate()))
    },
    stop: async (): Promise<void> => {
      await Promise.all([...all].map(({ worker }) => worker.terminate()))
    },
  }
}
export type Workers = ReturnType<typeof startWorkers>
