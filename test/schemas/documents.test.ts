// Numbers that are none, and whose a document is.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldErrors } from '../../schemas/field-errors.ts'
import {
  DocumentType,
  SentDocument,
  isPlaceholder,
  issuingCountryOf,
} from '../../schemas/documents.ts'

const wrongIn = (document: object) => {
  const { error } = SentDocument.safeParse(document, { reportInput: true })
  return error ? fieldErrors(error).map(({ pointer, code }) => `${pointer} ${code}`) : []
}

describe('what stands where a number should', () => {
  const none =
    'S/N|s/n|S.N.|N/A|n.a.|ND|0|00|00000000|0000-0000|000.000|X|XXXX|xxxxxxxx|99999999|11111111|AAAA|PENDIENTE|No tiene|ninguno|En trámite|DESCONOCIDO|sin numero|unknown|TBD|A-0000|PRUEBA-000000|S/N 1|S/N-02|XX1|N/A 3|PENDIENTE 2|Sin número 7|-|.|---|'.split(
      '|',
    )
  test.each(none)('%j is no number', number => {
    expect(isPlaceholder(number)).toBe(true)
    const document = { type: 'passport', number, issuingCountry: 'HND' }
    expect(wrongIn(document)).toEqual(['/number leave-out-and-give-reason'])
  })

  test.each(['T000001', 'PRUEBA-000001', 'N1234567', 'E00000012', '1234', 'XX123456', 'SN-204417'])(
    '%j is one',
    number => {
      expect(wrongIn({ type: 'passport', number, issuingCountry: 'HND' })).toEqual([])
    },
  )

  test('whatever has no digit but nought, or one character only, is no number', () => {
    const letters = fc.stringMatching(/^[A-Za-z ./-]{0,10}$/)
    fc.assert(
      fc.property(letters, letters, fc.nat(8), (before, behind, noughts) => {
        expect(isPlaceholder(`${before}${'0'.repeat(noughts)}${behind}`)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z0-9]$/),
        fc.integer({ min: 1, max: 40 }),
        (one, times) => {
          expect(isPlaceholder(one.repeat(times))).toBe(true)
        },
      ),
    )
  })

  test('who leaves it out and gives the reason is taken at their word', () => {
    expect(wrongIn({ type: 'passport', issuingCountry: 'HND', reason: 'lost-en-route' })).toEqual(
      [],
    )
    expect(wrongIn({ type: 'passport', reason: 'lost-en-route' })).toEqual([])
  })
})

describe('a CUI', () => {
  test.each(['0000000000101', '0000 00000 0101', '0000-00000-0101', '1234 56789 0101'])(
    'is taken as it is printed: %s',
    number => {
      expect(wrongIn({ type: 'dpi-foreign-resident', number })).toEqual([])
      expect(SentDocument.parse({ type: 'dpi-foreign-resident', number })).toMatchObject({ number })
    },
  )

  test.each(['0000 00000 0102.', '0000.00000.0101', '0000/00000/0101', '0000 00001 0101', '12'])(
    'is not %s',
    number => {
      expect(wrongIn({ type: 'dpi-foreign-resident', number })).toEqual(['/number cui'])
    },
  )
})

describe('whose a document is', () => {
  const number = 'PRUEBA-1'
  const cui = '0000000000101'
  const numberOf = (type: string) => (type === 'dpi-foreign-resident' ? cui : number)

  test('a document that any country issues needs its country, as soon as it has a number', () => {
    const asked = DocumentType.options.filter(type =>
      wrongIn({ type, number: numberOf(type) }).includes('/issuingCountry required'),
    )
    expect(asked).toEqual(['passport', 'national-id', 'birth-certificate', 'other'])
  })

  test('one of the Guatemalan state is Guatemala’s, said or not; UNHCR is no country', () => {
    const implied = DocumentType.options.filter(type => issuingCountryOf({ type }) === 'GTM')
    expect(implied).toEqual([
      'provisional-stay',
      'humanitarian-stay',
      'refugee-certificate',
      'refugee-card',
      'temporary-residence',
      'permanent-residence',
      'dpi-foreign-resident',
    ])
    for (const type of implied)
      for (const stated of [{}, { issuingCountry: 'GTM' }])
        expect(wrongIn({ type, number: numberOf(type), ...stated })).toEqual([])
    const unhcr = { type: 'unhcr-certificate', number, issuingCountry: 'GTM' } as const
    expect([wrongIn(unhcr), issuingCountryOf(unhcr)]).toEqual([[], undefined])
  })

  test('what no other country has is refused for another, and Guatemala named', () => {
    const refused = DocumentType.options.filter(type => {
      const { error } = SentDocument.safeParse(
        { type, number: numberOf(type), issuingCountry: 'HND', reason: 'other' },
        { reportInput: true },
      )
      const allowed = { pointer: '/issuingCountry', code: 'not-allowed', allowed: ['GTM'] }
      return (
        error && fieldErrors(error).some(one => JSON.stringify(one) === JSON.stringify(allowed))
      )
    })
    expect(refused).toEqual(['provisional-stay', 'humanitarian-stay', 'dpi-foreign-resident'])
  })
})
