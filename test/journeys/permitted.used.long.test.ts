// The permission table in use: what each function does needs all that its role allows. That a function fails without
// any one of it is what permitted.long.test.ts shows.
import { expect, test } from 'vitest'
import { deployedFunctions } from '../infra/template.ts'
import { granted, nameOf, permittedHub, slow } from './permitted.ts'

const { scenarios, used, doubly } = await permittedHub()

test('there is a scenario for each function', () => {
  expect(Object.keys(scenarios).toSorted()).toEqual(
    deployedFunctions()
      .map(({ name }) => name)
      .toSorted(),
  )
})

test.each(Object.entries(scenarios))('%s does what it is there for', slow, async (_, scenario) => {
  await scenario()
})

test('and needs every action of every statement that its role has', () => {
  expect(granted.map(nameOf).filter(name => !used.has(name))).toEqual([])
})

test('and no call is allowed twice: a statement that goes is missed', () => {
  expect([...doubly]).toEqual([])
})
