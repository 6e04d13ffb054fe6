// Journeys that meet no faults in the long run are few, and there.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unfaulted } from '../../vitest.config.ts'

const journeys = join(import.meta.dirname, '../journeys')

test('each journey that is left out of the faults is there, and says why', () => {
  for (const [name, why] of Object.entries(unfaulted)) {
    expect([name, existsSync(join(journeys, `${name}.test.ts`))]).toEqual([name, true])
    expect(why.split(' ').length, name).toBeGreaterThan(4)
  }
  expect(Object.keys(unfaulted).length).toBeLessThanOrEqual(5)
})
