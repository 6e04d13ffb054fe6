import { withdrawalRaces } from './withdrawal.races.ts'

await withdrawalRaces({
  pulls: [-Infinity, 0, 20, 50, Infinity],
  releases: [-Infinity, -20, -8, 0, 3, 10, 25, Infinity],
  rounds: 4,
})
