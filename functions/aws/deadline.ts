// Calls to AWS end in time: each try has its own limit, and none is waited for longer than the invocation that makes it
// may take. So a dependency that hangs is answered 503 by us, with an entry, and not cut off by Lambda or API Gateway
// without a word.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { TryLimits } from './request-handler.ts'

/**
 * Of one try, milliseconds. DynamoDB and KMS answer in a few; the rest is for a function that is just starting, or a
 * machine that is busy (sixty pulls at once on one: test/journeys/waiting.whole.test.ts). The deadline below ends all
 * tries in time.
 */
export const tryLimits = {
  connectionTimeout: 3000,
  requestTimeout: 5000,
} satisfies TryLimits

/** Left when the work must be over: to take back what was begun, and to write that it failed. */
const closingMs = 3000
/** Left for the answer itself. */
const answerMs = 1000

type Deadline = { work: number; end: number }
const deadlines = new AsyncLocalStorage<Deadline>()

/** Time that the work may still take, ms; Infinity outside an invocation. */
const leftMs = (): number => {
  const deadline = deadlines.getStore()
  return deadline === undefined ? Infinity : deadline.work - performance.now()
}

/** Runs an invocation that Lambda lets go on for `remainingMs`. */
const invocation = <T>(remainingMs: number, run: () => T): T => {
  const end = performance.now() + remainingMs
  return deadlines.run({ work: end - closingMs, end: end - answerMs }, run)
}

/** Runs what is left to do at the end, also when the time for the work is over. */
export const closing = <T>(run: () => T): T => {
  const deadline = deadlines.getStore()
  return deadline === undefined ? run() : deadlines.run({ ...deadline, work: deadline.end }, run)
}

/** The handler of a Lambda function, each invocation with its deadline. */
export const inTime =
  <E, C extends { getRemainingTimeInMillis: () => number }, T>(
    handler: (event: E, context: C) => T,
  ) =>
  (event: E, context: C): T =>
    invocation(context.getRemainingTimeInMillis(), () => handler(event, context))

class OutOfTime extends Error {
  override readonly name = 'TimeoutError'
}

/** Ends a call, all its tries and the pauses between them, at the deadline of its invocation. */
export const untilDeadline = async <T>(call: () => Promise<T>): Promise<T> => {
  const left = leftMs()
  if (left === Infinity) return call()
  if (left <= 0) throw new OutOfTime('no time is left for this call')
  const over = Promise.withResolvers<never>()
  const timer = setTimeout(() => over.reject(new OutOfTime('the call took too long')), left)
  try {
    return await Promise.race([call(), over.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The limits of a try that is to begin now: those of every try, and the deadline of its invocation. */
export const ofTry = (requestTimeout = tryLimits.requestTimeout): TryLimits => {
  const left = leftMs()
  if (left <= 0) throw new OutOfTime('no time is left for another try')
  return { ...tryLimits, requestTimeout: Math.min(requestTimeout, left) }
}

/**
 * Whole seconds that may be waited, of those `wanted`, if `reserveMs` of the time for the work must be left afterwards.
 */
export const secondsToWait = (wanted: number, reserveMs: number): number =>
  Math.max(0, Math.min(wanted, Math.floor((leftMs() - reserveMs) / 1000)))
