// Takes every action of every statement of every role away, one after the other, and sees that the function fails
// without it.
import { expect, test } from 'vitest'
import { granted, nameOf, permittedHub, slow } from './permitted.ts'

const { scenarios, without } = await permittedHub()

test.each(granted.map(one => [nameOf(one), one] as const))(
  'without %s its function fails',
  slow,
  async (_, one) => {
    const scenario = Object.entries(scenarios).find(([name]) => name === one.name)?.[1]
    if (!scenario) throw new Error(`${one.name} has no scenario`)
    await without(one, () => expect(scenario()).rejects.toThrow())
  },
)
