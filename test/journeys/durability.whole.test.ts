import { durability } from './durability.ts'

durability([{ answers: 7, ms: 8 }], 4)
