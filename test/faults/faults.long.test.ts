// For every function and every one of its calls to AWS: it fails before, fails after it took effect, its answer is
// lost, it is busy, late, or the instance dies. Whatever it is, after retries and the schedules nothing contradicts
// itself. Some of it: `npm run test:long -- test/faults -t '^post-referral'`.
import { afterAll, expect, test } from 'vitest'
import { hubFunctions } from '../../infra/functions.ts'
import { startFaultyHub } from './inject.ts'
import { type Met, callsOf, described, faultsAt, functionOf, meetFaults } from './loop.ts'
import { workNames } from './work-names.ts'
import { workOn } from './work.ts'

const met: Met[] = []
const say = (line: string) => void process.stdout.write(`${line}\n`)
const summaryOf = (some: readonly Met[]) => {
  const injected = some.filter(({ hit }) => hit)
  const violations = injected.flatMap(({ wrong }) => wrong)
  return `faults injected: ${injected.length}, violations: ${violations.length}`
}
afterAll(() => say(`all together, ${summaryOf(met)}`))

// Each has a hub of its own: what it keeps is looked through after every call's faults, and stays little. Several at
// once, for a function that meets what is late only waits.
test.concurrent.each(workNames)(
  '%s',
  async name => {
    const begun = performance.now()
    const place = await startFaultyHub()
    try {
      const prepare = (await workOn(place))[name]
      const found = new Set<string>()
      const mine: Met[] = []
      for (const faults of faultsAt(await callsOf(place, name, prepare)))
        mine.push(...(await meetFaults(place, { name, prepare, faults }, found)))
      met.push(...mine)
      say(`${name}: ${summaryOf(mine)}, ${Math.round((performance.now() - begun) / 1000)} s`)
      const wrong = mine.filter(one => one.wrong.length > 0).map(described)
      for (const line of wrong) say(`  ${line}`)
      expect(wrong).toEqual([])
      // Faults that no call met would hold nothing.
      expect(mine.filter(({ hit }) => hit).length).toBeGreaterThan(mine.length / 2)
    } finally {
      await place.end()
    }
  },
  20 * 60_000,
)

test('every function that calls AWS has something to do', () => {
  const working = new Set(workNames.map(functionOf))
  const idle = hubFunctions.filter(({ name, may }) => may.length > 0 && !working.has(name))
  expect(idle.map(({ name }) => name)).toEqual([])
})
