// One history whatever crashes, in worlds by their seeds, and a few of them here: sequence.crashes.long.test.ts tries
// as many as find every fault that we know, and long backlogs; sequence.simulation.long.test.ts 10,000.
import { test } from 'vitest'
import { simulateAll } from './simulated-crashes.ts'

test(
  'in 20 worlds with crashes, one history is signed, every committed entry is in it once, and no receipt is without its proof',
  { timeout: 120_000 },
  () => simulateAll(20),
)
