// Faults that AWS has and one machine has not, by seed: the same seed and the same calls meet the same ones. None of
// them is a fault of the hub's: each may happen to any function on any day, and must change nothing in the end.
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type AwsAnswer, AwsError, errorAnswerOf } from './aws-error.ts'
import type { Around, AwsCall } from './aws-endpoint.ts'

/** Numbers from 0 to 1 (mulberry32): one series for each seed. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** How often, of all calls or runs that it can befall. */
const rates = {
  /** A write meets another at its row. */
  conflict: 0.04,
  /** A service is asked for too much. */
  throttled: 0.03,
  /** A call takes effect, and its answer is an error. */
  answerLost: 0.02,
  /** A function has lost its instance. */
  cold: 0.05,
  /** A schedule fires twice. */
  doubled: 0.5,
}

/**
 * How often one call may be met in a row: functions try each three times or more (functions/aws). A service that does
 * not answer for longer is an outage, and is no matter of chance (test/faults).
 */
const mostInARow = 2

/** How long an index may be behind its table, at most. */
const indexDelayMs = 300

type Key = { pk?: { S: string }; sk?: { S: string }; n?: { N: string } }
type Body = {
  TableName?: string
  IndexName?: string
  Key?: Key
  Item?: Key
  TransactItems?: Record<string, { TableName: string; Key?: Key; Item?: Key }>[]
}

const written = /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems)$/

/** As each service says that it is asked for too much; DynamoDB of a transaction as one of its reasons. */
export const throttled = (call: AwsCall): AwsAnswer => {
  if (call.operation === 'TransactWriteItems')
    return cancelled(call, 'ProvisionedThroughputExceeded')
  const code = {
    dynamodb: 'ProvisionedThroughputExceededException',
    kms: 'ThrottlingException',
    sqs: 'RequestThrottled',
  }[call.service]
  return errorAnswerOf(call.service, new AwsError(code, 'asked for too much'))
}

/** Somebody else is writing a row. */
export const conflict = (call: AwsCall): AwsAnswer =>
  call.operation === 'TransactWriteItems'
    ? cancelled(call, 'TransactionConflict')
    : errorAnswerOf('dynamodb', new AwsError('TransactionConflictException', 'a conflict'))

const cancelled = ({ body }: AwsCall, code: string): AwsAnswer => {
  const { TransactItems = [] } = JSON.parse(body.toString()) as Body
  const CancellationReasons = TransactItems.map((_, i) => ({ Code: i === 0 ? code : 'None' }))
  return {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: `Transaction cancelled [${code}]`,
      CancellationReasons,
    }),
  }
}

/** It may have taken effect or not: nobody can tell. */
export const failed = ({ service }: AwsCall): AwsAnswer =>
  errorAnswerOf(service, new AwsError('InternalServerError', 'no answer', 500))

const nameOfCall = ({ caller, operation, body }: AwsCall): string =>
  createHash('sha256').update(`${caller} ${operation} `).update(body).digest('base64')

const nameOf = (table: string, { pk, sk, n }: Key): string =>
  `${table} ${pk?.S} ${sk?.S ?? n?.N ?? ''}`

/** Rows that a call writes, as far as an index has them. */
const rowsIn = ({ TableName = '', Key, Item, TransactItems = [] }: Body): string[] => [
  ...[Key, Item].flatMap(key => (key ? [nameOf(TableName, key)] : [])),
  ...TransactItems.flatMap(Object.values).map(one =>
    nameOf(one.TableName, one.Key ?? one.Item ?? {}),
  ),
]

/** An index does not show rows before their time: they are in it a moment after their write. */
const indexes = (random: () => number) => {
  const from = new Map<string, number>()
  return {
    wrote: (body: Body): void => {
      for (const row of rowsIn(body)) from.set(row, performance.now() + random() * indexDelayMs)
    },
    /** Waits until every index has all that was written before. */
    caughtUp: async (): Promise<void> => {
      const last = Math.max(0, ...from.values())
      while (performance.now() < last) await wait(last - performance.now())
    },
    shown: (table: string, answer: AwsAnswer): AwsAnswer => {
      if (answer.status !== 200) return answer
      const found = JSON.parse(answer.body.toString()) as { Items?: Key[]; Count?: number }
      const Items = (found.Items ?? []).filter(item => {
        const name = nameOf(table, item)
        const at = from.get(name)
        if (at !== undefined && at <= performance.now()) from.delete(name)
        return at === undefined || at <= performance.now()
      })
      const { headers } = answer
      const { 'x-amz-crc32': _, ...rest } = headers
      return {
        ...answer,
        headers: rest,
        body: JSON.stringify({ ...found, Items, Count: Items.length }),
      }
    },
  }
}

export type Faults = ReturnType<typeof faultsBySeed>

export const faultsBySeed = (seed: number) => {
  const random = seeded(seed)
  const happens = (what: keyof typeof rates): boolean => random() < rates[what]
  const index = indexes(random)

  /** Of calls whose last try was met, how many tries were. */
  const inARow = new Map<string, number>()

  const drawn = ({ service, operation }: AwsCall) => {
    if (happens('throttled')) return 'throttled'
    const writes = service !== 'dynamodb' || written.test(operation)
    if (service === 'dynamodb' && writes && happens('conflict')) return 'conflict'
    return writes && happens('answerLost') ? 'answerLost' : undefined
  }

  const around: Around = async (call, pass) => {
    const { service, operation, body } = call
    if (call.caller.startsWith('admin')) return pass(body)
    const name = nameOfCall(call)
    const before = inARow.get(name) ?? 0
    const fault = before < mostInARow ? drawn(call) : undefined
    if (fault) inARow.set(name, before + 1)
    else inARow.delete(name)
    if (fault === 'throttled') return throttled(call)
    if (fault === 'conflict') return conflict(call)
    const answer = await pass(body)
    if (service === 'dynamodb' && answer.status === 200) {
      const parsed = JSON.parse(body.toString()) as Body
      if (written.test(operation)) index.wrote(parsed)
      else if (parsed.IndexName !== undefined && parsed.TableName !== undefined)
        return index.shown(parsed.TableName, answer)
    }
    return fault === 'answerLost' ? failed(call) : answer
  }

  return {
    around,
    indexed: index.caughtUp,
    /** Whether a function has no instance left for its next call. */
    isCold: (): boolean => happens('cold'),
    /** Whether a schedule fires twice, the second while the first is at it. */
    isDoubled: (): boolean => happens('doubled'),
  }
}
