// The counting endpoint: stands between a hub's functions and the local AWS endpoint, and keeps what was called, when,
// with how many bytes and what DynamoDB says that it consumed.
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { Around, AwsCall } from '../../infra/local/aws-endpoint.ts'
import type { AwsAnswer } from '../../infra/local/aws-error.ts'
import type { Span } from './hops.ts'

/** Capacity units, as DynamoDB counts them: of reads 4 KB, of writes 1 KB, twice as many in a transaction. */
export type Units = {
  /** Of tables, in transactions. Writes all: the hub has no transactional read. */
  transactional: number
  /** Of indexes. They follow their table, outside of its transaction, and cost as much there as elsewhere. */
  index: number
  /** Of tables, single writes. */
  write: number
  read: number
}

export type Counted = Span & {
  /** `TransactWriteItems AccessLog 2, Referrals, Requests`: what was called, and how many rows of which tables. */
  what: string
  /** A write of a key's rate, of which there are none to one a request by its pace. */
  bucket: boolean
  /** Of the call and its answer. */
  bytes: number
  units: Units
  /** Units written of each table and index: `Referrals`, `Referrals/sent`. */
  written: Readonly<Record<string, number>>
}

const Arm = z.object({ CapacityUnits: z.number() })
const Consumed = z.object({
  TableName: z.string(),
  Table: Arm,
  GlobalSecondaryIndexes: z.record(z.string(), Arm).default({}),
})
const Answer = z.object({ ConsumedCapacity: z.union([Consumed, z.array(Consumed)]).optional() })

const Body = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  QueueUrl: z.string().optional(),
  Entries: z.array(z.unknown()).optional(),
  Key: z.object({ pk: z.object({ S: z.string() }).optional() }).optional(),
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.unknown()) })).optional(),
  TransactItems: z.array(z.record(z.string(), z.looseObject({ TableName: z.string() }))).optional(),
})

const consumedBy = ({ body }: AwsAnswer) =>
  [Answer.parse(JSON.parse(body.toString())).ConsumedCapacity ?? []].flat()

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan'])

const unitsOf = (
  operation: string,
  consumed: z.infer<typeof Consumed>[],
): Pick<Counted, 'units' | 'written'> => {
  const table = consumed.reduce((sum, each) => sum + each.Table.CapacityUnits, 0)
  const index = consumed
    .flatMap(each => Object.values(each.GlobalSecondaryIndexes))
    .reduce((sum, each) => sum + each.CapacityUnits, 0)
  const isRead = reads.has(operation)
  const transactional = operation === 'TransactWriteItems'
  const units = {
    transactional: transactional ? table : 0,
    index: isRead ? 0 : index,
    write: isRead || transactional ? 0 : table,
    read: isRead ? table + index : 0,
  }
  const written = consumed.flatMap(({ TableName, Table, GlobalSecondaryIndexes }) => [
    [short(TableName), Table.CapacityUnits],
    ...Object.entries(GlobalSecondaryIndexes).map(([name, { CapacityUnits }]) => [
      `${short(TableName)}/${name}`,
      CapacityUnits,
    ]),
  ])
  return { units, written: isRead ? {} : Object.fromEntries(written) }
}

const short = (name: string) => name.replace(/^referral-hub-/, '')

/** How many rows of which tables a call is about, or which queue. */
const subjectOf = (body: z.infer<typeof Body>): string => {
  if (body.QueueUrl !== undefined)
    return `${body.QueueUrl.slice(body.QueueUrl.lastIndexOf('-') + 1)}${body.Entries ? ` ${body.Entries.length}` : ''}`
  if (body.TableName !== undefined)
    return `${short(body.TableName)}${body.IndexName === undefined ? '' : `/${body.IndexName}`}`
  const written = (body.TransactItems ?? []).flatMap(item =>
    Object.values(item).map(({ TableName }) => TableName),
  )
  const read = Object.entries(body.RequestItems ?? {}).flatMap(([table, { Keys }]) =>
    Keys.map(() => table),
  )
  const tables = Map.groupBy([...written, ...read].map(short), name => name)
  return [...tables]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([table, rows]) => (rows.length === 1 ? table : `${table} ${rows.length}`))
    .join(', ')
}

const isBucket = ({ operation }: AwsCall, { Key }: z.infer<typeof Body>) =>
  operation === 'UpdateItem' && /^(bucket|waits)#/.test(Key?.pk?.S ?? '')

/**
 * `around` is what a hub is started with; `during` gives what is called while `thing` runs. No call is answered before
 * `quietMs` have passed in which no other came: calls made side by side are all there before the first is answered.
 */
export const countingEndpoint = () => {
  let counting: Counted[] | undefined
  let quietMs = 0
  let lastCame = 0
  const quiet = async () => {
    for (let left = quietMs; left > 0; left = lastCame + quietMs - performance.now())
      await wait(left)
  }
  const around: Around = async (call, pass) => {
    if (counting === undefined || call.caller.startsWith('admin')) return pass(call.body)
    const calls = counting
    const begun = performance.now()
    lastCame = begun
    const sent = JSON.parse(call.body.toString()) as object
    const body = Body.parse(sent)
    const isTable = call.service === 'dynamodb'
    const asking = JSON.stringify({ ...sent, ReturnConsumedCapacity: 'INDEXES' })
    const [answer] = await Promise.all([pass(isTable ? Buffer.from(asking) : call.body), quiet()])
    calls.push({
      begun,
      ended: performance.now(),
      what: `${call.operation} ${subjectOf(body)}`.trim(),
      bucket: isBucket(call, body),
      bytes: call.body.length + Buffer.byteLength(answer.body),
      ...unitsOf(call.operation, isTable ? consumedBy(answer) : []),
    })
    return answer
  }
  return {
    around,
    during: async <T>(
      delayMs: number,
      thing: () => Promise<T>,
    ): Promise<[answer: T, calls: Counted[]]> => {
      const calls: Counted[] = []
      counting = calls
      quietMs = delayMs
      try {
        return [await thing(), calls]
      } finally {
        counting = undefined
      }
    },
  }
}
