// Preloaded into Node (`--import …/shift-clock.mjs?ahead=MS`): this process and its threads live `ahead` milliseconds
// from now. What is given to Date stays as it is; only what it would ask the machine for is moved. Monotonic clocks
// keep their pace.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { shiftDate } from '../../infra/local/shifted-date.mjs'

const ahead = Number(new URL(import.meta.url).searchParams.get('ahead'))
if (!Number.isSafeInteger(ahead)) throw new Error('shift-clock.mjs?ahead= takes milliseconds')

shiftDate(ahead)

// Threads do not take preloads over from their process.
const threads = createRequire(import.meta.url)('node:worker_threads')
threads.Worker = class extends threads.Worker {
  constructor(file, options = {}) {
    super(file, {
      ...options,
      execArgv: ['--import', import.meta.url, ...(options.execArgv ?? process.execArgv)],
    })
  }
}
syncBuiltinESMExports()
