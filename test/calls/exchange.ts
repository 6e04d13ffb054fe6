// What the exchange calls at AWS, counted: a fresh local hub whose functions have run once before, one caller at a
// time, nothing by the clock.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startHub } from '../../infra/local/hub.ts'
import type { StatusCommand } from '../../schemas/referral.ts'
import { systemsOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { everyFunction } from '../every-function.ts'
import { type Counted, countingEndpoint } from './counter.ts'
import { hopsOf } from './hops.ts'

/** So long is each call held up, that calls made side by side are seen to be; longer where ten are made at once. */
const delayMs = 25
const delayOfTenMs = 100

/**
 * Every request that is counted writes its bucket once, at any pace: at less than twenty a second a function takes its
 * tokens one by one, and a bucket is full again before the next request comes, held up as its calls are.
 */
const rate = { perSecond: 19, burst: 1000 }

/** Statuses of a lifecycle, after `received`. */
const statuses = [
  { status: 'accepted' },
  { status: 'in-progress' },
  { status: 'on-hold', reason: 'unreachable' },
  { status: 'in-progress' },
  { status: 'completed' },
] as const satisfies StatusCommand[]

export const operations = [
  'submit',
  'pullOne',
  'pullTen',
  'ackOne',
  'ackTen',
  'status',
  'release',
] as const
export type Operation = (typeof operations)[number]
/** One request: its calls, and how many of them, without the bucket's, came one after the other. */
export type Request = { calls: Counted[]; hops: number }
/** Requests of each operation: five of `status`, one of the others. */
export type Exchange = Record<Operation, Request[]>

/** A lifecycle: submit, pull, ack, and the five statuses after it. */
export const lifecycleOf = ({ submit, pullOne, ackOne, status }: Exchange): Request[] => [
  ...submit,
  ...pullOne,
  ...ackOne,
  ...status,
]

export const withoutBucket = (calls: Counted[]): Counted[] => calls.filter(({ bucket }) => !bucket)

const requestOf = (calls: Counted[]): Request => ({ calls, hops: hopsOf(withoutBucket(calls)) })

/**
 * The last round, with the fewest hops of all rounds: a machine that is busy can make parallel calls look sequential,
 * never the other way round.
 */
const lastOf = (rounds: Exchange[]): Exchange => {
  const of = (operation: Operation): Request[] => {
    const all = rounds.map(round => round[operation])
    return (all.at(-1) ?? []).map(({ calls }, i) => ({
      calls,
      hops: Math.min(...all.map(requests => requests[i]?.hops ?? Infinity)),
    }))
  }
  return Object.fromEntries(operations.map(operation => [operation, of(operation)])) as Exchange
}

/** Runs the exchange `rounds` times, after once that does not count. `tell` hears how far it is. */
export const countExchange = async (
  tell: (line: string) => void = () => {},
  rounds = 2,
): Promise<Exchange> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-calls-'))
  const now = new Date('2026-11-21T12:00:00.000Z')
  const counter = countingEndpoint()
  tell('starting a hub')
  const hub = await startHub({
    warm: everyFunction,
    port: 0,
    data,
    now,
    rate,
    log: () => {},
    around: counter.around,
    schedules: false,
  })
  try {
    const place = { url: hub.url, data, aheadMs: hub.aheadMs }
    const { igm, ala } = await systemsOf(place)

    let counting = false
    const lastAsked = new Map<string, number>()
    // A function may know the log's size for a second, and not ask for it. Here each asks.
    const counted = async <T>(
      door: 'submit' | 'pull' | 'ack' | 'status' | 'release',
      thing: () => Promise<T>,
      heldMs = delayMs,
    ): Promise<[answer: T, request: Request]> => {
      if (counting) await wait(Math.max(0, (lastAsked.get(door) ?? 0) + 1001 - performance.now()))
      const [answer, calls] = counting
        ? await counter.during(heldMs, thing)
        : [await thing(), [] as Counted[]]
      lastAsked.set(door, performance.now())
      return [answer, requestOf(calls)]
    }
    const held = (count: number) => (count === 1 ? delayMs : delayOfTenMs)
    const submit = (n: number) => counted('submit', () => igm.submitReferral(submissionOf(n)))
    /** Pulls what was just submitted: `count` messages, or it is not what was to be counted. */
    const pull = async (count: number) => {
      const [{ body }, request] = await counted('pull', () => ala.pull({ max: count }), held(count))
      const opened = body.messages.filter(({ payload }) => payload !== undefined)
      if (opened.length !== count) throw new Error(`${opened.length} of ${count} messages came`)
      return { handles: body.messages.map(({ handle }) => handle), request }
    }
    const ack = async (handles: string[]) =>
      (await counted('ack', () => ala.ack(handles), held(handles.length)))[1]
    // The same for each referral: read once, before anything counts, for a read is no part of a lifecycle, and would
    // leave it an entry more to place.
    let acknowledged: string | undefined
    const changes = async (referralId: string) => {
      let etag = (acknowledged ??=
        (await ala.getReferral(referralId)).headers.get('etag') ?? undefined) as string
      const all: Request[] = []
      for (const change of statuses) {
        const [answer, request] = await counted('status', () =>
          ala.changeStatus(referralId, change, etag),
        )
        etag = answer.headers.get('etag') ?? ''
        all.push(request)
      }
      return all
    }
    const lifecycle = async () => {
      const [{ body }, submitted] = await submit(1)
      const pulled = await pull(1)
      const acked = await ack(pulled.handles)
      const status = await changes(body.referralId)
      return { submit: [submitted], pullOne: [pulled.request], ackOne: [acked], status }
    }
    /** So that what comes next places entries of its own alone. */
    const placed = () => hub.invoke('referral-hub-SequenceAccessLog', {})

    const round = async (): Promise<Exchange> => {
      const ten = await Promise.all(
        Array.from({ length: 10 }, (_, i) => igm.submitReferral(submissionOf(i + 2))),
      )
      const pulled = await pull(10)
      const acked = await ack(pulled.handles)
      await placed()
      const [, released] = await counted('release', () =>
        ala.release(ten[0]?.body.referralId ?? '', 'training-referral'),
      )
      // The entries that a lifecycle leaves are placed by the next one's pull: the second is as each of many.
      const counts = counting
      counting = false
      await lifecycle()
      counting = counts
      const second = await lifecycle()
      await placed()
      return { ...second, pullTen: [pulled.request], ackTen: [acked], release: [released] }
    }
    tell('once round, for the functions to start')
    const all: Exchange[] = []
    await round()
    counting = true
    for (let n = 1; n <= rounds; n++) {
      tell(`counting, round ${n} of ${rounds}`)
      all.push(await round())
    }
    return lastOf(all)
  } finally {
    await hub.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
