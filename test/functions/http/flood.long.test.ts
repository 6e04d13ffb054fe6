// Ten thousand junk requests, one after another through the whole stack: neither memory nor time per request grows with
// them.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { registered } from '../../signatures/forged-rows.ts'
import { byForm } from '../../signatures/hostile-rows.ts'
import { byStatement } from '../../signatures/stated-rows.ts'
import { startStack } from './stack.ts'

const stack = await startStack(registered)
setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

const [requests, share] = [10_000, 2000]
/** Each unlike any other: what is remembered of one is of no use to the next. */
const junk = [...byForm, ...byStatement]
  .filter(({ lookups, code }) => lookups === 0 && code !== 'body-too-large')
  .map(({ event }) => event())
const make = (n: number) => {
  const event = structuredClone(junk[n % junk.length] as (typeof junk)[number])
  event.headers[`x-junk-${n}`] = `${n}`.repeat(20)
  event.headers['signature-input'] = event.headers['signature-input']?.replace(
    'bm9u',
    `${n}`.padStart(4, 'n'),
  )
  return event
}

test(
  'ten thousand junk requests take as much memory and time at the end as at the beginning',
  { timeout: 120_000 },
  async () => {
    const send = async (from: number, to: number) => {
      const took: number[] = []
      for (let n = from; n < to; n++) {
        const event = make(n)
        const began = performance.now()
        const { status, lookups } = await stack.ask(event)
        took.push(performance.now() - began)
        expect([400, 401].includes(status) && lookups === 0).toBe(true)
        if (n % 500 === 0) stack.logged()
      }
      stack.logged()
      collect()
      const ms = took.toSorted((a, b) => a - b)[took.length >> 1] as number
      return { ms, heap: process.memoryUsage().heapUsed }
    }
    const first = await send(0, share)
    await send(share, requests - share)
    const last = await send(requests - share, requests)
    expect(last.heap).toBeLessThan(first.heap * 1.25)
    // Of the median, so that whatever else the machine does counts little.
    expect(last.ms).toBeLessThan(first.ms * 3)
    expect(await stack.rows()).toEqual([])
  },
)
