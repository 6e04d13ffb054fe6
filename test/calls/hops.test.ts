import { expect, test } from 'vitest'
import { type Span, hopOf, hopsOf } from './hops.ts'

const span = (begun: number, ended: number): Span => ({ begun, ended })

test.each<[name: string, spans: Span[], hops: number[]]>([
  ['no call', [], []],
  ['one after the other', [span(0, 25), span(26, 51), span(52, 77)], [1, 2, 3]],
  ['side by side', [span(0, 25), span(1, 26), span(3, 28)], [1, 1, 1]],
  ['two, and one that waits for both', [span(0, 25), span(2, 40), span(41, 66)], [1, 1, 2]],
  [
    'one that runs beside a chain of two',
    [span(0, 25), span(1, 80), span(26, 51), span(81, 99)],
    [1, 1, 2, 3],
  ],
  ['in whatever order they ended', [span(30, 55), span(0, 25), span(56, 81)], [2, 1, 3]],
])('%s', (_, spans, hops) => {
  expect(hopOf(spans)).toEqual(hops)
  expect(hopsOf(spans)).toBe(Math.max(0, ...hops))
})
