// What somebody types or pastes as a folio, before anything of it is sent: whole or without its last sign, and copied
// well; and what may be a name, which goes no further.
import { describe, expect, test } from 'vitest'
import { folioIn, isMiscopied, oddSign } from '../../console/src/typed.ts'
import { folio, readFolio } from '../../events/folio.ts'

const folios = Array.from({ length: 200 }, (_, n) => folio(Uint8Array.of(7, n, 3, 250 - n, n)))

test('a folio is found with its last sign or without, however it is typed', () => {
  for (const whole of folios)
    for (const typed of [
      whole,
      whole.toLowerCase(),
      whole.slice(0, -2),
      whole.replaceAll('-', ''),
      whole.replace('REF-', '').replaceAll('1', 'l').replaceAll('0', 'o'),
    ])
      expect([typed, isMiscopied(typed)]).toEqual([typed, false])
  for (const whole of folios) expect(folioIn(whole)).toBe(whole)
})

describe('a folio that was pasted', () => {
  // Hyphen, non-breaking hyphen, figure dash, en dash, em dash, horizontal bar, minus sign; blanks, and none.
  const between = [
    ...Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212 \u00A0\u202F\u2009'),
    '  ',
    '',
  ]
  const unseen = Array.from(
    '\u200B\u200C\u200D\u2060\uFEFF\u00AD\u200E\u200F\u202A\u202C\u2066\u2069',
  )

  test.each(between.map(sign => [sign]))('with %j between its groups is that folio', sign => {
    for (const whole of folios)
      for (const text of [whole, whole.toLowerCase(), whole.slice(0, -2)]) {
        const found = folioIn(text.replaceAll('-', sign)) ?? ''
        expect([text, isMiscopied(found), readFolio(found)]).toEqual([text, false, whole])
      }
  })

  test.each(unseen.map(sign => [sign]))('with %j in it is that folio', sign => {
    for (const whole of folios)
      expect(folioIn(`${sign}${whole.split('').join(sign)}${sign}`)).toBe(whole)
  })

  test('without REF is found by its groups and last sign, with a digit in them or not', () => {
    const letters = folio(Uint8Array.of(0x52, 0xd8, 0xd6, 0x31, 0x8c))
    expect(letters).toMatch(/^REF-[A-Z]{4}-[A-Z]{4}-.$/)
    for (const whole of [...folios, letters])
      for (const sign of ['-', '\u2013', ' ']) {
        const found = folioIn(whole.replace('REF-', '').replaceAll('-', sign)) ?? ''
        expect([whole, readFolio(found)]).toEqual([whole, whole])
      }
  })
})

test.each([
  'Canarioprueba',
  'Prueba',
  'Caanarez',
  'Juan Jose',
  'Rosa 1998',
  'Anna-Lisa',
  'Ana\u00A0Caan',
  '',
])('what may be a name is no folio: %j', typed => {
  expect(folioIn(typed)).toBeUndefined()
})

test('one whose last sign is another’s was copied wrongly', () => {
  for (const whole of folios) {
    const other = whole.endsWith('7') ? '8' : '7'
    for (const sign of ['-', '\u2013', ' ', '\u200B'])
      expect(isMiscopied(`${whole.slice(0, -1)}${other}`.replaceAll('-', sign))).toBe(true)
  }
})

test('a last sign that looks like none of it is pointed at', () => {
  const signs = new Set(folios.map(oddSign))
  expect(signs).toEqual(new Set([undefined, '*', '~', '$', '=']))
  expect(oddSign('REF-7K2M-9QXB-S')).toBeUndefined()
  expect(isMiscopied('REF-7K2M-9QXB-S')).toBe(false)
})
