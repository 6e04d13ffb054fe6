// Counts of the log by day of Guatemala, against counting every entry again: whoever counts at the same time, dies or
// begins late.
import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { Refused } from '../../../../events/refusal.ts'
import { toItem, toRow } from '../../../../functions/aws/dynamodb.ts'
import { countKey, logCounts } from '../../../../functions/aws/access-log/counts.ts'
import { readHead } from '../../../../functions/aws/access-log/rows.ts'
import { AccessLogEntry, type AccessLogSummary } from '../../../../schemas/access-log.ts'
import { dayIn, recount } from '../../../journeys/recount.ts'
import { type Written, isSeen, ours, seenLog, under, viewer } from './seen-log.ts'
import { randomOf } from './simulation.ts'

const { place, sequence, append } = await seenLog()
const { dynamodb } = place
const counts = logCounts(place)

const random = randomOf(11)
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
const midnight = Date.parse('2026-11-22T06:00:00.000Z')

const everything: Written[] = []
/** Entries around midnight in Guatemala, one every 5 minutes and every tenth late by a day. */
const write = async (count: number): Promise<void> => {
  const all = Array.from({ length: count }, (): Written => {
    const n = everything.length + Math.floor(random() * 200)
    const late = random() < 0.1 ? 86_400_000 : 0
    const time = new Date(midnight + (n - 200) * 300_000 - late).toISOString()
    const id = `0198b2c4-0000-7000-8000-${Math.floor(random() * 2 ** 47)
      .toString(16)
      .padStart(12, '0')}`
    const action = oneOf(['referral.read', 'referral.release', 'referral.release', 'inbox.pull'])
    const entry = AccessLogEntry.parse({
      id,
      time,
      action,
      outcome: oneOf(['allowed', 'allowed', 'denied', 'failed']),
      actor: {
        institution: oneOf(['IGM', 'ALA', 'OIM']),
        keyid: oneOf(['a', 'b', '-']).repeat(43),
        role: 'recipient',
      },
      ...(action === 'referral.release' && {
        purpose: oneOf(['training-referral', 'protection-handling']),
        categories: oneOf([['identity'], ['identity', 'protection'], ['contact']]),
      }),
      request: { id, method: 'GET', path: '/v1/referrals' },
    })
    return { entry, agreementId: oneOf(under) }
  })
  await append(all)
  everything.push(...all)
  await sequence.run(60_000)
}

const recounted = (from: string, to: string): AccessLogSummary =>
  recount(
    everything
      .filter(isSeen)
      .filter(({ entry }) => dayIn(entry.time) >= from && dayIn(entry.time) <= to)
      .map(({ entry }) => entry),
  )

const spans = [
  ['2026-11-01', '2026-12-31'],
  ['2026-11-21', '2026-11-21'],
  ['2026-11-22', '2026-11-22'],
  ['2025-01-01', '2025-12-31'],
] as const

const rows = async () => {
  const { Items } = await dynamodb.send(
    new ScanCommand({ TableName: place.table, ConsistentRead: true }),
  )
  return (Items ?? []).map(toRow).filter(({ pk }) => String(pk).startsWith('counts'))
}

describe('a summary', () => {
  test('of a log that nobody has counted yet looks at its entries', async () => {
    await write(120)
    expect(await counts.countedSize()).toBe(0)
    const [from, to] = spans[0]
    expect(await counts.summary(viewer, from, to)).toEqual(recounted(from, to))
    expect(recounted(from, to).releases.length).toBeGreaterThan(3)
  })

  test('equals a recount, however many count at once and between what they were doing', async () => {
    for (const more of [300, 0, 150]) {
      await write(more)
      await Promise.all([counts.run(60_000), logCounts(place).run(60_000), counts.run(60_000)])
      // Placed, and not counted yet.
      await write(7)
      for (const [from, to] of spans)
        expect(await counts.summary(viewer, from, to)).toEqual(recounted(from, to))
    }
    expect(await counts.countedSize()).toBe(everything.length - 7)
  })

  test('is of one moment, also while counting goes on', async () => {
    for (let round = 0; round < 3; round++) {
      await write(40)
      const [from, to] = spans[0]
      const [, one, other] = await Promise.all([
        counts.run(60_000),
        counts.summary(viewer, from, to),
        counts.summary(viewer, from, to),
      ])
      expect(one).toEqual(recounted(from, to))
      expect(other).toEqual(one)
    }
  })

  test('has a row for a kind and day, and no more for more entries of it', async () => {
    await counts.run(60_000)
    const before = (await rows()).length
    const one = everything.find(({ agreementId }) => agreementId === ours) as Written
    const again = Array.from({ length: 60 }, (_, i) => ({
      ...one,
      entry: { ...one.entry, id: `0198b2c4-0000-7000-9000-${String(i).padStart(12, '0')}` },
    })) as Written[]
    await append(again)
    everything.push(...again)
    await sequence.run(60_000)
    await counts.run(60_000)
    expect((await rows()).length).toBe(before)
    const [from, to] = spans[0]
    expect(await counts.summary(viewer, from, to)).toEqual(recounted(from, to))
  })

  test('of a log whose counts are gone is counted from the beginning', async () => {
    await Promise.all(
      (await rows()).map(({ pk, sk }) =>
        dynamodb.send(new DeleteItemCommand({ TableName: place.table, Key: toItem({ pk, sk }) })),
      ),
    )
    expect(await rows()).toEqual([])
    await counts.run(0)
    await counts.run(60_000)
    const [size] = (await rows()).filter(({ pk }) => pk === countKey.pk)
    expect(size).toMatchObject({ size: everything.length })
    for (const [from, to] of spans)
      expect(await counts.summary(viewer, from, to)).toEqual(recounted(from, to))
  })
  test('of a log that is far from counted is not read entry by entry: counting comes first', async () => {
    await dynamodb.send(
      new PutItemCommand({
        TableName: place.table,
        Item: toItem({
          ...(await readHead(place)),
          size: everything.length + 5121,
        }),
      }),
    )
    await expect(counts.summary(viewer, ...spans[0])).rejects.toThrow(new Refused('unavailable'))
  })
})
