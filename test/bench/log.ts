// The access log at several lengths, to a million entries: appending, proving, asking, at all of them in turns. Each
// beside a floor: the same calls of DynamoDB and KMS without a tree, an index or a proof.
import {
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { SignCommand } from '@aws-sdk/client-kms'
import { toItem } from '../../functions/aws/dynamodb.ts'
import { logIndex } from '../../functions/aws/access-log/index-rows.ts'
import type { LogFilter } from '../../functions/aws/access-log/filter.ts'
import { logQuery } from '../../functions/aws/access-log/query.ts'
import { logReader } from '../../functions/aws/access-log/reader.ts'
import { entryKey } from '../../functions/aws/access-log/rows.ts'
import { logSequence } from '../../functions/aws/access-log/sequence.ts'
import { AgreementId, InstitutionCode } from '../../schemas/ids.ts'
import { agreementId, entryRow, putAll, storeLog, timeOf } from './long-log.ts'
import { median, ratio, stores, table, times, timesInTurns } from './measure.ts'

const origin = 'referral-hub.example/access-log'
const batch = 46
const pageSize = 50

/** A thing that is measured, and the calls of its floor. */
type Thing = {
  name: string
  /** Makes ready what the thing uses up, outside the time that is taken. */
  before?: () => Promise<void>
  thing: () => Promise<unknown>
  floor: () => Promise<unknown>
}

const viewer = {
  institution: InstitutionCode.parse('ALA'),
  agreements: [AgreementId.parse(agreementId)],
}

/** Filters, the last of them of a kind that occurs once in 20,011 entries. */
const filtersOf = (size: number): [string, LogFilter][] =>
  (
    [
      ['query, no filter', {}],
      ['query, denied of one key', { outcome: 'denied', keyid: 'b'.repeat(43) }],
      ['query, 40 s in the middle', { from: timeOf(size / 2), to: timeOf(size / 2 + 40) }],
      ['query, a rare action', { action: 'key.read' }],
    ] as [string, object][]
  ).map(([name, filter]) => [name, filter as LogFilter])

/** A log of `size` entries, stored, and what is measured at it. */
const logOf = async (size: number) => {
  const to = await stores()
  const { dynamodb, kms, nameOf } = to
  const place = { dynamodb, table: nameOf('AccessLog') }
  const reads = (index: number) =>
    String(entryRow(index).action) === 'key.read' || Math.abs(index - size / 2) < 300
  await storeLog(size, reads, to)
  const sequence = logSequence({ ...place, kms, keyId: nameOf('LogKey'), origin })
  await sequence.run()
  const [reader, log, zones] = [logReader(place), logQuery(place), logIndex(place)]

  let next = size
  const pending = async () => {
    const rows = Array.from({ length: batch }, () => entryRow(next++))
    await putAll(
      rows.map(({ index: _index, ...row }) => ({ ...row, pk: 'pending', sk: row.id })),
      to,
    )
  }
  const appendFloor = async (round: number) => {
    const of = (i: number) => ({ pk: `floor#${round}`, sk: String(i) })
    await dynamodb.send(
      new QueryCommand({
        TableName: place.table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': `floor#${round}` }),
      }),
    )
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: Array.from({ length: batch }, (_, i) => [
          { Put: { TableName: place.table, Item: toItem({ ...entryRow(i), ...of(i) }) } },
          { Delete: { TableName: place.table, Key: toItem({ pk: 'nothing', sk: String(i) }) } },
        ]).flat(),
      }),
    )
    await kms.send(
      new SignCommand({
        KeyId: nameOf('LogKey'),
        Message: Buffer.alloc(100),
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    )
  }
  const rowsFloor = (count: number) =>
    dynamodb.send(
      new BatchGetItemCommand({
        RequestItems: {
          [place.table]: {
            ConsistentRead: true,
            Keys: Array.from({ length: count }, (_, i) => toItem(entryKey(size - 1 - i))),
          },
        },
      }),
    )
  const oneRow = (index: number) =>
    dynamodb.send(
      new GetItemCommand({
        TableName: place.table,
        Key: toItem(entryKey(index)),
        ConsistentRead: true,
      }),
    )

  let [proven, floors] = [0, 0]
  const queries = filtersOf(size).map(([name, filter]): Thing => {
    const thing = async () => {
      // As an officer's door does, when the pass before it has told it how long the log is.
      const index = await zones.run(1000, next)
      await log.query(viewer, filter, { limit: pageSize, size: next, index })
    }
    return { name, thing, floor: () => rowsFloor(pageSize) }
  })
  const things: Thing[] = [
    {
      name: `append ${batch} and sign`,
      before: pending,
      thing: () => sequence.run(),
      floor: () => appendFloor(floors++),
    },
    {
      name: 'proof of an entry',
      thing: () => reader.proof((proven += 7919) % size),
      floor: () => oneRow(size - 1),
    },
    ...queries,
  ]
  return { size, things, calls: to.calls, stop: to.stop, indexed: () => zones.run(60_000) }
}

type Log = Awaited<ReturnType<typeof logOf>>

/** One thing at every log, in turns: its calls, its time, over its floor, and over the shortest log's. */
const measure = async (logs: readonly Log[], at: number, rounds: number) => {
  const calls: number[] = []
  for (const { things, calls: counted } of logs) {
    const { before, thing } = things[at] as Thing
    await before?.()
    counted()
    await thing()
    calls.push(counted())
  }
  const steps = logs.flatMap(({ things }) => {
    const { before, thing, floor } = things[at] as Thing
    return [before ?? (async () => {}), thing, floor]
  })
  const taken = await timesInTurns(rounds, steps)
  const first = taken[1] as number[]
  return logs.map(({ size }, i) => {
    const [ms, floor] = [taken[3 * i + 1] as number[], taken[3 * i + 2] as number[]]
    return [
      size.toLocaleString('en'),
      calls[i] as number,
      median(ms).toFixed(1),
      times(ratio(ms, floor)),
      times(ratio(ms, first)),
    ]
  })
}

/** Prints, for each thing and length of the log, AWS calls, time against the floor, and time against the shortest log. */
export const benchLog = async (
  sizes: readonly number[],
  rounds: number,
  print: (line: string) => void,
): Promise<void> => {
  const logs: Log[] = []
  for (const size of sizes) logs.push(await logOf(size))
  const head = [
    'entries',
    'AWS calls',
    'ms',
    'of floor',
    `of ${logs[0]?.size.toLocaleString('en')}`,
  ]
  const names = (logs[0] as Log).things.map(({ name }) => name)
  for (const [at, name] of names.entries()) {
    const rows = await measure(logs, at, rounds)
    print(`\nAccess log: ${name}`)
    print(table(head, rows))
    // What was appended is in the index before anything is asked.
    if (at === 0) for (const { indexed } of logs) await indexed()
  }
  for (const { stop } of logs) await stop()
}
