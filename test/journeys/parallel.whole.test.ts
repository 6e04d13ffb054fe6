import { manyAtOnce } from './parallel.ts'

await manyAtOnce(0.3)
