// Entries that get their places with their effect: behind all that was pending, or not at all.
import { KMSClient } from '@aws-sdk/client-kms'
import { beforeEach, expect, test } from 'vitest'
import { type Occurrence, hubActor } from '../../../../events/access-log.ts'
import { logCover } from '../../../../functions/aws/access-log/cover.ts'
import { accessLog } from '../../../../functions/aws/access-log/pending.ts'
import type { Sight } from '../../../../functions/aws/access-log/placing.ts'
import { readHead, readRows } from '../../../../functions/aws/access-log/rows.ts'
import { logSequence } from '../../../../functions/aws/access-log/sequence.ts'
import { readWaiting } from '../../../../functions/aws/access-log/waiting.ts'
import { Moved, Overtaken, type Write, transact } from '../../../../functions/aws/dynamodb.ts'
import { progress } from '../../../../functions/aws/progress.ts'
import { referrals } from '../../../../functions/aws/referrals.ts'
import { newId, now } from '../../../../functions/aws/runtime.ts'
import { commit } from '../../../../functions/effects/commit.ts'
import type { RequestId } from '../../../../schemas/ids.ts'
import { ownTables } from '../own-tables.ts'
import { newReferral } from '../rows.ts'

const { dynamodb, aws, tableOf } = await ownTables()
const table = tableOf('AccessLog')
const place = { dynamodb, table }
const kms = new KMSClient(aws)
const sequence = logSequence({ ...place, kms, keyId: tableOf('LogKey'), origin: 'o' })
const cover = logCover({ ...place, sequence })
const rows = referrals({ dynamodb, table: tableOf('Referrals') })

const see = async (limit = 40): Promise<Sight> => (await cover.look([], limit)).sight(limit)

type Given = {
  sight?: Sight
  writes?: Write[]
  count?: number
  one?: Occurrence
}
const clock: Occurrence = { action: 'hub.clock', outcome: 'allowed' }

/** Commits entries of the hub's own, and says where they are. */
const told = ({ sight, writes = [], count = 1, one = clock }: Given = {}) =>
  commit(
    { occurrences: Array.from({ length: count }, () => one), writes, sight },
    { actor: hubActor, evidence: { id: newId<RequestId>(), method: 'SCHEDULE', path: '/' } },
    {
      transact: transact(dynamodb),
      accessLog: accessLog(place),
      progress: progress({ dynamodb, table: tableOf('Progress') }),
    },
  )
const placedSince = async (size: number) =>
  (await readRows(place, size, (await readHead(place)).size)).map(({ id }) => id)
const pending = async () => (await readWaiting(place, 100)).rows.map(({ id }) => id)

let size = 0
beforeEach(async () => {
  size = (await sequence.run()).size
  expect(await pending()).toEqual([])
})

test('they stand behind what was pending, in their order, and nothing is pending then', async () => {
  const before = [...(await told()), ...(await told({ count: 2 }))]
  const sight = await see()
  const own = await told({ sight, count: 3 })
  expect(await placedSince(size)).toEqual([...before.toSorted(), ...own])
  expect(await pending()).toEqual([])
  expect(sight.growth?.to.size).toBe(size + 6)
  // Committed, and not signed before that.
  expect(await readHead(place)).toMatchObject({ size: size + 6, signedSize: size })
})

test('where somebody else grew the tree since, the effect stands all the same, and its entries wait', async () => {
  const sight = await see()
  const [theirs] = await told({ sight: await see() })
  const [ours] = await told({ sight })
  expect(sight.growth).toBeUndefined()
  expect(await placedSince(size)).toEqual([theirs])
  expect(await pending()).toEqual([ours])
})

test('where one of what was pending was placed since, nothing gets a place a second time', async () => {
  const [before] = await told()
  const sight = await see()
  await sequence.run()
  const [ours] = await told({ sight })
  expect(await placedSince(size)).toEqual([before])
  expect(await pending()).toEqual([ours])
})

test('a head that waits for its signature is not grown, nor a tree of which not all that waits is known', async () => {
  const [placed] = await told({ sight: await see() })
  const [unsigned] = await told({ sight: await see() })
  expect([await placedSince(size), await pending()]).toEqual([[placed], [unsigned]])
  await sequence.run()
  const many = await told({ count: 9 })
  const [crowded] = await told({ sight: await see(4) })
  expect(await pending()).toEqual([...many, crowded])
})

test('what has moved is Moved, whoever is at the head; and what yields alone is Overtaken', async () => {
  const referral = newReferral()
  const { referralId } = referral
  const one: Occurrence = { action: 'referral.submit', outcome: 'allowed', referralId }
  await told({ one, writes: [rows.add(referral, now())] })
  const stale = await rows.find(referralId)
  if (!stale) throw new Error('no row')
  await transact(dynamodb)([rows.change(stale, {}, now())])
  const sight = await see()
  await told({ sight: await see() })
  const change = rows.change(stale, {}, now())
  const error: unknown = await told({ sight, writes: [change] }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Moved)
  // The referral's write first, which decides; then those of the log.
  const [row, ...others] = (error as Moved).writes
  expect(row?.referral?.referralId).toBe(referralId)
  expect(others.every(write => write.yields)).toBe(true)
  expect(await pending()).toEqual([])
  const placing = sight.place([{ id: newId(), leaf: '{}' }], 100)
  await expect(transact(dynamodb)(placing?.writes ?? [])).rejects.toThrow(Overtaken)
})
