// As sequence.crashes.long.test.ts, in so many worlds that what seldom happens does.
import { test } from 'vitest'
import { simulateAll } from './simulated-crashes.ts'

const seeds = 10_000

test(`in ${seeds} worlds with crashes, one history is signed`, { timeout: seeds * 2000 }, () =>
  simulateAll(seeds),
)
