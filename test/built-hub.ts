// Before the tests: what all their hubs are made of, built once. The hubs of test files and of the processes that these
// start load it (infra/local/built.ts), so that what the tests call is what is deployed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultRate } from '../events/rate.ts'
import { buildHub } from '../infra/local/build.ts'
import { unlimited } from './unlimited.ts'

/** Of this run: each project of tests that needs it asks, and the first builds. */
const shared = globalThis as { hubBuilt?: Promise<() => Promise<void>> }

export const setup = async () => {
  if (shared.hubBuilt) return void (await shared.hubBuilt)
  shared.hubBuilt = built()
  return shared.hubBuilt
}

const built = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hub-built-'))
  await buildHub(folder, [defaultRate, unlimited])
  // Workers are started after this, and inherit it.
  process.env['HUB_BUILT'] = folder
  // Keys of logs that tests pin are none of the user's.
  process.env['HUB_LOG_KEYS'] = join(folder, 'log-keys')
  // What one thread of a function has compiled, the next of it need not; kept no longer than the bundles.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compile-cache')
  // A database of a worker's hub may still be ending in there (journeys/shared-hub.ts).
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
