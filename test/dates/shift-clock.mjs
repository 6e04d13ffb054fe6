// Preloaded into Node (`--import …/shift-clock.mjs?ahead=MS`): this process and its threads live `ahead` milliseconds
// from now. What is given to Date stays as it is; only what it would ask the machine for is moved. Monotonic clocks
// keep their pace.
import { createRequire, syncBuiltinESMExports } from 'node:module'

const ahead = Number(new URL(import.meta.url).searchParams.get('ahead'))
if (!Number.isSafeInteger(ahead)) throw new Error('shift-clock.mjs?ahead= takes milliseconds')

const Machine = Date
const now = () => Machine.now() + ahead
globalThis.Date = new Proxy(Machine, {
  apply: () => new Machine(now()).toString(),
  construct: (target, parameters, newTarget) =>
    Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
})
Machine.prototype.constructor = globalThis.Date

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
