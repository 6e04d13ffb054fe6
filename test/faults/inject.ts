// A hub one of whose functions meets one fault, at one of its calls to AWS. What is no fault goes on as always.
import { createHash } from 'node:crypto'
import type { AwsAnswer } from '../../infra/local/aws-error.ts'
import type { Around, AwsCall } from '../../infra/local/aws-endpoint.ts'
import { conflict, failed, throttled } from '../../infra/local/faults.ts'
import type { Hub } from '../../infra/local/hub.ts'
import type { HubPlace } from '../journeys/callers.ts'
import { ownHub, startOwnHub } from '../journeys/own-hub.ts'
import { unlimited } from '../unlimited.ts'

/** What a call meets; tries of one call are told by their being the same. */
export const modes = [
  /** No try does anything, and all fail. */
  'before',
  /** Every try takes effect, and all answers are errors. */
  'after',
  /** The first try takes effect, its answer is an error; another try is answered. */
  'answer-lost',
  /** The first try is throttled, or meets a conflict. */
  'busy',
  /** The function's instance ends before the call does anything. */
  'killed-before',
  /** The function's instance ends once the call has taken effect. */
  'killed-after',
  /** The call takes effect after the function has run out of time. */
  'late',
] as const
type Mode = (typeof modes)[number]

export type Fault = { mode: Mode; /** From 0, of one invocation. */ call: number }

const busy = (call: AwsCall): AwsAnswer =>
  call.operation === 'TransactWriteItems' ? conflict(call) : throttled(call)

const never = new Promise<AwsAnswer>(() => {})

/**
 * What a function that is to run out of its time has of it: enough for a cold start and what comes before the late call
 * (functions/aws/deadline.ts leaves the last three seconds for the end), so that nobody waits for 55.
 */
const littleMs = 5500

type Watch = {
  role: string
  fault: Fault | undefined
  kill: () => Promise<void>
  /** Calls in their order, each once. */
  seen: Map<string, string>
  hit?: string
  over: PromiseWithResolvers<void>
  /** What is passed on after the function's time. */
  late: Promise<unknown>[]
}

/**
 * Runs `act` while one function meets a fault, in an instance of its own.
 *
 * @returns what `act` came to, the operations that the function called, and the one that met the fault, if any did
 */
type During = <T>(
  name: string,
  fault: Fault | undefined,
  act: () => Promise<T>,
) => Promise<{ answer: T | undefined; calls: string[]; hit: string | undefined }>

export type FaultyHub = HubPlace & { hub: Hub; during: During }

/** `post-referral` as the template calls it. */
const pascal = (name: string): string =>
  name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())

/** For a hub that a test starts itself: `around` goes into its options, `during` is for it once it runs. */
export const injector = (): { around: Around; during: (hub: Hub) => During } => {
  let watch: Watch | undefined

  const meet = async (
    call: AwsCall,
    pass: () => Promise<AwsAnswer>,
    { fault, seen, kill, over, late }: Watch,
  ): Promise<AwsAnswer> => {
    const name = createHash('sha256').update(call.operation).update(call.body).digest('hex')
    const isFirst = !seen.has(name)
    if (isFirst) seen.set(name, call.operation)
    if (!fault || [...seen.keys()].indexOf(name) !== fault.call) return pass()
    if (watch?.over === over) watch.hit = call.operation
    switch (fault.mode) {
      case 'before':
        return failed(call)
      case 'after':
        await pass()
        return failed(call)
      case 'answer-lost':
        return isFirst ? pass().then(() => failed(call)) : pass()
      case 'busy':
        return isFirst ? busy(call) : pass()
      case 'killed-before':
        await kill()
        return never
      case 'killed-after':
        await pass()
        await kill()
        return never
      default: {
        const passed = over.promise.then(pass)
        late.push(passed)
        return passed
      }
    }
  }

  return {
    around: (call, pass) =>
      watch && call.caller === watch.role
        ? meet(call, () => pass(call.body), watch)
        : pass(call.body),
    during: hub => async (name, fault, act) => {
      const of = `referral-hub-${pascal(name)}`
      hub.renew(of)
      if (fault?.mode === 'late') hub.shorten(of, littleMs)
      const now: Watch = {
        role: `${pascal(name)}Role`,
        fault,
        kill: () => hub.kill(of),
        seen: new Map(),
        over: Promise.withResolvers(),
        late: [],
      }
      watch = now
      const answer = await act().catch(() => undefined)
      watch = undefined
      hub.shorten(of, undefined)
      now.over.resolve()
      await Promise.allSettled(now.late)
      return { answer, calls: [...now.seen.values()], hit: now.hit }
    },
  }
}

/** A hub that stops with the file; `startFaultyHub` is one that whoever starts it stops. */
export const faultyHub = async (): Promise<FaultyHub> => {
  const { around, during } = injector()
  const place = await ownHub({ rate: unlimited, around })
  return { ...place, during: during(place.hub) }
}

export const startFaultyHub = async (): Promise<FaultyHub & { end: () => Promise<void> }> => {
  const { around, during } = injector()
  const place = await startOwnHub({ rate: unlimited, around })
  return { ...place, during: during(place.hub) }
}
