import { describe, expect, test } from 'vitest'
import { warmth } from '../../../infra/local/warm.ts'
import { lambda, machineWith } from './fragment.ts'

/**
 * Calls functions one after another, `everyMs` apart, with room for `most` threads; how often one had to be started.
 */
const startsOf = (most: number, calls: readonly string[], everyMs = 10): Map<string, number> => {
  const warm = warmth(most)
  const threads = new Set<string>()
  const starts = new Map<string, number>()
  let newest = ''
  for (const [n, name] of calls.entries()) {
    if (!threads.has(name)) {
      threads.add(name)
      newest = name
      starts.set(name, (starts.get(name) ?? 0) + 1)
    }
    warm.called(name, n * everyMs)
    const cold = warm.coldest([...threads], { running: threads.size, newest }, n * everyMs)
    if (cold !== undefined) threads.delete(cold)
    expect(threads.size).toBeLessThanOrEqual(most)
  }
  return starts
}
const named = (count: number) => Array.from({ length: count }, (_, n) => `f${n}`)
const sum = (starts: Map<string, number>) => [...starts.values()].reduce((a, b) => a + b, 0)

describe('threads that wait for calls', () => {
  test('keep their places while there is room', () => {
    const calls = Array.from({ length: 100 }, () => named(8)).flat()
    expect(sum(startsOf(8, calls))).toBe(8)
  })

  test('of many functions that are called in turns all but one place stay as they are', () => {
    const rounds = 50
    const calls = Array.from({ length: rounds }, () => named(20)).flat()
    const starts = startsOf(8, calls)
    expect(named(7).map(name => starts.get(name))).toEqual(Array.from({ length: 7 }, () => 1))
    expect(sum(starts)).toBeLessThanOrEqual(7 + 13 * rounds)
  })

  test('a function that is called often takes the place of one that is called seldom', () => {
    const calls = [...named(8), ...Array.from({ length: 50 }, () => 'often')]
    expect(startsOf(8, calls).get('often')).toBeLessThanOrEqual(3)
  })

  test('what was called an hour ago counts for nothing', () => {
    const calls = [...named(8).flatMap(name => Array.from({ length: 99 }, () => name)), 'later']
    const warm = warmth(8)
    for (const name of calls) warm.called(name, 0)
    warm.called('later', 3_600_000)
    const all = [...named(8), 'later']
    expect(warm.coldest(all, { running: 9, newest: 'later' }, 3_600_000)).toBe('f0')
  })

  test('one that is at work is not ended, and nobody is while all are', () => {
    const warm = warmth(1)
    warm.called('busy', 0)
    warm.called('idle', 0)
    expect(warm.coldest(['idle'], { running: 2, newest: 'busy' }, 1)).toBe('idle')
    expect(warm.coldest([], { running: 2, newest: 'busy' }, 1)).toBeUndefined()
  })
})

test('a machine with twelve functions keeps eight threads, and what the others wrote is in the log', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `Inspect${n}`)
  const functions = names.map(name => [name, lambda('inspect', 'InspectRole')])
  const machine = await machineWith(
    Object.fromEntries(functions) as Record<string, ReturnType<typeof lambda>>,
  )
  const born = async () => {
    const seen: string[] = []
    for (const name of names) {
      const { born: at } = (await machine.invoke(`referral-hub-${name}`, {})) as { born: string }
      seen.push(at)
    }
    return seen
  }
  const first = await born()
  const second = await born()
  const kept = second.filter((at, n) => at === first[n]).length
  expect(kept).toBeGreaterThanOrEqual(7)
  expect(kept).toBeLessThanOrEqual(8)
  const written = () => machine.logged.filter(line => line === '{"what":"on stdout"}').length
  await expect.poll(written, { timeout: 5000 }).toBe(24)
})
