// What a query of the access log calls at AWS, by filter: as many at one length of the log as at another. The logs are
// stored as they would be, but for entries that nobody asks for (test/bench/long-log.ts).
import { afterAll, describe, expect, test } from 'vitest'
import type { LogFilter } from '../../../../functions/aws/access-log/filter.ts'
import { logIndex } from '../../../../functions/aws/access-log/index-rows.ts'
import type { LogPosition } from '../../../../functions/aws/access-log/pages.ts'
import { logQuery } from '../../../../functions/aws/access-log/query.ts'
import { type Indexed, indexedOf } from '../../../../functions/aws/access-log/zones.ts'
import { AgreementId, InstitutionCode } from '../../../../schemas/ids.ts'
import { agreementId, entryRow, storeLog, timeOf } from '../../../bench/long-log.ts'
import { stores } from '../../../bench/measure.ts'

const viewer = {
  institution: InstitutionCode.parse('ALA'),
  agreements: [AgreementId.parse(agreementId)],
}
const limit = 50
/** Behind whole zones by the same, so that what no zone covers costs the same. */
const [short, long] = [8 * 256 + 40, 260 * 256 + 40]

const filtersOf = (size: number): Record<string, LogFilter> =>
  Object.fromEntries(
    Object.entries({
      none: {},
      institution: { institution: 'IGM' },
      'key and outcome': { outcome: 'denied', keyid: 'b'.repeat(43) },
      'a common action': { action: 'inbox.pull' },
      'three together': { action: 'inbox.ack', outcome: 'denied', keyid: 'c'.repeat(43) },
      'a rare action': { action: 'key.read' },
      'an action that nobody took': { action: 'consent.certify' },
      category: { category: 'protection' },
      'a span in the middle': { from: timeOf(size / 2), to: timeOf(size / 2 + 40) },
      'a span and an outcome': {
        from: timeOf(size / 2 - 200),
        to: timeOf(size / 2),
        outcome: 'denied',
      },
      'until the middle': { to: timeOf(size / 2) },
      'from the middle': { from: timeOf(size / 2), keyid: 'a'.repeat(43) },
    }).map(([name, filter]) => [name, filter as LogFilter]),
  )

const all = Array.from({ length: long }, (_, index) => indexedOf(entryRow(index)))
const newestFirst = (size: number, filter: LogFilter): number[] => {
  const holds = ({ kind, time }: Indexed) =>
    (['institution', 'keyid', 'action', 'outcome'] as const).every(
      name => filter[name] === undefined || filter[name] === kind[name],
    ) &&
    (filter.from === undefined || time >= Date.parse(filter.from)) &&
    (filter.to === undefined || time <= Date.parse(filter.to)) &&
    filter.category === undefined
  return Array.from({ length: size }, (_, i) => size - 1 - i).filter(index =>
    holds(all[index] as Indexed),
  )
}

const asked = async (size: number) => {
  const to = await stores()
  afterAll(() => to.stop())
  const place = { dynamodb: to.dynamodb, table: to.nameOf('AccessLog') }
  const filters = Object.entries(filtersOf(size))
  const expected = filters.map(([, filter]) => newestFirst(size, filter).slice(0, 2 * limit + 1))
  const read = new Set(expected.flat())
  await storeLog(size, index => read.has(index), to)
  const [zones, log] = [logIndex(place), logQuery(place)]
  const calls: Record<string, number[]> = {}
  for (const [i, [name, filter]] of filters.entries()) {
    const found: number[] = []
    let before: LogPosition | undefined
    calls[name] = []
    for (let page = 0; page < 2; page++) {
      to.calls()
      const index = await zones.run(1000, size)
      const { entries, next } = await log.query(viewer, filter, { limit, before, size, index })
      calls[name].push(to.calls())
      found.push(...entries.map(({ index: at = -1 }) => at))
      before = next
      if (!next) break
    }
    expect([name, found]).toEqual([name, expected[i]?.slice(0, 2 * limit)])
  }
  return calls
}

describe('a query of the log', () => {
  test('makes no more calls the longer the log is, whatever the filter, on its first page and its second', async () => {
    const [few, many] = [await asked(short), await asked(long)]
    // The index and what is near its end, what it does not cover yet, a zone of each level below, entries.
    for (const [name, pages] of Object.entries(many))
      for (const calls of pages) expect([name, calls <= 5]).toEqual([name, true])
    const pages = Object.keys(many).map(name => [name, few[name], many[name]])
    expect(pages).toEqual([
      ['none', [3, 2], [3, 2]],
      ['institution', [3, 2], [3, 2]],
      ['key and outcome', [3, 2], [4, 4]],
      ['a common action', [3, 2], [3, 2]],
      ['three together', [3], [5, 4]],
      ['a rare action', [2], [3]],
      ['an action that nobody took', [2], [2]],
      ['category', [2], [2]],
      ['a span in the middle', [3], [5]],
      ['a span and an outcome', [3], [5]],
      ['until the middle', [3, 2], [5, 4]],
      ['from the middle', [3, 2], [3, 2]],
    ])
  }, 120_000)
})
