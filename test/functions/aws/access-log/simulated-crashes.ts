// The access log under crashes: writers, sequencers and releases that wait for their cover, with calls that are lost
// before or after they took effect, in any order. Afterwards one history is in the table, and it is the only one that
// was ever signed.
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { type KeyObject, createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import type { RecordedRelease, ReleaseReceipt } from '../../../../events/access-log.ts'
import { Refused } from '../../../../events/refusal.ts'
import { accessLog, entryRow } from '../../../../functions/aws/access-log/pending.ts'
import {
  Overtaken,
  type Row,
  toItem,
  toRow,
  transact,
  transactionItems,
} from '../../../../functions/aws/dynamodb.ts'
import { logCover } from '../../../../functions/aws/access-log/cover.ts'
import { KeptLeaf } from '../../../../functions/aws/access-log/kept-leaf.ts'
import { logSequence } from '../../../../functions/aws/access-log/sequence.ts'
import { tileReader } from '../../../../functions/aws/access-log/tile-rows.ts'
import { leafHash, verifyInclusion } from '../../../../log/merkle.ts'
import { widthOf } from '../../../../log/tiles.ts'
import type { ReferralId } from '../../../../schemas/ids.ts'
import { cheapLeaves, naiveTree } from '../../../log/naive-tree.ts'
import { ownTables } from '../own-tables.ts'
import { Lost, randomOf, world } from './simulation.ts'
import { edgeOf, entryOf, readProof, uuidOf } from './simulated-entries.ts'

const { aws, tableOf } = await ownTables()
// Lost calls are told to the operational log, hundreds of times here.
beforeAll(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true))
afterAll(() => void vi.restoreAllMocks())
const options = { ...aws, maxAttempts: 1 }
const plain = { dynamodb: new DynamoDBClient(options), kms: new KMSClient(options) }
afterAll(() => {
  plain.dynamodb.destroy()
  plain.kms.destroy()
})
const clients = {
  dynamodb: () =>
    new DynamoDBClient({ ...options, requestHandler: plain.dynamodb.config.requestHandler }),
  kms: () => new KMSClient({ ...options, requestHandler: plain.kms.config.requestHandler }),
}
const table = tableOf('AccessLog')
const keyId = tableOf('LogKey')
const origin = 'referral-hub.example/access-log'
const publicKey: KeyObject = createPublicKey({
  key: Buffer.from(
    (await plain.kms.send(new GetPublicKeyCommand({ KeyId: keyId }))).PublicKey ?? [],
  ),
  format: 'der',
  type: 'spki',
})

const rowsOf = async (): Promise<Row[]> => {
  const { Items } = await plain.dynamodb.send(
    new ScanCommand({ TableName: table, ConsistentRead: true }),
  )
  return (Items ?? []).map(toRow)
}

const clear = async (rows: readonly Row[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 25)
    await plain.dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [table]: rows
            .slice(at, at + 25)
            .map(({ pk, sk }) => ({ DeleteRequest: { Key: toItem({ pk, sk }) } })),
        },
      }),
    )
}

const put = (row: Row) =>
  plain.dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem(row) }))

/** A log that has `size` entries already, of which only the tree is there, its tile as 0.1 wrote it. */
const begun = async (leaves: readonly Buffer[]): Promise<void> => {
  if (leaves.length === 0) return
  const { naiveEdge } = edgeOf(leaves)
  await put({ pk: 'head', sk: 'head', size: leaves.length, edge: naiveEdge, signedSize: 0 })
  await put({ pk: 'tile#0', sk: '0'.repeat(16), hashes: new Uint8Array(Buffer.concat(leaves)) })
}
export type Run = {
  base: number
  writers: number
  sequencers: number
  entries: number
  rate: number
}

/** A log that is long enough to be placed in more than one batch, at the edge of a tile. */
export const backlog: Run = { base: 250, writers: 3, sequencers: 2, entries: 60, rate: 0.05 }

/** One world by its seed. Throws when its log is not what it must be. */
export const simulate = async (
  seed: number,
  run: Run,
): Promise<{ lost: number; covered: number; direct: number }> => {
  const random = randomOf(seed)
  const upTo = (most: number) => 1 + Math.floor(random() * most)
  const before = cheapLeaves(run.base)
  await begun(before)
  const { signed, calm, act, run: go } = world(random, run.rate)
  const attempted = new Map<string, string>()
  const committed = new Set<string>()
  const receipts: ReleaseReceipt[] = []
  let lost = 0
  let direct = 0

  const unlessLost = async (what: () => Promise<void>): Promise<boolean> => {
    try {
      await what()
      return true
    } catch (error) {
      if (!(error instanceof Lost || error instanceof Refused)) throw error
      lost += 1
      return false
    }
  }

  for (let writer = 0; writer < run.writers; writer++) {
    const releases = random() < 0.6
    // Those that are placed in the transaction of their effect, as a door does; else they are pending first.
    const places = releases && random() < 0.6
    const entries = Array.from({ length: upTo(run.entries) }, () => entryOf(random))
    act(clients, async own => {
      let sequence = logSequence({ ...own, table, keyId, origin })
      let cover = logCover({ ...own, table, sequence })
      const log = accessLog({ ...own, table })
      let since = 0
      const recorded: RecordedRelease[] = []
      await unlessLost(async () => void (since = await log.signedSize()))
      for (const entry of entries) {
        attempted.set(entry.id, JSON.stringify(entry))
        const referralId = uuidOf(random) as ReferralId
        const one: RecordedRelease = { entryId: entry.id, referralId, categories: ['identity'] }
        if (places && random() < 0.8) {
          const done = await unlessLost(async () => {
            const { sight: see } = await cover.look([], random() < 0.5 ? 40 : undefined)
            const sight = await see(40)
            const placing = sight.place([entryRow(entry, undefined)], transactionItems)
            const overtaken =
              !placing ||
              (await transact(own.dynamodb)(placing.writes).catch((error: unknown) => {
                if (error instanceof Overtaken) return 'overtaken'
                throw error
              }))
            if (overtaken) await transact(own.dynamodb)([log.append(entry, undefined)])
            else placing?.placed()
            committed.add(entry.id)
            if (!overtaken) direct += 1
            const { receipts: made, keep } = await cover.coverSeen([one], sight)
            await keep()
            receipts.push(...made)
          })
          if (!done) sequence = logSequence({ ...own, table, keyId, origin })
          if (!done) cover = logCover({ ...own, table, sequence })
          continue
        }
        // Whether a write whose answer was lost took effect, its writer never knows: a caller's next request is another
        // entry.
        if (!(await unlessLost(() => transact(own.dynamodb)([log.append(entry, undefined)]))))
          continue
        committed.add(entry.id)
        recorded.push(one)
        if (!releases || random() < 0.5) continue
        const covered = await unlessLost(async () => {
          await cover.ready()
          receipts.push(...(await cover.cover(recorded.splice(0), since)))
        })
        // The function died and another takes its place.
        if (!covered) sequence = logSequence({ ...own, table, keyId, origin })
        if (!covered) cover = logCover({ ...own, table, sequence })
      }
    })
  }
  for (let sequencer = 0; sequencer < run.sequencers; sequencer++) {
    const passes = upTo(3)
    act(clients, async own => {
      let sequence = logSequence({ ...own, table, keyId, origin })
      for (let pass = 0; pass < passes; pass++)
        if (!(await unlessLost(async () => void (await sequence.run()))))
          sequence = logSequence({ ...own, table, keyId, origin })
    })
  }
  await go()

  calm()
  act(clients, async own => void (await logSequence({ ...own, table, keyId, origin }).run()))
  await go()

  const rows = await rowsOf()
  const of = (prefix: string) => rows.filter(({ pk }) => String(pk).startsWith(prefix))
  expect(of('pending')).toEqual([])
  const placed = of('entry#').toSorted((a, b) => Number(a['index']) - Number(b['index']))
  expect(placed.map(({ index }) => index)).toEqual(placed.map((_, at) => run.base + at))
  const texts = placed.map(({ leaf }) => KeptLeaf.parse(leaf))
  expect(texts).toEqual(placed.map(({ id }) => attempted.get(id as string)))
  const ids = placed.map(({ id }) => id as string)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of committed) expect(ids).toContain(id)

  const leaves = [...before, ...texts.map(text => leafHash(Buffer.from(text)))]
  const tree = naiveTree(leaves)
  const size = leaves.length
  const readTile = tileReader({ ...plain, table })
  const tiles = of('tile#').map(({ pk, sk }): [number, number] => [
    Number(String(pk).slice(5)),
    Number(String(sk).slice(0, 16)),
  ])
  const stored: Record<string, string> = {}
  for (const [level, n] of tiles)
    stored[`${level}/${n}`] ??= Buffer.from((await readTile(level, n)) ?? []).toString('hex')
  const expected: Record<string, string> = {}
  for (let n = 0; widthOf(0, n, size) > 0; n++)
    expected[`0/${n}`] = Buffer.concat(leaves.slice(n * 256, n * 256 + 256)).toString('hex')
  if (size >= 256) expected['1/0'] = tree.root(256).toString('hex')
  expect(stored).toEqual(expected)

  // Every tree that was ever signed is a beginning of this one, so each is a prefix of every later one, and no size has
  // two roots.
  for (const { text, signature } of signed) {
    const [name, of_ = '', root] = text.split('\n')
    expect([name, root]).toEqual([origin, tree.root(Number(of_)).toString('base64')])
    expect(Number(of_)).toBeLessThanOrEqual(size)
    expect(verify(null, Buffer.from(text), publicKey, signature)).toBe(true)
  }
  const [head] = of('head')
  if (size > 0) {
    expect(head).toMatchObject({ size, signedSize: size })
    expect(signed.some(({ text }) => String(head?.['checkpoint']).startsWith(text))).toBe(true)
  }

  for (const { entryId, proof } of receipts) {
    const read = readProof(proof)
    expect(read.index).toBe(run.base + ids.indexOf(entryId))
    expect(signed.map(({ text }) => text)).toContain(read.text)
    expect(verify(null, Buffer.from(read.text), publicKey, read.signature)).toBe(true)
    const leaf = leafHash(Buffer.from(attempted.get(entryId) as string))
    expect(verifyInclusion(leaf, read.index, read.size, read.path, read.root)).toBe(true)
  }
  await clear(rows)
  return { lost, covered: receipts.length, direct }
}

/** Worlds of every kind, by their seeds. Throws the first one's fault, with its seed. */
export const simulateAll = async (seeds: number): Promise<void> => {
  let [lost, covered, direct] = [0, 0, 0]
  for (let seed = 1; seed <= seeds; seed++) {
    const base = ([0, 0, 3, 250, 255] as const)[seed % 5] as number
    const rate = ([0, 0.05, 0.15, 0.3] as const)[seed % 4] as number
    const run = { base, writers: 1 + (seed % 3), sequencers: 1 + (seed % 2), entries: 3, rate }
    const outcome = await simulate(seed, run).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error })
    })
    lost += outcome.lost
    covered += outcome.covered
    direct += outcome.direct
  }
  // The worlds were rough, and yet things got done in them.
  expect(lost).toBeGreaterThan(seeds)
  expect(covered).toBeGreaterThan(seeds / 2)
  expect(direct).toBeGreaterThan(seeds / 8)
}
