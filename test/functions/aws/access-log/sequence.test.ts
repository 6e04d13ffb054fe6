// Two passes of the sequencer that meet at the worst moments, which the simulation comes by only now and then. A call
// is held back, or answered with a conflict, in the SDK's own middleware; all others go to the embedded server.
import { DynamoDBClient, TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { beforeEach, expect, test } from 'vitest'
import { Refused } from '../../../../events/refusal.ts'
import { accessLog } from '../../../../functions/aws/access-log/pending.ts'
import { transact } from '../../../../functions/aws/dynamodb.ts'
import { readHead, readRows } from '../../../../functions/aws/access-log/rows.ts'
import { logSequence } from '../../../../functions/aws/access-log/sequence.ts'
import { pendingPartitions } from '../../../../functions/aws/access-log/waiting.ts'
import { ownTables } from '../own-tables.ts'
import { releaseEntry } from '../rows.ts'

const { dynamodb, aws, tableOf } = await ownTables()
const table = tableOf('AccessLog')
const place = { dynamodb, table }

/** Calls of one pass by name, `UpdateItemCommand`, each through `meet` before it is sent. */
type Meet = (name: string, nth: number) => Promise<void> | void

const passOf = (meet: Meet = () => {}) => {
  const own = new DynamoDBClient(aws)
  const counts = new Map<string, number>()
  own.middlewareStack.add(
    (next, { commandName = '' }) =>
      async parameters => {
        const nth = (counts.get(commandName) ?? 0) + 1
        counts.set(commandName, nth)
        await meet(commandName, nth)
        return next(parameters)
      },
    { step: 'initialize' },
  )
  const kms = new KMSClient(aws)
  const sequence = logSequence({ dynamodb: own, table, kms, keyId: tableOf('LogKey'), origin: 'o' })
  return { run: () => sequence.run(), counts }
}

const write = async (): Promise<void> => {
  const entry = releaseEntry()
  await transact(dynamodb)([accessLog(place).append(entry, undefined)])
}

/** A moment that one waits for and another brings about. */
const moment = () => Promise.withResolvers<void>()

let size = 0
beforeEach(async () => {
  size = (await readHead(place)).size
})

test('a pass whose entries another has placed and not yet signed signs them itself', async () => {
  await write()
  const [headRead, placed] = [moment(), moment()]
  // The other is between placing and signing, as a function that was paused there, and stays there.
  const other = passOf(async name => {
    if (name !== 'UpdateItemCommand') return
    placed.resolve()
    await new Promise(() => {})
  })
  const ours = passOf(async name => {
    if (name !== 'QueryCommand') return
    headRead.resolve()
    await placed.promise
  })
  const running = ours.run()
  await headRead.promise
  void other.run()
  expect(await running).toMatchObject({ size: size + 1, signedSize: size + 1 })
  expect(await readHead(place)).toMatchObject({ size: size + 1, signedSize: size + 1 })
})

test('a pass that comes late with its signature does not take the log back to it', async () => {
  await write()
  const [signing, overtaken] = [moment(), moment()]
  // The pass ends with its signature: nothing of it would mend what this broke.
  const late = passOf(async (name, nth) => {
    if (name !== 'UpdateItemCommand' || nth > 1) return
    signing.resolve()
    await overtaken.promise
  })
  const running = late.run()
  await signing.promise
  await write()
  const { checkpoint } = await passOf().run()
  overtaken.resolve()
  await running
  expect(late.counts.get('UpdateItemCommand')).toBe(1)
  expect(await readHead(place)).toMatchObject({ size: size + 2, signedSize: size + 2, checkpoint })
  expect(checkpoint).toContain(`\n${size + 2}\n`)
})

test('a pass that saw the tree before another grew it gives no place a second time', async () => {
  await write()
  const [headRead, grown] = [moment(), moment()]
  const behind = passOf(async (name, nth) => {
    // Of both partitions of what is pending.
    if (name !== 'QueryCommand' || nth > pendingPartitions.length) return
    headRead.resolve()
    await grown.promise
  })
  const running = behind.run()
  await headRead.promise
  await passOf().run()
  const [first] = await readRows(place, size, size + 1)
  await write()
  grown.resolve()
  await running
  const rows = await readRows(place, size, size + 2)
  expect(rows.map(({ id }) => id)).toEqual([
    first?.id,
    expect.not.stringMatching(String(first?.id)),
  ])
  expect(await readHead(place)).toMatchObject({ size: size + 2, signedSize: size + 2 })
})

const conflict = () =>
  new TransactionConflictException({ message: 'Transaction is ongoing', $metadata: {} })

test('a conflict over the head is somebody else at it: the signature is put there all the same', async () => {
  await write()
  const { run, counts } = passOf((name, nth) => {
    if (name === 'UpdateItemCommand' && nth <= 3) throw conflict()
  })
  expect(await run()).toMatchObject({ signedSize: size + 1 })
  expect(counts.get('UpdateItemCommand')).toBe(4)
  expect(await readHead(place)).toMatchObject({ size: size + 1, signedSize: size + 1 })
})

test('a conflict that does not end is given up, and the next pass signs what is left', async () => {
  await write()
  const { run, counts } = passOf(name => {
    if (name === 'UpdateItemCommand') throw conflict()
  })
  const error: unknown = await run().catch((thrown: unknown) => thrown)
  expect(error instanceof Refused && error.code).toBe('unavailable')
  expect(counts.get('UpdateItemCommand')).toBe(8)
  expect(await readHead(place)).toMatchObject({ size: size + 1, signedSize: size })
  expect(await passOf().run()).toMatchObject({ signedSize: size + 1 })
})
