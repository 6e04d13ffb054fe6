import { withdrawalRaces } from './withdrawal.races.ts'

await withdrawalRaces({ pulls: [-Infinity, 20, Infinity], rounds: 1 })
