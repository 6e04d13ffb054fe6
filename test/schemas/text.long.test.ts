// Five thousand names and numbers by chance, each; text.test.ts has three hundred.
import { test } from 'vitest'
import { namesAreSeen, numbersAreThemselves } from './any-text.ts'

test('of names something is seen, and nothing in them reorders, breaks or lost text', () => {
  namesAreSeen(5000)
})

test('no two numbers differ by what is not seen', () => {
  numbersAreThemselves(5000)
})
