// As sequence.simulation.whole.test.ts, in so many worlds that every fault that we know is met.
import { expect, test } from 'vitest'
import { backlog, simulate, simulateAll } from './simulated-crashes.ts'

test(
  'in 150 worlds with crashes, one history is signed, every committed entry is in it once, and no receipt is without its proof',
  { timeout: 300_000 },
  () => simulateAll(150),
)

test(
  'a backlog of more than one batch is placed whole, whatever is lost between its batches',
  { timeout: 240_000 },
  async () => {
    for (const seed of [7001, 7002, 7003, 7004]) {
      const { lost } = await simulate(seed, backlog)
      expect(lost).toBeGreaterThan(0)
    }
  },
)
