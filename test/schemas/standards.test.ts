import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  CalendarDate,
  Code,
  Country,
  ExpiryDate,
  PartialDate,
  Phone,
  listOf,
} from '../../schemas/standards.ts'

const accepts = (shape: z.ZodType) => (value: unknown) => shape.safeParse(value).success

describe('countries', () => {
  const xCodes = ['XXA', 'XXB', 'XXC', 'XXX']
  const iso = Country.options.filter(code => !xCodes.includes(code))

  test('there are the 249 countries of ISO 3166-1 and the four ICAO codes for persons without one', () => {
    expect(new Set(iso).size).toBe(249)
    expect(Country.options).toHaveLength(253)
    for (const code of xCodes) expect(Country.options).toContain(code)
  })

  test('the list is that of the iso-codes project, code by code', () => {
    const digest = createHash('sha256').update(iso.toSorted().join(' ')).digest('hex')
    expect(digest).toBe('9b9a41be481859e4c888e5d9dd5f7ca55bb3b3050529266723ff5cc0d8b98fca')
  })

  test.each(['SLV', 'HND', 'NIC', 'VEN', 'GTM', 'AFG', 'PSE', 'SSD', 'TLS', 'XXA'])(
    '%s is a country',
    code => {
      expect(accepts(Country)(code)).toBe(true)
    },
  )

  test.each(['', 'slv', 'SV', 'ZAR', 'YUG', 'SUN', 'XKX', 'XXD', 'ENG', 'SLV ', 'RKS', 'ANT'])(
    '%j is no country: withdrawn, private, half or misspelt',
    code => {
      expect(accepts(Country)(code)).toBe(false)
    },
  )
})

describe('telephones', () => {
  test.each(['+50200000001', '+1234567', '+123456789012345'])('%s is E.164', phone => {
    expect(accepts(Phone)(phone)).toBe(true)
  })

  test.each([
    '50200000001',
    '+0200000001',
    '+123456',
    '+1234567890123456',
    '+502 0000 0001',
    '+502-0000-0001',
    '0050200000001',
    '+50200000001\n',
    '+٥٠٢٠٠٠٠٠',
    '',
    // Guatemala: eight digits after its code.
    '+5025555123',
    '+502555512345',
    '+502',
  ])('%j is not', phone => {
    expect(accepts(Phone)(phone)).toBe(false)
  })
})

/** Days of a month by the Gregorian rule, without a Date. */
const daysIn = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}
const two = (n: number) => String(n).padStart(2, '0')

describe('dates of birth', () => {
  test('a partial date is accepted exactly when the calendar has it, for every day of two centuries', () => {
    const wrong: string[] = []
    const check = (date: string, known: boolean) => {
      if (accepts(PartialDate)(date) !== known) wrong.push(date)
    }
    for (let year = 1900; year <= 2099; year++) {
      check(`${year}`, true)
      for (let month = 0; month <= 13; month++) {
        check(`${year}-${two(month)}`, month >= 1 && month <= 12)
        for (const day of [0, 1, 27, 28, 29, 30, 31, 32])
          check(`${year}-${two(month)}-${two(day)}`, day >= 1 && day <= daysIn(year, month))
      }
    }
    expect(wrong).toEqual([])
  })

  test.each(['1900-02-29', '2001-02-29', '2026-04-31'])('%s is no day', date => {
    expect(accepts(PartialDate)(date)).toBe(false)
    expect(accepts(CalendarDate)(date)).toBe(false)
  })

  test.each(['2000-02-29', '2024-02-29'])('%s is a leap day', date => {
    expect(accepts(PartialDate)(date)).toBe(true)
    expect(accepts(CalendarDate)(date)).toBe(true)
  })

  test.each(['', '94', '1899', '2100', '1994-5', '1994-05-1', '1994-', '1994/05/14', '14-05-1994'])(
    '%j is no partial date',
    date => {
      expect(accepts(PartialDate)(date)).toBe(false)
    },
  )

  test('a document ends between 1900 and 2100: what programs write for "no date" is none', () => {
    for (const date of ['1900-01-01', '2026-11-21', '2100-12-31'])
      expect(accepts(ExpiryDate)(date)).toBe(true)
    for (const date of [
      '0001-01-01',
      '1899-12-31',
      '2101-01-01',
      '9999-12-31',
      '2026-02-30',
      '2026',
    ])
      expect(accepts(ExpiryDate)(date)).toBe(false)
  })

  test('a whole date is asked for where the contract says date: a year or a month is not enough', () => {
    for (const date of ['2026', '2026-12', '2026-12-01T00:00:00Z'])
      expect(accepts(CalendarDate)(date)).toBe(false)
  })
})

describe('coded values', () => {
  test.each(['none', 'home-electricity', 'a', 'lost-en-route', 'four-words-at-most'])(
    '%s is a code',
    code => {
      expect(accepts(Code)(code)).toBe(true)
    },
  )

  test.each([
    '',
    'Home',
    'two words',
    'five-words-are-a-story',
    '-a',
    'a-',
    'a--b',
    'a1',
    'niña',
    'x'.repeat(41),
  ])('%j is no code: there is no room for a story', code => {
    expect(accepts(Code)(code)).toBe(false)
  })
})

describe('lists', () => {
  test('a list is accepted exactly when its length is allowed and nothing is in it twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 }), list => {
        const twice = list.some((one, i) => list.indexOf(one) !== i)
        const fits = list.length >= 1 && list.length <= 4
        expect(accepts(listOf(z.string(), 1, 4))(list)).toBe(fits && !twice)
      }),
    )
  })

  test('what counts as the same is for the list to say', () => {
    const folded = listOf(z.string(), 1, 4, one => one.toLowerCase())
    expect(accepts(folded)(['a', 'A'])).toBe(false)
    expect(accepts(folded)(['a', 'B'])).toBe(true)
  })

  test('two equal objects are a repetition too', () => {
    expect(accepts(listOf(z.object({ a: z.int() }), 0, 4))([{ a: 1 }, { a: 1 }])).toBe(false)
    expect(accepts(listOf(z.object({ a: z.int() }), 0, 4))([{ a: 1 }, { a: 2 }])).toBe(true)
  })
})
