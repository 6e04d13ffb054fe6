import { withdrawalRaces } from './withdrawal.races.ts'

await withdrawalRaces({ pulls: [-Infinity, 0, 20, 50, Infinity], rounds: 4 })
