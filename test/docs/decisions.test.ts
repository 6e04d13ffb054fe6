// docs/decisions.md: each decision has its number, its date and a heading, so that a comment or a letter can name it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const text = readFileSync(join(import.meta.dirname, '../../docs/decisions.md'), 'utf8')
/** Headings of one decision each, with the line that follows. */
const decisions = [...text.matchAll(/^### (.*)\n\n(.*)$/gm)].map(
  ([, heading = '', first = '']) => ({
    heading,
    first,
  }),
)
const numbers = decisions.map(({ heading }) => Number(/^(\d+)\. /.exec(heading)?.[1]))

test('every heading begins with its number, and none is given twice', () => {
  expect(decisions.length).toBeGreaterThan(250)
  expect(text.match(/^### /gm)?.length).toBe(decisions.length)
  expect(decisions.filter((_, at) => !Number.isInteger(numbers[at]))).toEqual([])
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([])
})

test('every decision begins with its date', () => {
  expect(decisions.filter(({ first }) => !/^\*\d{4}-\d{2}-\d{2}\.\* \S/.test(first))).toEqual([])
})

test('none is a point of a list', () => {
  expect(text.match(/^- \*\*.*$/gm)).toBeNull()
})
