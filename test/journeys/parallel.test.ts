import { manyAtOnce } from './parallel.ts'

await manyAtOnce(1)
