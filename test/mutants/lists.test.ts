// The lists of mutants keep up with the code: each finds what it breaks, and names tests that there are. What dies:
// `npm run test:mutants`.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allMutants, faultOf } from './lists.ts'

const root = join(import.meta.dirname, '../..')
const mutants = await allMutants()

test('every mutant finds what it breaks exactly once, changes it, and names tests that exist', () => {
  const faults = mutants.flatMap(mutant => {
    const fault = faultOf(root, mutant)
    return fault === undefined ? [] : [`${mutant.name}: ${fault}`]
  })
  expect(faults).toEqual([])
})

test('mutants have names of their own', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
})
