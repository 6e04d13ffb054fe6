import { durability } from './durability.ts'

durability([{ answers: 13, ms: 8 }])
