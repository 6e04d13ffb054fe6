// Given a bucket, when a key asks for so much, then it gets what the rate allows and not more.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Rate,
  clockSlip,
  costOf,
  defaultRate,
  emptyFor,
  nextLease,
  take,
} from '../../events/rate.ts'

const now = 1_795_262_400_000_000
const second = 1_000_000
const rate: Rate = { perSecond: 10, burst: 20 }
const granted = (fullAt: number | undefined, want: number, at = now) =>
  take(rate, at, fullAt, want).granted

describe('given a bucket of 20 that fills by 10 a second', () => {
  test.each<[string, number | undefined, number, number]>([
    ['a bucket that nobody has used, all of it is there', undefined, 20, 20],
    ['one that nobody has used, not more than all of it', undefined, 21, 20],
    ['one that was full long ago, all of it is there', now - 1e12, 25, 20],
    ['one that is full at this moment, all of it is there', now, 25, 20],
    ['one that is full in a second, ten are there', now + second, 25, 10],
    ['one that is full in a second, five are given when five are asked for', now + second, 5, 5],
    ['one that was emptied just now, nothing is there', now + 2 * second, 1, 0],
    ['one with all but half a token, a half is none', now + 1.95 * second, 1, 0],
    ['one with exactly one token, it is given', now + 1.9 * second, 9, 1],
    ['one that is emptier than empty, by another clock, nothing is there', now + 3e6, 1, 0],
    ['one written before the clock was set back, all of it is there', now + 1e12, 20, 20],
  ])('when it is %s', (_, fullAt, want, expected) => {
    expect(granted(fullAt, want)).toBe(expected)
  })

  test('when it is empty, then it says from when there is one again, to the microsecond', () => {
    const refused = take(rate, now, now + 2 * second, 1)
    if (!('againAt' in refused)) throw new Error('granted')
    expect(refused.againAt).toBe(now + second / 10)
    expect(granted(now + 2 * second, 1, refused.againAt - 1)).toBe(0)
    expect(granted(now + 2 * second, 1, refused.againAt)).toBe(1)
  })

  test('when the clock was set back by less than clocks differ, then it stays as empty as it was', () => {
    expect(granted(now + emptyFor(rate) + clockSlip, 1)).toBe(0)
    expect(granted(now + emptyFor(rate) + clockSlip + 1, 1)).toBe(1)
  })
})

test('a rate that does not divide a second is rounded to the strict side', () => {
  expect(costOf(defaultRate)).toBe(5000)
  expect(costOf({ perSecond: 3, burst: 1 })).toBe(333_334)
})

test('whoever asks, however often and for however much: never more than the burst and the rate since, in any window', () => {
  const asks = fc.array(
    fc.record({
      pause: fc.oneof(fc.constant(0), fc.nat(300_000), fc.nat(5_000_000)),
      want: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  const rates = fc.record({
    perSecond: fc.integer({ min: 1, max: 1000 }),
    burst: fc.integer({ min: 1, max: 50 }),
  })
  fc.assert(
    fc.property(rates, asks, (some, list) => {
      const grants: { at: number; granted: number }[] = []
      let at = now
      let fullAt: number | undefined
      for (const { pause, want } of list) {
        at += pause
        const taken = take(some, at, fullAt, want)
        if ('againAt' in taken) {
          // Never told to wait for longer than one request takes.
          expect(taken.againAt).toBeGreaterThan(at)
          expect(taken.againAt).toBeLessThanOrEqual(at + costOf(some))
          continue
        }
        fullAt = taken.fullAt
        grants.push({ at, granted: taken.granted })
      }
      for (const [from, first] of grants.entries()) {
        let sum = 0
        for (const last of grants.slice(from)) {
          sum += last.granted
          const seconds = (last.at - first.at) / 1e6
          expect(sum).toBeLessThanOrEqual(some.burst + some.perSecond * seconds + 1e-6)
        }
      }
    }),
    { seed: 20261121, numRuns: 500 },
  )
})

const lease = (had: number, left: number, lapsed: boolean) =>
  nextLease(defaultRate, { granted: had, left, lapsed })

describe('an instance takes tokens ahead', () => {
  test('one at first, so that a key that asks now and then loses none', () => {
    expect(lease(0, 0, true)).toBe(1)
    expect(lease(1, 0, true)).toBe(1)
  })
  test('twice as many each time they are used up, to a tenth of a second’s worth', () => {
    expect([1, 2, 4, 8, 16, 20].map(had => lease(had, 0, false))).toEqual([2, 4, 8, 16, 20, 20])
    expect(nextLease({ perSecond: 5, burst: 5 }, { granted: 1, left: 0, lapsed: false })).toBe(1)
  })
  test('as many as were used when some were lost', () => {
    expect(lease(20, 15, true)).toBe(5)
    expect(lease(20, 20, true)).toBe(1)
  })
})
