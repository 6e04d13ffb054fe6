// The figures of a counted exchange: the object that `npm run calls` prints, and the tables that a reviewer reads.
import { table } from '../bench/measure.ts'
import type { Units } from './counter.ts'
import {
  type Exchange,
  type Operation,
  type Request,
  lifecycleOf,
  operations,
  withoutBucket,
} from './exchange.ts'
import { hopOf } from './hops.ts'
import { prices } from './prices.ts'

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
const callsOf = (requests: Request[]) => requests.flatMap(({ calls }) => calls)
const countOf = (requests: Request[]) => withoutBucket(callsOf(requests)).length
const hopsOf = (requests: Request[]) => sum(requests.map(({ hops }) => hops))
const unitsOf = (requests: Request[], name: keyof Units) =>
  sum(callsOf(requests).map(({ units }) => units[name]))

/** US$ by read and write units, those of indexes and buckets with them. */
const priceOf = (requests: Request[]): number =>
  prices.readUnit * unitsOf(requests, 'read') +
  prices.writeUnit *
    sum((['transactional', 'index', 'write'] as const).map(name => unitsOf(requests, name)))

export type Figures = {
  submit: number
  pullOne: number
  pullTen: number
  ackOne: number
  ackTen: number
  status: number
  release: number
  lifecycle: number
  bucket: number
  hops: { submit: number; pull: number; ack: number; status: number }
  units: number
}

/**
 * Calls of each operation, `status` in the mean of five; writes of the rate's bucket are in `bucket` alone, as many as
 * a lifecycle makes at most. `hops`: round trips one after the other. `units`: transactional units of a lifecycle,
 * without indexes.
 */
export const figuresOf = (exchange: Exchange): Figures => {
  const each = (operation: Operation) => countOf(exchange[operation]) / exchange[operation].length
  const lifecycle = lifecycleOf(exchange)
  return {
    submit: each('submit'),
    pullOne: each('pullOne'),
    pullTen: each('pullTen'),
    ackOne: each('ackOne'),
    ackTen: each('ackTen'),
    status: each('status'),
    release: each('release'),
    lifecycle: countOf(lifecycle),
    bucket: callsOf(lifecycle).filter(({ bucket }) => bucket).length,
    hops: {
      submit: hopsOf(exchange.submit),
      pull: hopsOf(exchange.pullOne),
      ack: hopsOf(exchange.ackOne),
      status: hopsOf(exchange.status) / exchange.status.length,
    },
    units: unitsOf(lifecycle, 'transactional'),
  }
}

/** What 1,000 lifecycles cost by read and write units, in US$. */
export const pricePerThousand = (exchange: Exchange): number =>
  priceOf(lifecycleOf(exchange)) * 1000

const row = (name: string, requests: Request[], count: number): (string | number)[] => [
  name,
  countOf(requests) / count,
  hopsOf(requests) / count,
  ...(['transactional', 'index', 'write'] as const).map(each => unitsOf(requests, each) / count),
]

/** Shortened rows differ by some bytes from run to run, and so do these. */
const varying = (requests: Request[], count: number): (string | number)[] => [
  unitsOf(requests, 'read') / count,
  (sum(callsOf(requests).map(({ bytes }) => bytes)) / count / 1024).toFixed(1),
  ((priceOf(requests) / count) * 1000).toFixed(3),
]

/**
 * One line for each operation, `status` in the mean of five. Units: of tables in transactions, of their indexes, of
 * single writes, of reads. KiB: of calls and answers. Calls and hops are without the bucket's, the others with it.
 */
export const summaryOf = (exchange: Exchange): string =>
  table(
    ['', 'calls', 'hops', 'units', 'index', 'single', 'read', 'KiB', 'US$/1,000'],
    rowsOf(exchange).map(([name, requests, count]) => [
      ...row(name, requests, count),
      ...varying(requests, count),
    ]),
  )

/** The columns that are the same in every run. */
export const constantOf = (exchange: Exchange): string =>
  table(
    ['', 'calls', 'hops', 'units', 'index', 'single'],
    rowsOf(exchange).map(each => row(...each)),
  )

/** KiB of calls and answers, by operation. */
export const kibOf = (exchange: Exchange): Record<string, number> =>
  Object.fromEntries(
    rowsOf(exchange).map(([name, requests, count]) => [
      name,
      sum(callsOf(requests).map(({ bytes }) => bytes)) / count / 1024,
    ]),
  )

const rowsOf = (exchange: Exchange): [string, Request[], number][] => [
  ...operations.map((name): [string, Request[], number] => [
    name,
    exchange[name],
    exchange[name].length,
  ]),
  ['lifecycle', lifecycleOf(exchange), 1],
]

/** To which tables and indexes the units go that a lifecycle writes, by request; `statuses` are all five. */
export const writtenOf = (exchange: Exchange): string => {
  const requests = (['submit', 'pullOne', 'ackOne', 'status'] as const).map(name => {
    const calls = callsOf(exchange[name])
    return (to: string) => sum(calls.map(({ written }) => written[to] ?? 0))
  })
  const places = callsOf(lifecycleOf(exchange)).flatMap(({ written }) => Object.keys(written))
  return table(
    ['units written', 'submit', 'pull', 'ack', 'statuses', 'lifecycle'],
    [...new Set(places)].toSorted().map(to => {
      const each = requests.map(unitsTo => unitsTo(to))
      return [to, ...each, sum(each)]
    }),
  )
}

/** What each operation calls, of `status` all five, in the order of their names. */
export const listOf = (exchange: Exchange): string =>
  operations
    .map(operation => {
      const calls = withoutBucket(callsOf(exchange[operation])).map(({ what }) => what)
      const each = [...Map.groupBy(calls.toSorted(), what => what)]
      return [operation, ...each.map(([what, all]) => `  ${all.length} × ${what}`)].join('\n')
    })
    .join('\n')

/** Every call by the round trip that it is made in, of `status` the first. */
export const tripsOf = (exchange: Exchange): string =>
  operations
    .map(operation => {
      const calls = withoutBucket(callsOf(exchange[operation].slice(0, 1)))
      const hops = hopOf(calls)
      const lines = calls.map(({ what }, i) => `  ${String(hops[i]).padStart(2)}  ${what}`)
      return [operation, ...lines.toSorted()].join('\n')
    })
    .join('\n')
