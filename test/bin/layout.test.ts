// Tables and facts fit the columns there are; nothing is ever cut.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { facts, folded, table, widthOf } from '../../bin/layout.ts'

test.each([
  ['', 0],
  ['canción', 7],
  ['cancio\u0301n', 7],
  ['日本', 4],
  ['한국어', 6],
  ['ﾊﾝｶｸ', 4],
  ['👍🏽', 2],
  ['🇬🇹', 2],
  ['❤\u{fe0f}', 2],
  ['K’iche’', 7],
])('%s takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns)
})

const id = '019a0000-0000-7000-8000-000000000000'
const keyid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
const word = fc.constantFrom(
  'REF-0000-0000-0',
  id,
  keyid,
  'Aceptada',
  '日本語',
  'cancio\u0301n',
  'a',
)
const cell = fc.array(word, { maxLength: 6 }).map(words => words.join(' '))
const rows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 4 })
const heading = ['folio', 'estado', 'responder antes', 'siguiente paso']
/** Every letter of a text that is not a space, in no order: what must still be there. */
const letters = (text: string) =>
  Array.from(text.replace(/[\s─]/gu, ''))
    .toSorted()
    .join('')

test.each([80, 40, 20])('a table fits %i columns, and every letter is still there', columns => {
  fc.assert(
    fc.property(rows, cells => {
      const lines = table(heading, cells, columns)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns)
      const kept = heading.map((_, column) => cells.some(row => row[column] !== ''))
      const titles = heading.filter((_, column) => kept[column])
      const found = letters(lines.join(''))
      const once = letters(cells.flat().join(''))
      // Side by side the titles stand there once, stacked once for each row.
      expect([
        letters(once + titles.join('')),
        letters(once + titles.join('').repeat(cells.length)),
      ]).toContain(found)
    }),
  )
})

test.each([80, 40, 20])('facts fit %i columns', columns => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...heading), cell)), known => {
      const lines = facts(known, columns)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns)
      expect(letters(lines.join(''))).toBe(letters(known.flat().join('')))
    }),
  )
})

test('a text is folded at its spaces; what is longer than a line goes on in the next', () => {
  expect(folded('uno dos tres', 8)).toEqual(['uno dos', 'tres'])
  expect(folded(`a ${id}`, 20)).toEqual(['a', id.slice(0, 20), id.slice(20)])
  expect(folded('', 20)).toEqual([''])
})

test('at 80 columns a list is a table, at 40 each row stands by itself', () => {
  const row = ['REF-0000-0000-0', 'Aceptada', '2026-11-21 06:00', 'empezar la atención']
  expect(table(heading, [row], 80)).toHaveLength(3)
  expect(table(heading, [row, row], 40)).toEqual([
    '  folio            REF-0000-0000-0',
    '  estado           Aceptada',
    '  responder antes  2026-11-21 06:00',
    '  siguiente paso   empezar la atención',
    '',
    '  folio            REF-0000-0000-0',
    '  estado           Aceptada',
    '  responder antes  2026-11-21 06:00',
    '  siguiente paso   empezar la atención',
  ])
})

test('a column that is empty in every row is left out', () => {
  expect(
    table(
      ['a', 'b'],
      [
        ['1', ''],
        ['2', ''],
      ],
    )[0],
  ).toBe('a')
})
