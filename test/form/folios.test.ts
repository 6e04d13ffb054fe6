// What somebody types as a folio, before anything of it is sent: whole or without its last sign, and copied well.
import { expect, test } from 'vitest'
import { isMiscopied, looksLikeFolio, oddSign } from '../../console/src/typed.ts'
import { folio } from '../../events/folio.ts'

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
  for (const whole of folios) expect(looksLikeFolio(whole)).toBe(true)
})

test('one whose last sign is another’s was copied wrongly', () => {
  for (const whole of folios) {
    const other = whole.endsWith('7') ? '8' : '7'
    expect(isMiscopied(`${whole.slice(0, -1)}${other}`)).toBe(true)
  }
})

test('a last sign that looks like none of it is pointed at', () => {
  const signs = new Set(folios.map(oddSign))
  expect(signs).toEqual(new Set([undefined, '*', '~', '$', '=']))
  expect(oddSign('REF-7K2M-9QXB-S')).toBeUndefined()
  expect(isMiscopied('REF-7K2M-9QXB-S')).toBe(false)
})
