// One key's rate over many function instances, against the embedded DynamoDB. The clock stands still unless a test
// moves it.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readAhead } from '../../../functions/aws/known-rows.ts'
import { keyRate } from '../../../functions/aws/rate.ts'
import { Keyid } from '../../../schemas/ids.ts'
import { ownTables } from './own-tables.ts'

const { dynamodb, aws, tableOf } = await ownTables()
let calls = 0
dynamodb.middlewareStack.add(next => parameters => ((calls += 1), next(parameters)), {
  step: 'initialize',
})
const start = Date.parse('2026-11-21T12:00:00.000Z')
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start })
  calls = 0
})
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

let keys = 0
const newKey = () => Keyid.parse(`${++keys}`.padStart(43, 'k'))
const rate = { perSecond: 100, burst: 200 }
const instance = (one = rate) => keyRate({ dynamodb, table: tableOf('Requests'), rate: one })
const instances = (count: number, one = rate) => Array.from({ length: count }, () => instance(one))
/** How many of `count` requests at the same moment each instance lets through. */
const flood = async (all: ReturnType<typeof instances>, key: Keyid, count: number) => {
  const answers = await Promise.all(
    all.flatMap(one => Array.from({ length: count }, () => one.spend(key))),
  )
  return answers.filter(Boolean).length
}

describe('however many instances a key’s requests meet', () => {
  test('together they let through the burst, and then what the rate gives back', async () => {
    const [all, key] = [instances(8), newKey()]
    // As many for each as there are tokens: an instance that is asked for less may be left with some.
    expect(await flood(all, key, rate.burst)).toBe(200)
    expect(await flood(all, key, rate.burst)).toBe(0)
    pass(500)
    expect(await flood(all, key, rate.burst)).toBe(50)
    pass(60_000)
    expect(await flood(all, key, rate.burst)).toBe(200)
  })

  test('a new instance begins where the others are', async () => {
    const key = newKey()
    await flood(instances(1), key, 200)
    expect(await instance().spend(key)).toBe(false)
    pass(10)
    expect(await instance().spend(key)).toBe(true)
    expect(await instance().spend(key)).toBe(false)
  })

  test('one key’s flood takes nothing from another key', async () => {
    const [all, loud, quiet] = [instances(3), newKey(), newKey()]
    const [, served] = await Promise.all([flood(all, loud, 500), flood(all, quiet, 40)])
    expect(served).toBe(120)
  })
})

describe('the rows are asked seldom', () => {
  test('a busy key costs a write for ten requests, a flood that is refused none', async () => {
    const [all, key] = [instances(1), newKey()]
    expect(await flood(all, key, 200)).toBe(200)
    expect(calls).toBeLessThan(30)
    await flood(all, key, 1)
    calls = 0
    expect(await flood(all, key, 1000)).toBe(0)
    expect(calls).toBe(0)
  })

  test('what was taken and not used in a second is lost, and less is taken the next time', async () => {
    const [all, key] = [instances(1), newKey()]
    await flood(all, key, 12)
    const [taken] = [calls]
    pass(999)
    await flood(all, key, 1)
    expect(calls).toBe(taken)
    pass(1)
    await flood(all, key, 1)
    expect(calls).toBe(taken + 1)
  })
})

const at = (key: Keyid) => ({ table: tableOf('Requests'), key: { pk: `bucket#${key}` } })

describe('a bucket that was read ahead', () => {
  const read = readAhead(dynamodb)

  test('is asked for where memory does not know the answer, and nowhere else', async () => {
    const [one, key] = [instance(), newKey()]
    const known = () => [one.bucketAt(key), one.isSpent(key)]
    expect(known()).toEqual([[at(key)], false])
    // One, two, four and eight tokens taken, and some of the last left.
    await flood([one], key, 12)
    expect(known()).toEqual([[], false])
    pass(1000)
    expect(known()).toEqual([[at(key)], false])
    await flood([one], key, 500)
    expect(known()).toEqual([[], true])
  })

  test('is refused at once where it was empty, without a write, until there is a token again', async () => {
    const [one, key] = [instance(), newKey()]
    await flood(instances(1), key, 200)
    one.saw(key, await read([at(key)]))
    calls = 0
    expect([one.isSpent(key), await one.spend(key)]).toEqual([true, false])
    expect(calls).toBe(0)
    pass(10)
    expect([one.isSpent(key), await one.spend(key)]).toEqual([false, true])
  })

  test('gives nothing away: whoever read it before others emptied it is told no all the same', async () => {
    const [one, key] = [instance(), newKey()]
    await flood(instances(1), key, 100)
    const known = await read([at(key)])
    await flood(instances(1), key, 200)
    one.saw(key, known)
    expect(one.isSpent(key)).toBe(false)
    expect(await one.spend(key)).toBe(false)
  })
})

test('a clock that was set back by a day locks nobody out', async () => {
  const key = newKey()
  await flood(instances(1), key, 200)
  pass(-86_400_000)
  // Each wants all there is: what an instance has taken and nobody asks it for any more is lost.
  expect(await flood(instances(2), key, 200)).toBe(200)
})

test('a table that does not answer is a fault, not a permission', async () => {
  const away = new DynamoDBClient({
    ...aws,
    endpoint: 'http://127.0.0.1:1',
    maxAttempts: 1,
  })
  const cut = keyRate({ dynamodb: away, table: tableOf('Requests'), rate })
  await expect(cut.spend(newKey())).rejects.toThrow('ECONNREFUSED')
  // It asks again the next time.
  await expect(cut.spend(newKey())).rejects.toThrow('ECONNREFUSED')
  away.destroy()
})
