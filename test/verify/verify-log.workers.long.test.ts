import { foundOnThreads } from './found-on-threads.ts'

await foundOnThreads(() => true)
