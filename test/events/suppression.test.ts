// What a report hides is hidden from an attacker who tries every history (attacked-report.ts), and from one who has the
// reports of before. Three quarters are tried by suppression.long.test.ts.
import { describe, expect, test } from 'vitest'
import { following } from '../../events/suppression.ts'
import { expectNothingComputed, reportOf } from './attacked-report.ts'

describe('an attacker who tries every history', () => {
  test.each([
    ['one quarter', 1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['two quarters', 2, [0, 1, 2, 3, 4, 5, 8]],
  ] as const)('computes no hidden number of persons: %s', (_, count, values) => {
    expectNothingComputed(count, values)
  })
})

/** Numbers of a report by where they stand. */
const numbersOf = (value: unknown, path = ''): [string, number][] =>
  typeof value === 'number'
    ? [[path, value]]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, each]) => numbersOf(each, `${path}/${name}`))
      : []

describe('two reports in a row', () => {
  test('never differ by one to four, and never by five from the truth', () => {
    let before = {}
    let last = new Map<string, number>()
    const two = [
      [0, 0, 0],
      [0, 0, 0],
    ] as [number, number, number][]
    for (let step = 0; step < 400; step++) {
      // One person more in one of the quarters, or one a stage further; each fifth step, a milestone less.
      const reached = two[step % 7 < 4 ? 0 : 1] as [number, number, number]
      if (step % 5 === 4) reached[2] = Math.max(0, reached[2] - 1)
      else if (step % 3 === 0) reached[0] += 1
      else if (step % 3 === 1 && reached[1] < reached[0]) reached[1] += 1
      else if (reached[2] < reached[1]) reached[2] += 1
      const { report, published } = reportOf(two, before)
      before = published
      const { asOf: _, target: __, answers: ___, ...counted } = report
      const now = new Map(numbersOf(counted))
      for (const [path, n] of now) {
        const moved = Math.abs(n - (last.get(path) ?? n))
        if (n >= 5 && (last.get(path) ?? 0) >= 5)
          expect([path, moved === 0 || moved >= 5]).toEqual([path, true])
      }
      const referred = two.map(([n]) => n)
      const exact = referred.every(n => n === 0 || n >= 5)
      const { referred: shown } = report.persons
      if (exact && typeof shown === 'number')
        expect(Math.abs(shown - (referred[0] ?? 0) - (referred[1] ?? 0))).toBeLessThan(5)
      last = now
    }
  })

  test('a number that was none begins anew: what it was before that says nothing of it', () => {
    let before = {}
    const shown = [6, 5, 0, 5, 8].map(persons => {
      const { report, published } = following({ persons }, before)
      before = published
      return report.persons
    })
    expect(shown).toEqual([6, 6, 0, 5, 5])
  })
})
