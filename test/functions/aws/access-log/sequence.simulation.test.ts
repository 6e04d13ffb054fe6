// One history whatever crashes, in worlds by their seeds; sequence.simulation.long.test.ts tries 10,000 of them.
import { expect, test } from 'vitest'
import { simulate, simulateAll } from './simulated-crashes.ts'

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
      const run = { base: 250, writers: 3, sequencers: 2, entries: 60, rate: 0.05 }
      const { lost } = await simulate(seed, run)
      expect(lost).toBeGreaterThan(0)
    }
  },
)
