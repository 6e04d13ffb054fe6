// Languages of people, against the IANA registry and, where it knows them, against ICU.
import * as fc from 'fast-check'
import registry from 'language-subtag-registry/data/json/language.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { fieldErrors } from '../../schemas/field-errors.ts'
import { LanguageTag, Languages, isRegisteredLanguage } from '../../schemas/languages.ts'

const codesOf = (shape: z.ZodType, value: unknown): string[] => {
  const { error } = shape.safeParse(value, { reportInput: true })
  return error ? fieldErrors(error).map(({ code }) => code) : []
}

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

  test('is every language of the registry, in any case, and no other two or three letters', () => {
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
