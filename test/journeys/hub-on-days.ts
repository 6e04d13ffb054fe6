// One folder, and a hub that is started on it on one day after another.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Hub, HubOptions } from '../../infra/local/hub.ts'
import type { HubPlace } from './callers.ts'
import { startHub } from './test-hub.ts'

/**
 * Starts a hub at a time, and stops the one before; the folder goes with the test file. Call it while the file is read,
 * not in a hook.
 */
export const hubOnDays = (options: Pick<HubOptions, 'rate' | 'warm'> = {}) => {
  const data = mkdtempSync(join(tmpdir(), 'hub-days-'))
  let hub: Hub | undefined
  afterAll(async () => {
    await hub?.stop()
    rmSync(data, { recursive: true, force: true })
  })
  return async (now: number): Promise<HubPlace & { hub: Hub }> => {
    await hub?.stop()
    const silent = { schedules: false, log: () => {} }
    hub = await startHub({ port: 0, data, now: new Date(now), ...silent, ...options })
    return { url: hub.url, data, aheadMs: hub.aheadMs, hub }
  }
}

/** The clock's work, as its schedule would begin it. */
export const runDueWork = ({ hub }: { hub: Hub }): Promise<unknown> =>
  hub.invoke('referral-hub-RunDueWork', {})
