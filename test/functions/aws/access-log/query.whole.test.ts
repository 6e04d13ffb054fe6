// Asking a log that is longer than a zone, against looking at every entry of it.
import { DeleteItemCommand, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { type Row, toItem, toRow, transact } from '../../../../functions/aws/dynamodb.ts'
import { logIndex } from '../../../../functions/aws/access-log/index-rows.ts'
import type { LogFilter } from '../../../../functions/aws/access-log/filter.ts'
import type { LogPosition } from '../../../../functions/aws/access-log/pages.ts'
import { logQuery } from '../../../../functions/aws/access-log/query.ts'
import { indexedOf, kindMembers } from '../../../../functions/aws/access-log/zones.ts'
import { AccessLogEntry } from '../../../../schemas/access-log.ts'
import { InstitutionCode } from '../../../../schemas/ids.ts'
import { type Written, isSeen, ours, seenLog, under, viewer } from './seen-log.ts'
import { randomOf } from './simulation.ts'

const { place, writer, sequence, append } = await seenLog()
const { dynamodb } = place
const [index, log] = [logIndex(place), logQuery(place)]

const random = randomOf(7)
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
const uuid = (time: number, rest: number) => {
  const hex = time.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${rest.toString(16).padStart(12, '0')}`
}
const start = Date.parse('2026-11-21T12:00:00.000Z')

let written = 0
/** The time of an entry is about that of its writing: some come minutes late. */
const write = async (count: number): Promise<Written[]> => {
  const all = Array.from({ length: count }, (): Written => {
    const time = start + ++written * 1000 - (random() < 0.1 ? 60_000 : 0)
    const rare = written % 331 === 0
    const entry = AccessLogEntry.parse({
      id: uuid(time, written),
      time: new Date(time).toISOString(),
      action: rare ? 'key.read' : oneOf(['referral.read', 'referral.release', 'inbox.pull']),
      outcome: oneOf(['allowed', 'allowed', 'denied']),
      actor: {
        institution: oneOf(['IGM', 'ALA', 'OIM']),
        keyid: oneOf(['a', 'b']).repeat(43),
        role: 'recipient',
      },
      referralId: uuid(1, Math.floor(random() * 40)),
      consentId: uuid(2, Math.floor(random() * 40)),
      ...(random() < 0.3 && { purpose: 'training-referral' }),
      ...(random() < 0.4 && { categories: oneOf([['identity'], ['identity', 'protection']]) }),
      request: { id: uuid(time, written), method: 'GET', path: '/v1/referrals' },
    })
    return { entry, agreementId: oneOf(under) }
  })
  await append(all)
  return all
}

const everything: Written[] = []
for (const count of [300, 0, 900, 240]) {
  everything.push(...(await write(count)))
  await sequence.run(60_000)
  await Promise.all([index.run(60_000), index.run(60_000)])
}
const waiting = await write(5)

const filters: LogFilter[] = [
  {},
  { action: 'key.read' },
  { action: 'key.read', institution: 'IGM' },
  { outcome: 'denied', purpose: 'training-referral', keyid: 'a'.repeat(43) },
  { institution: 'OIM' },
  { category: 'protection' },
  { category: 'identity', keyid: 'b'.repeat(43), purpose: 'training-referral' },
  { category: 'protection', outcome: 'denied' },
  { category: 'contact' },
  { from: new Date(start + 200_000).toISOString(), to: new Date(start + 290_000).toISOString() },
  { from: new Date(start + 1_430_000).toISOString() },
  { to: new Date(start + 5_000).toISOString(), action: 'inbox.pull' },
  { action: 'consent.read' },
  { referralId: uuid(1, 3) },
  { referralId: uuid(1, 3), consentId: uuid(2, 4) },
  { consentId: uuid(2, 7), outcome: 'allowed' },
].map(filter => filter as LogFilter)

const expected = (all: Written[], filter: LogFilter): string[] =>
  all
    .filter(isSeen)
    .filter(
      ({ entry: { time, actor, ...entry } }) =>
        (filter.from === undefined || time >= filter.from) &&
        (filter.to === undefined || time <= filter.to) &&
        (filter.institution === undefined || actor.institution === filter.institution) &&
        (filter.keyid === undefined || actor.keyid === filter.keyid) &&
        (filter.category === undefined ||
          (entry.action === 'referral.release' &&
            entry.outcome === 'allowed' &&
            (entry.categories?.includes(filter.category) ?? false))) &&
        (['action', 'outcome', 'purpose', 'referralId', 'consentId'] as const).every(
          name => filter[name] === undefined || entry[name] === filter[name],
        ),
    )
    .map(({ entry }) => entry.id)
    .toSorted()

/**
 * Puts the index back to what a hub of until 0.2.0 had of the first `size` entries: of each kind one bit for each part,
 * and times as doubles. `members`: of a kind's name, six from when zones did not tell categories.
 */
const asOld = async (size: number, members: number) => {
  const rows: Row[] = []
  const pages = paginateScan({ client: dynamodb }, { TableName: place.table, ConsistentRead: true })
  for await (const { Items = [] } of pages) rows.push(...Items.map(toRow))
  const keys = rows.filter(({ pk, sk }) => String(pk).startsWith('zone#') || sk === 'zones')
  for (const { pk, sk } of keys)
    await dynamodb.send(new DeleteItemCommand({ TableName: place.table, Key: toItem({ pk, sk }) }))
  const old = rows
    .filter(({ pk, index: at }) => String(pk).startsWith('entry#') && Number(at) < size)
    .toSorted((a, b) => Number(a.index) - Number(b.index))
  for (const level of [0, 1, 2])
    for (let n = 0; n * 256 ** (level + 1) < size; n++) {
      const kinds: Record<string, Uint8Array> = {}
      const times = Buffer.alloc(Math.ceil(Math.min(size, 256 ** (level + 1)) / 256 ** level) * 16)
      old.slice(n * 256 ** (level + 1), (n + 1) * 256 ** (level + 1)).forEach((row, i) => {
        const { kind, time } = indexedOf(row)
        const name = kindMembers.slice(0, members).map(member => kind[member] ?? '')
        const part = Math.floor(i / 256 ** level)
        const bits = (kinds[JSON.stringify(name)] ??= new Uint8Array(32))
        bits[part >> 3] = (bits[part >> 3] ?? 0) | (1 << (part & 7))
        const [from, to] = [times.readDoubleBE(part * 16), times.readDoubleBE(part * 16 + 8)]
        times.writeDoubleBE(from === 0 ? time : Math.min(from, time), part * 16)
        times.writeDoubleBE(Math.max(to, time), part * 16 + 8)
      })
      const key = { pk: `zone#${level}`, sk: String(n).padStart(16, '0') }
      await put({ ...key, kinds, times: new Uint8Array(times) })
    }
  await put({ pk: 'head', sk: 'index', size })
}
const put = (row: Row) =>
  dynamodb.send(new PutItemCommand({ TableName: place.table, Item: toItem(row) }))

const pages = async (filter: LogFilter, limit: number, between = async () => {}) => {
  const found: AccessLogEntry[] = []
  let before: LogPosition | undefined
  do {
    const { entries, next } = await log.query(viewer, filter, { limit, before })
    expect(entries.length).toBeLessThanOrEqual(limit)
    found.push(...entries)
    before = next
    await between()
  } while (before)
  return found
}

describe('a query of a long log', () => {
  test('reads an index that is behind by less than a zone', async () => {
    expect((await index.read(1440)).size).toBe(1280)
  })

  test.each(filters)('with %j finds what is there, once, page by page', async filter => {
    for (const limit of [30, 200]) {
      const found = await pages(filter, limit)
      expect(found.map(({ id }): string => id).toSorted()).toEqual(
        expected([...everything, ...waiting], filter),
      )
      const places = found.map(entry => entry.index ?? Infinity)
      if (!filter.referralId && !filter.consentId)
        expect(places).toEqual(places.toSorted((a, b) => b - a))
    }
  })

  test('finds the same in zones as they were kept until 0.2.0, with categories and without', async () => {
    const before = { ...viewer, institution: InstitutionCode.parse('IGM') }
    const asked = async () => {
      const found: string[][] = []
      for (const filter of filters)
        found.push((await log.query(before, filter, { limit: 200 })).entries.map(({ id }) => id))
      return found
    }
    const found = await asked()
    // The first 1,024 entries in old zones alone, the next 256 in one of now beside those that go on from them.
    for (const members of [7, 6]) {
      await asOld(1024, members)
      await index.run(60_000)
      expect((await index.read(1440)).since).toBe(1024)
      expect(await asked()).toEqual(found)
    }
  })

  test('repeats and loses nothing when what was pending gets its place between pages', async () => {
    const { time: from } = (everything.at(-200) as Written).entry
    const before = expected([...everything, ...waiting], { from })
    let passes = 0
    const found = await pages({ from }, 3, async () => {
      if (++passes > 2) return
      // Some of these come late: their ids are older than those already shown.
      await write(4)
      await sequence.run(60_000)
      await index.run(60_000)
    })
    const ids: string[] = found.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(before.filter(id => !ids.includes(id))).toEqual([])
  })

  test('shows what waited, whatever gets its place and whatever comes late between pages of one', async () => {
    const shown = { institution: 'ALA', action: 'consent.certify' } as LogFilter
    const mine = (id: string) => {
      const entry = AccessLogEntry.parse({
        id,
        time: new Date(start).toISOString(),
        action: shown.action,
        outcome: 'allowed',
        actor: { institution: 'ALA', keyid: 'a'.repeat(43), role: 'recipient' },
        request: { id, method: 'GET', path: '/v1/consents' },
      })
      return writer.append(entry, ours)
    }
    const [ten, fifteen, twenty, thirty] = [10, 15, 20, 30].map(n => uuid(start, 0xffff00 + n))
    await transact(dynamodb)([ten, twenty, thirty].map(id => mine(id as string)))
    let page = 0
    const found = await pages(shown, 1, async () => {
      if (++page > 1) return
      await sequence.run(60_000)
      await transact(dynamodb)([mine(fifteen as string)])
    })
    expect(found.map(({ id }): string => id)).toEqual([thirty, twenty, fifteen, ten])
  })
})
