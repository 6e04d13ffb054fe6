// Languages of people, against the IANA registry and, where it knows them, against ICU.
import * as fc from 'fast-check'
import registry from 'language-subtag-registry/data/json/language.json' with { type: 'json' }
import regions from 'language-subtag-registry/data/json/region.json' with { type: 'json' }
import scripts from 'language-subtag-registry/data/json/script.json' with { type: 'json' }
import variants from 'language-subtag-registry/data/json/variant.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { fieldErrors } from '../../schemas/field-errors.ts'
import {
  languageBits,
  regionSubtags,
  scriptSubtags,
  variantSubtags,
} from '../../schemas/language-subtags.ts'
import { LanguageTag, Languages, isRegisteredLanguage, place } from '../../schemas/languages.ts'

const codesOf = (shape: z.ZodType, value: unknown): string[] => {
  const { error } = shape.safeParse(value, { reportInput: true })
  return error ? fieldErrors(error).map(({ code }) => code) : []
}

/** As schemas/language-subtags.ts writes a list; ranges are of private use. */
const listed = (subtags: object): string[] =>
  Object.keys(subtags)
    .filter(subtag => !subtag.includes('..'))
    .toSorted()
/** As it writes languages. */
const bitsOf = (subtags: string[]): string[] => {
  const bytes = new Uint8Array(Math.ceil(27 ** 3 / 8))
  for (const at of subtags.map(place)) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7))
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,96}/g) ?? []
  )
}

// What differs is what is to be written there.
test.each([
  ['languages', languageBits, bitsOf(listed(registry))],
  ['scripts', scriptSubtags, listed(scripts)],
  ['regions', regionSubtags, listed(regions)],
  ['variants', variantSubtags, listed(variants)],
])('the %s that the hub knows are those of the registry', (_, known, registered) => {
  expect(known.trim().split(/\s+/)).toEqual(registered)
})

test('the registry has languages of two and three letters only', () => {
  expect(listed(registry).filter(subtag => !/^[a-z]{2,3}$/.test(subtag))).toEqual([])
})

describe('a language', () => {
  // What the people speak whom IGM meets, and the languages of Guatemala.
  test.each(
    'es en ht pt fr ar fa ps ti am so ru zh hi ur bn wo ln sw es-GT es-419 zh-Hans zh-Hant-TW de-CH-1996 yue'.split(
      ' ',
    ),
  )('is %s', tag => {
    expect(codesOf(LanguageTag, tag)).toEqual([])
  })

  test.each(
    'acr agu cab cak chf ctu itz ixl jac kek kjb knj mam mop poc poh quc tzj toj ttc usp xin'.split(
      ' ',
    ),
  )('is %s, spoken in Guatemala or next to it', tag => {
    expect(codesOf(LanguageTag, tag)).toEqual([])
  })

  test.each([
    '',
    'e',
    'es_GT',
    'es-',
    '-es',
    'es--GT',
    'español',
    'es GT',
    'zh-yue',
    'x'.repeat(9),
  ])('is not %j, which is no tag at all', tag => {
    expect(codesOf(LanguageTag, tag)).toEqual(['language-tag'])
  })

  test.each([
    'spanish',
    'espanol',
    'quiche',
    'xx',
    'spa',
    'es-XX',
    'es-Latm',
    'es-fonpia',
    'qaa',
    'x-kiche',
    'es-x-quiche',
    'es-u-co-trad',
    'es-GT-MX-fonipa',
    'constructor',
    'toString',
  ])('is not %j, of which some part is not registered', tag => {
    expect(codesOf(LanguageTag, tag)).not.toEqual([])
    expect(isRegisteredLanguage(tag)).toBe(false)
  })

  test('is every language of the registry', () => {
    expect(listed(registry).filter(tag => !isRegisteredLanguage(tag))).toEqual([])
  })

  test('is no other two or three letters, in any case', () => {
    const letters = fc.stringMatching(/^[a-z]{2,3}$/)
    fc.assert(
      fc.property(letters, fc.boolean(), (tag, upper) => {
        expect(isRegisteredLanguage(upper ? tag.toUpperCase() : tag)).toBe(
          Object.hasOwn(registry, tag),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('whatever ICU has a name for is one, if it is written as BCP 47 wants it', () => {
    const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
    const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
    const known = letters
      .flatMap(a => letters.map(b => a + b))
      .filter(tag => Intl.getCanonicalLocales(tag)[0] === tag && names.of(tag) !== undefined)
    expect(known.length).toBeGreaterThan(150)
    expect(known.filter(tag => !isRegisteredLanguage(tag))).toEqual([])
  })

  test('has at most 35 characters', () => {
    const tag = `de-${'1901-'.repeat(8)}`
    expect(codesOf(LanguageTag, tag)).toContain('too-big')
  })
})

describe('the languages of a person', () => {
  test.each([
    [['es', 'quc'], []],
    [['es', 'es-GT'], []],
    [['es', 'ES'], ['repeated']],
    [['zh-hans', 'ZH-Hans'], ['repeated']],
    [['iw', 'he'], ['repeated']],
    [[], ['too-small']],
  ])('%j: %j', (list, codes) => {
    expect(codesOf(Languages, list)).toEqual(codes)
  })
})
