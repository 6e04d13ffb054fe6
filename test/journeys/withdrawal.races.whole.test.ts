import { withdrawalRaces } from './withdrawal.races.ts'

await withdrawalRaces({
  pulls: [-Infinity, 20, Infinity],
  releases: [-Infinity, 0, 10, Infinity],
  rounds: 1,
})
