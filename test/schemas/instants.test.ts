// Adding time to an instant makes an instant, however much is added: all compare as text.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Instant } from '../../schemas/ids.ts'
import { endOfDay, instantAt, lastInstant, later, startOfDay } from '../../schemas/instants.ts'
import { laterDay } from '../../events/calendar.ts'

const firstInstant = '0000-01-01T00:00:00.000Z'
const day = 86_400_000

describe('an instant so much later', () => {
  test.each([
    ['a day', '2026-11-21T12:00:00.000Z', day, '2026-11-22T12:00:00.000Z'],
    ['a day before', '2026-11-21T12:00:00.000Z', -day, '2026-11-20T12:00:00.000Z'],
    ['up to the last', '9999-12-31T23:59:59.998Z', 1, lastInstant],
    ['the last, a millisecond later', lastInstant, 1, lastInstant],
    ['90 days after the year 9999', lastInstant, 90 * day, lastInstant],
    ['more than a Date holds', '2026-11-21T12:00:00.000Z', 9e15, lastInstant],
    ['without an end', '2026-11-21T12:00:00.000Z', Infinity, lastInstant],
    ['a second before the first', firstInstant, -1000, firstInstant],
    ['before what a Date holds', '2026-11-21T12:00:00.000Z', -9e15, firstInstant],
  ])('%s', (_, at, milliseconds, expected) => {
    expect(later(at, milliseconds)).toBe(expected)
  })

  test('is an Instant by its own schema, and never earlier as text', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(firstInstant), max: new Date(lastInstant), noInvalidDate: true }),
        fc.double({ min: 0, max: 1e17, noNaN: true }),
        (from, milliseconds) => {
          const at = instantAt(from.getTime())
          const then = Instant.parse(later(at, milliseconds))
          expect(then >= at).toBe(true)
          expect(Instant.parse(later(at, -milliseconds)) <= at).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('of no time at all is a fault of ours, and is not made up', () => {
    expect(() => later('never', 1)).toThrow(RangeError)
  })
})

describe('days of Guatemala at both ends of the calendar', () => {
  test.each([
    ['the last one ends with the last instant', endOfDay('9999-12-31'), lastInstant],
    ['and begins at six', startOfDay('9999-12-31'), '9999-12-31T06:00:00.000Z'],
    ['the day after it is itself', laterDay('9999-12-31', 1), '9999-12-31'],
    ['the day before the first is itself', laterDay('0000-01-01', -1), '0000-01-01'],
    ['any other ends before six', endOfDay('2026-11-21'), '2026-11-22T05:59:59.999Z'],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected)
  })
})
