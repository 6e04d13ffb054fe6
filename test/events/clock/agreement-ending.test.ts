// When the parties of an agreement are told that it ends: to the millisecond, once for each end, and what an outage, a
// renewal, a rescission and a termination make of it.
import { expect, test } from 'vitest'
import { type ToldOfEnd, agreementEnding } from '../../../events/clock/agreement-ending.ts'
import { rescissionEnds } from '../../../events/notice.ts'
import { Instant } from '../../../schemas/ids.ts'
import { after, agreement, now } from '../given.ts'

const day = 86_400_000
const at = (text: string) => Instant.parse(text)
const end = agreement.inForceUntil
const before = (n: number) => after(end, -n * day)
const seen: ToldOfEnd = { endsAt: end }
const daysOf = (...of: Parameters<typeof agreementEnding>) =>
  agreementEnding(...of).news.map(({ days }) => days)

test('90, 60 and 30 days before its last millisecond, once each', () => {
  expect(end).toBe('2028-02-05T05:59:59.999Z')
  let told: ToldOfEnd | undefined
  const all: [number, string][] = []
  const dues = [90, 60, 30].map(before)
  for (const moment of [now, ...dues.flatMap(due => [after(due, -1), due, after(due, 1)]), end]) {
    const { news, after: then, next } = agreementEnding(agreement, told, moment)
    all.push(...news.map(({ days }): [number, string] => [days, moment]))
    for (const one of news) expect(one.endsAt).toBe(end)
    expect(next).toBe(dues.find(due => due > moment))
    told = then
  }
  expect(all).toEqual([
    [90, '2027-11-07T05:59:59.999Z'],
    [60, '2027-12-07T05:59:59.999Z'],
    [30, '2028-01-06T05:59:59.999Z'],
  ])
})

test('after an outage all that fell due is told, in order, even when the end has passed', () => {
  expect(daysOf(agreement, seen, before(59))).toEqual([90, 60])
  expect(daysOf(agreement, { ...seen, days: 90 }, before(1))).toEqual([60, 30])
  expect(daysOf(agreement, { ...seen, days: 90 }, after(end, 400 * day))).toEqual([60, 30])
  expect(daysOf(agreement, { ...seen, days: 30 }, after(end, 400 * day))).toEqual([])
})

test('of an end that nobody knew of, the last that had passed is told, and of one that is over nothing', () => {
  expect(daysOf(agreement, undefined, before(91))).toEqual([])
  expect(daysOf(agreement, undefined, before(90))).toEqual([90])
  expect(daysOf(agreement, undefined, before(20))).toEqual([30])
  expect(daysOf(agreement, undefined, end)).toEqual([30])
  expect(daysOf(agreement, undefined, after(end, 1))).toEqual([])
  // What it skipped it does not make up for.
  const { after: told } = agreementEnding(agreement, undefined, before(59))
  expect(told).toEqual({ endsAt: end, days: 60 })
  expect(daysOf(agreement, told, before(30))).toEqual([30])
})

test('a renewal makes another end, which is told anew', () => {
  const renewedUntil = at('2030-02-05T05:59:59.999Z')
  const renewed = { ...agreement, renewedUntil }
  const told = { endsAt: end, days: 60 } as const
  expect(agreementEnding(renewed, told, before(50))).toEqual({
    news: [],
    after: { endsAt: renewedUntil },
    next: after(renewedUntil, -90 * day),
  })
  expect(daysOf(renewed, { endsAt: renewedUntil }, after(renewedUntil, -90 * day))).toEqual([90])
})

// Three months are 89 to 92 days: the day 90 before its end may lie before the notice.
test.each([
  ['2026-11-30', '2027-03-01T05:59:59.999Z', []],
  ['2026-12-15', '2027-03-15T05:59:59.999Z', [90]],
  ['2027-05-31', '2027-08-31T05:59:59.999Z', []],
  ['2027-11-29', '2028-02-29T05:59:59.999Z', []],
])('a rescission received on %s ends it at %s', (receivedOn, ends, told) => {
  const rescindedUntil = rescissionEnds(receivedOn)
  expect(rescindedUntil).toBe(ends)
  const long = { ...agreement, inForceUntil: at('2030-02-05T05:59:59.999Z'), rescindedUntil }
  const given = at(`${receivedOn}T12:00:00.000Z`)
  const { news, after: then, next } = agreementEnding(long, seen, given)
  expect(news.map(({ days }) => days)).toEqual(told)
  expect(next).toBe(after(rescindedUntil, -(told.length > 0 ? 60 : 90) * day))
  expect(daysOf(long, then, rescindedUntil)).toEqual(told.length > 0 ? [60, 30] : [90, 60, 30])
})

test('a termination ends it at once: there is no day before, whatever was told', () => {
  for (const terminatedAt of [before(95), before(10)])
    for (const told of [undefined, seen, { ...seen, days: 60 } as const])
      for (const moment of [terminatedAt, after(terminatedAt, 1), end])
        expect(agreementEnding({ ...agreement, terminatedAt }, told, moment)).toMatchObject({
          news: [],
          next: undefined,
        })
})
