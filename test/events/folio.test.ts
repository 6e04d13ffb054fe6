import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folio, isFolio, readFolio } from '../../events/folio.ts'
import { Folio } from '../../schemas/ids.ts'

const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const withChecks = `${base32}*~$=U`
const fiveBytes = fc.uint8Array({ minLength: 5, maxLength: 5 })
const bytesOf = (value: number) => {
  const bytes = Buffer.alloc(5)
  bytes.writeUIntBE(value, 0, 5)
  return bytes
}

describe('known folios', () => {
  test.each([
    [0, 'REF-0000-0000-0'],
    [1, 'REF-0000-0001-1'],
    [31, 'REF-0000-000Z-Z'],
    [32, 'REF-0000-0010-*'],
    [33, 'REF-0000-0011-~'],
    [34, 'REF-0000-0012-$'],
    [35, 'REF-0000-0013-='],
    [36, 'REF-0000-0014-U'],
    [37, 'REF-0000-0015-0'],
    // The number 1234 is 16J with check symbol D in the published implementations of Crockford's base32.
    [1234, 'REF-0000-016J-D'],
    [2 ** 40 - 1, `REF-ZZZZ-ZZZZ-${withChecks.charAt((2 ** 40 - 1) % 37)}`],
  ])('%i is %s', (value, text) => {
    expect(folio(bytesOf(value))).toBe(text)
    expect(isFolio(text)).toBe(true)
  })
})

test('a folio is Crockford’s base32 of its 40 bits, in the form that the contract promises', () => {
  fc.assert(
    fc.property(fiveBytes, bytes => {
      const text = folio(bytes)
      const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
      const digits = bits.match(/.{5}/g)?.map(five => base32[Number.parseInt(five, 2)])
      expect(text.replaceAll('-', '').slice(3, 11)).toBe(digits?.join(''))
      expect(Folio.safeParse(text).success).toBe(true)
      expect(isFolio(text)).toBe(true)
    }),
  )
})

test('a folio is made of five bytes and of no other number', () => {
  for (const length of [0, 4, 6, 16])
    expect(() => folio(new Uint8Array(length))).toThrow(RangeError)
})

/** Where the symbols of a folio stand: not the prefix, not the hyphens. */
const places = [4, 5, 6, 7, 9, 10, 11, 12, 14]
const set = (text: string, place: number, symbol: string) =>
  text.slice(0, place) + symbol + text.slice(place + 1)

const singleErrors = (text: string) =>
  places.flatMap(place =>
    (place === 14 ? withChecks : base32)
      .split('')
      .filter(symbol => symbol !== text[place])
      .map(symbol => set(text, place, symbol)),
  )
const swaps = (text: string) =>
  places.slice(1).flatMap((place, i) => {
    const before = places[i] ?? 0
    const [one, other] = [text.charAt(before), text.charAt(place)]
    return one === other ? [] : [set(set(text, before, other), place, one)]
  })

describe('a folio that was copied wrongly', () => {
  test.each([0, 1, 36, 37, 1234, 0x12_3456_789a, 2 ** 40 - 1])(
    'of folio %i, every one of the 284 single wrong symbols is noticed',
    value => {
      const wrong = singleErrors(folio(bytesOf(value)))
      expect(wrong).toHaveLength(8 * 31 + 36)
      expect(wrong.filter(isFolio)).toEqual([])
    },
  )

  test('a single wrong symbol is noticed in any folio', () => {
    fc.assert(
      fc.property(fiveBytes, bytes => {
        expect(singleErrors(folio(bytes)).filter(isFolio)).toEqual([])
      }),
    )
  })

  test('two neighbours swapped are noticed in any folio, across the hyphens too', () => {
    expect(swaps(folio(bytesOf(0x12_3456_789a))).length).toBe(8)
    fc.assert(
      fc.property(fiveBytes, bytes => {
        expect(swaps(folio(bytes)).filter(isFolio)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    '',
    'REF',
    'ref-0000-0001-1',
    'REF-00000001-1',
    'REF-0000-0001',
    'REF-0000-0001-11',
    'REF-0000-0001-1\n',
    ' REF-0000-0001-1',
    'REF-0000-000I-1',
    'REF-0000-000l-1',
    'REF-OOOO-0001-1',
  ])('%j is no folio', text => {
    expect(isFolio(text)).toBe(false)
  })
})

describe('a folio that a person has typed', () => {
  test.each([0, 1, 32, 36, 1234, 0x12_3456_789a, 2 ** 40 - 1])(
    'is read in every spelling (%i)',
    value => {
      const text = folio(bytesOf(value))
      const [, four, more, check] = text.split('-') as [string, string, string, string]
      const spellings = [
        text,
        `REF-${four}-${more}`,
        `REF${four}${more}${check}`,
        `REF${four}${more}`,
        `${four}-${more}-${check}`,
        `${four}${more}`,
        text.replaceAll('0', 'O').replaceAll('1', 'I'),
        text.replaceAll('1', 'L'),
      ]
      for (const spelling of spellings)
        expect([readFolio(spelling), readFolio(spelling.toLowerCase())]).toEqual([text, text])
    },
  )

  test('with any single wrong symbol is none, when its check symbol is there', () => {
    const wrong = singleErrors(folio(bytesOf(1234)))
    expect(wrong.filter(text => readFolio(text) !== undefined)).toEqual([])
  })

  test.each(['', 'REF', 'REF-', '0000-000', '0000-00000-00', 'REF-REF-0000-0000', 'REF-000U-0000'])(
    '%j is none',
    text => {
      expect(readFolio(text)).toBeUndefined()
    },
  )
})
