// Text of people and own numbers, character by character.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Name, nameFault, ownNumberFault } from '../../schemas/text.ts'
import { anyText, namesAreSeen, numbersAreThemselves } from './any-text.ts'

describe('a name', () => {
  test.each([
    'Luna',
    'Ñaupari',
    'Jose\u0301', // decomposed, as macOS writes it
    'پرویز',
    '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627', // ZWNJ between Persian letters
    '\u0dc1\u0dca\u200d\u0dbb\u0dd3', // ZWJ in Sinhala
    '\u0d05\u0d28\u0d4d\u200d', // a Malayalam chillu as it was written before Unicode 5.1
    '\u845b\u{e0100}', // a variant that a name in Japanese is written with
    '\u182a\u1820\u180e\u1820', // a Mongolian vowel separator
    'O’Neill de la Cruz',
    "Ma'ayan",
    '李',
    'ti\u02bcu\u02bc',
    'Ana\u00a0María',
    '\u06dd7', // a format character that is seen
    '4ever',
    '١٢٣',
    'a'.repeat(100),
    '𠮷'.repeat(100),
  ])('is %j', name => {
    expect(nameFault(name)).toBeUndefined()
  })

  test.each([
    ['', 'too-small'],
    ['a'.repeat(101), 'too-big'],
    ['𠮷'.repeat(101), 'too-big'],
    ['A\u202EB', 'direction-control'],
    ['Ana\u061c', 'direction-control'],
    ['\u2067Ana\u2069', 'direction-control'],
    ['Ana\u200f', 'direction-control'],
    ['Ana\tPrueba', 'control-character'],
    ['Ana\u0085', 'control-character'],
    ['Ana\u2028Prueba', 'control-character'],
    ['Ana\u2029', 'control-character'],
    ['Jos\ufffd', 'replacement-character'],
    ['Jos\ufffc', 'replacement-character'],
    ['Ana\ue000', 'unassigned-character'],
    ['Ana\u0378', 'unassigned-character'],
    ['Ana\u{10ffff}', 'unassigned-character'],
    ['Ana\ufdd0', 'unassigned-character'],
    ['Ana\ud800', 'unassigned-character'],
    ...[
      '   ',
      '\u00a0',
      '\u3000',
      '\u200b',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u200c\u200d',
      '\u3164',
      '\u115f\u1160',
      '\uffa0',
      '\u2800',
      '\u{13441}\u{13442}',
      '\u{e0041}',
      '\u0301',
      '\u034f',
      '\ufe0f',
      '-',
      '???',
      '…',
      '❤️',
    ].map(text => [text, 'nothing-visible'] as const),
    ['Ana\u200bPrueba', 'invisible-character'],
    ['\ufeffAna', 'invisible-character'],
    ['Ana\u{e0041}', 'invisible-character'],
    ['\u200cعلی', 'invisible-character'],
    ['علی\u200c', 'invisible-character'],
    ['Ana \u200d Prueba', 'invisible-character'],
    ['ع\u200c\u200cل', 'invisible-character'],
  ] as const)('is not %j: %s', (name, code) => {
    expect(nameFault(name)).toBe(code)
  })

  test('whatever it has, nothing that reorders, breaks or lost text is in it, and something is seen', () => {
    namesAreSeen(300)
  })

  test('is spoilt by any of these, wherever it comes', () => {
    const spoiling = [
      '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
      '\u0000\u0009\u000a\u001b\u007f\u0085\u009f\u2028\u2029\ufffd\ue000\u{f0000}\u0378\ufffe',
    ].join('')
    fc.assert(
      fc.property(fc.constantFrom(...Array.from(spoiling)), fc.nat(6), (character, place) => {
        const text = `${'Prueba'.slice(0, place)}${character}${'Prueba'.slice(place)}`
        expect(nameFault(text)).toBeDefined()
      }),
    )
  })

  test('is kept byte for byte', () => {
    fc.assert(
      fc.property(anyText, text => {
        const parsed = Name.safeParse(text)
        if (parsed.success) expect(parsed.data).toBe(text)
        expect(parsed.success).toBe(nameFault(text) === undefined)
      }),
    )
  })
})

describe('an own number', () => {
  test.each(['X', '1', '#', 'EXP 2026/00041-ñ', '文'.repeat(64), 'علی-7'])('is %j', number => {
    expect(ownNumberFault(number)).toBeUndefined()
  })

  test.each([
    ['', 'too-small'],
    ['x'.repeat(65), 'too-big'],
    ['   ', 'blank-at-end'],
    ['PRUEBA-1 ', 'blank-at-end'],
    [' PRUEBA-1', 'blank-at-end'],
    ['PRUEBA-1\u00a0', 'blank-at-end'],
    ['PRUEBA\u00a01', 'invisible-character'],
    ['PRUEBA-1\u200b', 'invisible-character'],
    ['PRUEBA\u00ad1', 'invisible-character'],
    ['\ufeffPRUEBA-1', 'blank-at-end'],
    ['PRUEBA\u200d1', 'invisible-character'],
    ['PRUEBA\u034f1', 'invisible-character'],
    ['PRUEBA\u31641', 'invisible-character'],
    ['PRUEBA\u28001', 'invisible-character'],
    ['PRUEBA-1\ufe0f', 'invisible-character'],
    ['PRUEBA-e\u0301', 'not-nfc'],
    ['\u212b-1', 'not-nfc'],
    ['\u0301', 'nothing-visible'],
    ['a\nb', 'control-character'],
    ['a\u202eb', 'direction-control'],
    ['a\ufffd', 'replacement-character'],
  ])('is not %j: %s', (number, code) => {
    expect(ownNumberFault(number)).toBe(code)
  })

  test('no two of them differ by what is not seen: composed, trimmed and stripped, each is itself', () => {
    numbersAreThemselves(300)
  })
})

// What looks at each character for each other would take minutes.
test('the longest body’s worth of one character is refused at once', { timeout: 10_000 }, () => {
  for (const character of ['a', ' ', 'ñ', '\u200c', '\u0d4d', 'e\u0301', '\ufffd'])
    for (const fault of [nameFault, ownNumberFault])
      expect(fault(character.repeat(120_000))).toBeDefined()
})
