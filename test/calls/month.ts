// What a hub costs in a month: counted calls and units (exchange.ts, poll.ts) by list prices (prices.ts), and what
// nobody can count here as an assumption that has a name. Pure.
import { hubFunctions } from '../../infra/functions.ts'
import type { Counted } from './counter.ts'
import { type Exchange, type Request, lifecycleOf } from './exchange.ts'
import type { Idle } from './poll.ts'
import { prices } from './prices.ts'

/** Not counted but taken to be so. Times are of functions as AWS bills them, cold starts spread over all. */
const assumed = {
  secondsOfRequest: 0.03,
  secondsOfTrip: 0.006,
  secondsOfSchedule: 0.3,
  lookupsOfPersonADay: 50,
  /** Rows of a referral that is over, its events, answers and entries, with their indexes. */
  kibOfReferral: 40,
  logBytesOfRequest: 1200,
} as const

/** A month's use. `everySeconds`: how often each institution asks; `waitSeconds`: how long such a request waits. */
export type Load = {
  readonly people: number
  readonly institutions: number
  readonly referrals: number
  readonly polls: { readonly everySeconds: number; readonly waitSeconds: number }
}

const days = 30
const seconds = days * 86_400
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const memoryGb = (name: string): number =>
  (hubFunctions.find(row => row.name === name)?.memoryMb ?? 512) / 1024

/** US$ of calls, by what is paid. */
const paid = (calls: readonly Counted[]) => ({
  units: sum(
    calls.map(
      ({ units }) =>
        (units.transactional + units.index + units.write) * prices.writeUnit +
        units.read * prices.readUnit,
    ),
  ),
  keys: sum(
    calls.map(({ what }) =>
      what === 'Sign'
        ? prices.signature
        : ['Decrypt', 'GenerateDataKey', 'GenerateMac'].includes(what)
          ? prices.symmetricOrHmac
          : 0,
    ),
  ),
  queues: prices.queueRequest * calls.filter(({ what }) => what.includes('.fifo')).length,
})

const callsOf = (requests: readonly Request[]) => requests.flatMap(({ calls }) => calls)

/** Seconds of a function that makes so many round trips one after the other. */
const lasting = (trips: number) => assumed.secondsOfRequest + trips * assumed.secondsOfTrip
const running = (time: number, gb: number) => time * gb * prices.gbSecond

/** A request in front of the functions. */
const asked = prices.apiRequest + prices.functionRequest

/** US$ of one poll without messages: its request, its units with those of its entry's place, and the wait. */
const pollPrice = ({ asks, waits, places, many }: Idle, waitSeconds: number): number => {
  const { units, keys, queues } = paid(waitSeconds === 0 ? asks : waits)
  const time = lasting(waitSeconds === 0 ? 3 : 5) + waitSeconds
  return (
    asked +
    units +
    keys +
    queues +
    paid(places).units / many +
    running(time, memoryGb('pull-inbox'))
  )
}

/** US$ a month of so many institutions that ask and get nothing. */
export const pollsPrice = (
  idle: Idle,
  { institutions, polls }: Pick<Load, 'institutions' | 'polls'>,
): number => ((institutions * seconds) / polls.everySeconds) * pollPrice(idle, polls.waitSeconds)

/** US$ a month, line by line. */
export const monthOf = (
  exchange: Exchange,
  idle: Idle,
  load: Load,
): readonly (readonly [line: string, price: number])[] => {
  const requests = lifecycleOf(exchange)
  const { units, keys, queues } = paid(callsOf(requests))
  const trips = sum(requests.map(({ hops }) => hops))
  const time = requests.length * assumed.secondsOfRequest + trips * assumed.secondsOfTrip
  const runs =
    (seconds / 60) * hubFunctions.filter(({ trigger }) => 'everyMinutes' in trigger).length
  const alarms = 3 * hubFunctions.length + 2 * load.institutions + 15
  // DynamoDB asks for a table's key again every five minutes for each role, SQS for each queue: at most.
  const renewals = seconds / 300
  const atRest = renewals * (5 * hubFunctions.length + load.institutions * 3)
  const of = (price: number) => load.referrals * price
  return [
    ['referrals: units of DynamoDB', of(units)],
    ['referrals: KMS', of(keys)],
    ['referrals: SQS', of(queues)],
    ['referrals: API Gateway', of(requests.length * prices.apiRequest)],
    ['referrals: Lambda', of(requests.length * prices.functionRequest + running(time, 0.5))],
    [
      'referrals: operational logs',
      of((requests.length * assumed.logBytesOfRequest * prices.logGb) / 1e9),
    ],
    [
      'referrals: kept for a month, with backups',
      of((assumed.kibOfReferral / 1024 ** 2) * (prices.tableGb + prices.backupGb)),
    ],
    ['institutions that ask and get nothing', pollsPrice(idle, load)],
    [
      'people who look things up',
      load.people *
        assumed.lookupsOfPersonADay *
        days *
        (asked + paid(idle.asks).units + running(lasting(2), 0.5)),
    ],
    ['schedules', runs * (prices.functionRequest + running(assumed.secondsOfSchedule, 0.5))],
    ['a signed checkpoint each minute', (seconds / 60) * prices.signature],
    ['KMS at rest, at most', atRest * prices.symmetricOrHmac],
    ['five keys', 5 * prices.key],
    ['alarms and the dashboard', alarms * prices.alarm + prices.dashboard],
  ]
}

export const total = (lines: readonly (readonly [string, number])[]): number =>
  sum(lines.map(([, price]) => price))
