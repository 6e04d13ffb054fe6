// For every function and every one of its calls to AWS: it fails before, fails after it took effect, is throttled, is
// late, or the instance dies. Whatever it is, after retries and the schedules nothing contradicts itself.
import { afterAll, expect, test } from 'vitest'
import { hubFunctions } from '../../infra/functions.ts'
import { faultyHub } from './inject.ts'
import { type Met, callsOf, described, faultsAt, functionOf, meetFault } from './loop.ts'
import { workOn } from './work.ts'

const place = await faultyHub()
const all = await workOn(place)
const met: Met[] = []
const found = new Set<string>()
afterAll(() => {
  const injected = met.filter(({ hit }) => hit)
  const violations = injected.flatMap(({ wrong }) => wrong)
  process.stdout.write(`faults injected: ${injected.length}, violations: ${violations.length}\n`)
})

test.each(Object.keys(all))(
  '%s',
  async name => {
    const prepare = all[name]
    if (!prepare) throw new Error(`no work for ${name}`)
    const wrong: string[] = []
    for (const fault of faultsAt(await callsOf(place, name, prepare))) {
      const one = await meetFault(place, { name, prepare, fault }, found)
      met.push(one)
      if (one.wrong.length > 0) wrong.push(described(one))
    }
    expect(wrong).toEqual([])
  },
  60 * 60_000,
)

test('every function that calls AWS has something to do', () => {
  const working = new Set(Object.keys(all).map(functionOf))
  const idle = hubFunctions.filter(({ name, may }) => may.length > 0 && !working.has(name))
  expect(idle.map(({ name }) => name)).toEqual([])
})
