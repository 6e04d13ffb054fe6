import { durability } from './durability.ts'

durability(
  [
    { answers: 1, ms: 3 },
    { answers: 13, ms: 17 },
    { answers: 30, ms: 8 },
  ],
  10,
)
