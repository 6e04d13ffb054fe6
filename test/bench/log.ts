// The access log at 1,000, 100,000 and 1,000,000 entries: appending, proving, asking. Each beside a floor: the same
// calls of DynamoDB and KMS without a tree, an index or a proof.
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
import { inTurns, stores, table, times } from './measure.ts'

const origin = 'referral-hub.example/access-log'
const batch = 46
const pageSize = 50

type Measured = { name: string; calls: number; ms: number; floor: number }

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

const measure = async (size: number, rounds: number): Promise<Measured[]> => {
  const to = await stores()
  const { dynamodb, kms, nameOf, calls } = to
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

  const measured: Measured[] = []
  const add = async (
    name: string,
    thing: () => Promise<unknown>,
    floor: () => Promise<unknown>,
  ) => {
    calls()
    await thing()
    const made = calls()
    const [ms, floorMs] = (await inTurns(rounds, [thing, floor])) as [number, number]
    measured.push({ name, calls: made, ms, floor: floorMs })
  }

  // What is to be placed is put there first, outside the time that is taken.
  const placing: number[] = []
  const floors: number[] = []
  let made = 0
  for (let round = 0; round < rounds; round++) {
    await pending()
    calls()
    const started = performance.now()
    await sequence.run()
    placing.push(performance.now() - started)
    made = calls()
    const floorStarted = performance.now()
    await appendFloor(round)
    floors.push(performance.now() - floorStarted)
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[rounds >> 1] as number
  measured.push({
    name: `append ${batch} and sign`,
    calls: made,
    ms: middle(placing),
    floor: middle(floors),
  })
  await zones.run(60_000)

  let proven = 0
  await add(
    'proof of an entry',
    () => reader.proof((proven += 7919) % size),
    () => oneRow(size - 1),
  )
  for (const [name, filter] of filtersOf(size))
    await add(
      name,
      async () => {
        // As an officer's door does, when the pass before it has told it how long the log is.
        const index = await zones.run(1000, next)
        await log.query(viewer, filter, { limit: pageSize, size: next, index })
      },
      () => rowsFloor(pageSize),
    )
  await to.stop()
  return measured
}

/** Prints, for each length of the log, AWS calls, time against the floor, and time against the shortest log. */
export const benchLog = async (
  sizes: readonly number[],
  rounds: number,
  print: (line: string) => void,
): Promise<void> => {
  const first = new Map<string, number>()
  for (const size of sizes) {
    print(`\nAccess log of ${size.toLocaleString('en')} entries`)
    const rows = await measure(size, rounds)
    for (const { name, ms } of rows) if (!first.has(name)) first.set(name, ms)
    print(
      table(
        ['', 'AWS calls', 'ms', 'of floor', `of ${sizes[0]?.toLocaleString('en')}`],
        rows.map(({ name, calls, ms, floor }) => [
          name,
          calls,
          ms.toFixed(1),
          times(ms / floor),
          times(ms / (first.get(name) as number)),
        ]),
      ),
    )
  }
}
