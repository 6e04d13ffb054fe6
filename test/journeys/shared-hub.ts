// The worker's hub as earlier files left it, for all who need no log, list or key to themselves.
import type { Hub } from '../../infra/local/hub.ts'
import { asStarted } from './as-started.ts'
import type { HubPlace } from './callers.ts'
import { emptyInboxes, workerHub } from './worker-hub.ts'

/**
 * The worker's hub, its inboxes empty. Its log and its lists have what earlier files did: a test says what it looks
 * for. Keys are those of hub.json and no others: who revokes one takes `emptyHub`. Call it while the file is read.
 */
export const sharedHub = async (): Promise<HubPlace & { hub: Hub }> => {
  const { hub, state, atRest } = await workerHub()
  Object.assign(state, { between: {}, lines: [] })
  if (state.isItsOwn) await emptyInboxes(hub)
  else {
    // A file with emptyHub had it, and may have revoked the keys that it has now.
    await atRest()
    await asStarted(hub)
    state.isItsOwn = true
  }
  return { url: hub.url, data: hub.data, aheadMs: hub.aheadMs, hub }
}
