import { describe, expect, test } from 'vitest'
import { AckCommand, Envelope, PullCommand, ReturnCommand } from '../../schemas/inbox.ts'

describe('pulling', () => {
  test('a pull that says no more leases for five minutes and opens', () => {
    const parsed = PullCommand.parse({ max: 1, waitSeconds: 0 })
    expect(parsed).toEqual({ max: 1, waitSeconds: 0, visibilitySeconds: 300, content: 'open' })
  })

  test.each([
    { max: 1, waitSeconds: 0, visibilitySeconds: 30 },
    { max: 10, waitSeconds: 20, visibilitySeconds: 43_200 },
    { max: 1, waitSeconds: 0, content: 'open' },
    { max: 1, waitSeconds: 0, content: 'none' },
  ])('%j is within the limits', command => {
    expect(PullCommand.safeParse(command).success).toBe(true)
  })

  test.each([
    { max: 0, waitSeconds: 0 },
    { max: 11, waitSeconds: 0 },
    { max: 1, waitSeconds: -1 },
    { max: 1, waitSeconds: 21 },
    { max: 1.5, waitSeconds: 0 },
    { max: '1', waitSeconds: 0 },
    { max: 1, waitSeconds: 0, visibilitySeconds: 29 },
    { max: 1, waitSeconds: 0, visibilitySeconds: 43_201 },
    { max: 1, waitSeconds: 0, content: 'sealed' },
    { max: 1, waitSeconds: 0, content: '' },
    { max: 1, waitSeconds: 0, content: false },
    { waitSeconds: 0 },
    { max: 1 },
  ])('%j is not', command => {
    expect(PullCommand.safeParse(command).success).toBe(false)
  })
})

const handles = (count: number) => Array.from({ length: count }, (_, i) => `handle${i}`)

describe('settling', () => {
  test.each([
    [0, false],
    [1, true],
    [10, true],
    [11, false],
  ])('%i handles at once: %s', (count, allowed) => {
    for (const command of [AckCommand, ReturnCommand])
      expect(command.safeParse({ handles: handles(count) }).success).toBe(allowed)
  })

  test('the same handle twice in one request is refused', () => {
    expect(AckCommand.safeParse({ handles: ['a', 'a'] }).success).toBe(false)
  })

  test('a message is returned at once or with at most fifteen minutes of delay', () => {
    expect(ReturnCommand.parse({ handles: ['a'] }).delaySeconds).toBe(0)
    for (const [delaySeconds, allowed] of [
      [-1, false],
      [0, true],
      [900, true],
      [901, false],
    ] as const)
      expect(ReturnCommand.safeParse({ handles: ['a'], delaySeconds }).success).toBe(allowed)
  })
})

test('an envelope has compartments of known categories only, each a compact JWE under a shared key', () => {
  expect(Envelope.safeParse({ identity: 'a..b.c.d' }).success).toBe(true)
  for (const wrong of [{ notes: 'a..b.c.d' }, { identity: 'a.k.b.c.d' }, { identity: 'a..b.c' }])
    expect(Envelope.safeParse(wrong).success).toBe(false)
})
