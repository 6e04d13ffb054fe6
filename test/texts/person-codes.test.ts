// The codes in a person's data have words, in both languages, and nothing else is changed.
import { describe, expect, test } from 'vitest'
import { DocumentType } from '../../schemas/documents.ts'
import { isRegisteredLanguage } from '../../schemas/languages.ts'
import { MigrationStatusCode, Payload } from '../../schemas/payload.ts'
import { Code, Country } from '../../schemas/standards.ts'
import { languagesElse, oftenSpoken } from '../../console/src/refer/question.ts'
import { valueInWords } from '../../texts/code-words.ts'
import { countryCodes, countryName } from '../../texts/countries.ts'
import * as personCodes from '../../texts/person-codes.ts'

const languages = ['es', 'en'] as const

const has = (table: object, codes: readonly string[]) =>
  expect(Object.keys(table).toSorted()).toEqual(codes.toSorted())

describe('a code has words:', () => {
  test('every country, another for each', () => {
    expect(countryCodes.toSorted()).toEqual(Country.options.toSorted())
    for (const language of languages) {
      const names = countryCodes.map(code => countryName(code, language))
      expect(new Set(names).size).toBe(names.length)
      expect(names.filter(name => /^[A-Z]{2,3}$/.test(name))).toEqual([])
    }
    expect(['HND', 'SLV', 'HTI', 'XXA'].map(code => countryName(code, 'es'))).toEqual([
      'Honduras',
      'El Salvador',
      'Haití',
      'persona apátrida',
    ])
  })

  test('every language that the form offers, and each is registered', () => {
    const offered = [...oftenSpoken, ...languagesElse]
    expect(offered.filter(({ value }) => !isRegisteredLanguage(value))).toEqual([])
    for (const language of languages)
      expect(
        offered.filter(({ value, words }) => words(language) === value && value !== 'mam'),
      ).toEqual([])
    expect(new Set(offered.map(({ value }) => value)).size).toBe(offered.length)
  })

  test('every document, status, need and care of the contract', () => {
    has(personCodes.documentLabels, DocumentType.options)
    has(personCodes.migrationLabels, MigrationStatusCode.options)
    const { supportNeeds, protection } = Payload.shape
    has(personCodes.needLabels, supportNeeds.unwrap().shape.needs.element.options)
    has(personCodes.handlingLabels, protection.unwrap().shape.handling.element.options)
  })

  test('what the form offers of an open vocabulary is one that the contract takes', () => {
    const open = { ...personCodes.tradeLabels, ...personCodes.relationshipLabels }
    const more = { ...personCodes.withoutDocumentLabels, ...personCodes.timeLabels }
    const codes = Object.keys({ ...open, ...more, ...personCodes.schoolingLabels })
    expect(codes.filter(code => !Code.safeParse(code).success)).toEqual([])
  })
})

test('a day has its month in words, as exactly as it is known', () => {
  expect(valueInWords('birthDate', '1994-08-05', 'es')).toBe('5 de agosto de 1994')
  expect(valueInWords('birthDate', '1994-08', 'es')).toBe('agosto de 1994')
  expect(valueInWords('birthDate', '1994', 'es')).toBe('1994')
  expect(valueInWords('expiresOn', '2027-01-31', 'en')).toBe('31 January 2027')
  expect(valueInWords('validUntil', '2027-01-31', 'en')).toBe('31 January 2027')
})

describe('what is no code is left as it is:', () => {
  test.each([
    ['givenNames', 'bakery'],
    ['number', 'passport'],
    ['birthDate', 'hacia 1994'],
    ['municipality', '2301'],
    ['municipality', '0199'],
    ['interests', 'a-trade-of-tomorrow'],
    ['nationalities', 'QQQ'],
    ['languages', 'x'],
  ])('%s %s', (member, value) => {
    for (const language of languages) expect(valueInWords(member, value, language)).toBe(value)
  })
})
