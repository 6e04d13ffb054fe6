// The worker's hub with nothing of earlier files in it: empty tables and inboxes, new keys, a log that begins. Its
// functions are warm; of a hub of a file's own they are all started anew. What only a start brings, a file takes from
// own-hub.ts: a data folder to look into, a rate, a clock, agreements that end, functions that know nothing yet.
import { afterAll } from 'vitest'
import type { Hub } from '../../infra/local/hub.ts'
import { unlimited } from '../unlimited.ts'
import { asStarted } from './as-started.ts'
import type { HubPlace } from './callers.ts'
import { type OwnOptions, ownHub } from './own-hub.ts'
import { faultSeed } from './test-hub.ts'
import { type Between, workerHub } from './worker-hub.ts'

/**
 * The worker's hub, emptied: call it while the file is read, not in a hook. Keys may go as fast as they like. `lines` is
 * its operational log from now on. Who has it, has it until the file ends, and does not stop it.
 */
export const emptyHub = async ({
  contradicts,
  ...between
}: Between & Pick<OwnOptions, 'contradicts'> = {}): Promise<
  HubPlace & { hub: Hub; lines: string[] }
> => {
  // What is to meet faults is started with them.
  if (faultSeed !== undefined)
    return ownHub({ rate: unlimited, ...between, ...(contradicts && { contradicts }) })
  const { hub, state, atRest } = await workerHub()
  await atRest()
  state.between = {}
  const emptied = await asStarted(hub)
  const lines: string[] = []
  Object.assign(state, { between, lines, isItsOwn: false })
  afterAll(() => {
    state.between = {}
  })
  return { url: hub.url, data: hub.data, aheadMs: hub.aheadMs, hub: emptied, lines }
}
