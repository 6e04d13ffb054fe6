// The conformance kit and a hub that lets keys go slowly: it waits as it is told to, in real seconds.
// conformance.whole.test.ts has when it gives up.
import { expect, test } from 'vitest'
import { cases } from '../../bin/conformance/cases.ts'
import { openKit } from '../../bin/conformance/kit.ts'
import { ownHub } from '../journeys/own-hub.ts'

// Slow enough for a machine of any speed to be faster.
const hub = await ownHub({ rate: { perSecond: 2, burst: 4 } })

test('every case is as expected on a hub with a low rate', { timeout: 120_000 }, async () => {
  const kit = await openKit(hub.data)
  const other: string[] = []
  for (const { name, expected, run } of cases) {
    const { status, code } = await run(kit)
    if (status !== expected.status || (expected.code !== undefined && code !== expected.code))
      other.push(`${name.en}: ${status} ${code}`)
  }
  expect(other).toEqual([])
  expect(hub.lines.some(line => line.includes('"RateLimited":1'))).toBe(true)
})
