// Ten times as often, which is several hundred.
import { manyAtOnce } from './parallel.ts'

await manyAtOnce(10)
