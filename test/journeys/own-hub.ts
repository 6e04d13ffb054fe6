// A hub for one test file: inboxes are shared by all who use a hub, so files that pull do not share one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { fsck } from '../../fsck/data-folder.ts'
import { type Hub, type HubOptions, startHub } from '../../infra/local/hub.ts'
import { everyFunction } from '../every-function.ts'
import type { HubPlace } from './callers.ts'

/**
 * Starts a hub on the day that test/data is made for, and stops it after the file: call it while the file is read, not
 * in a hook. With HUB_FAULTS=SEED it meets faults by that seed. `lines` is its operational log. Keys may go as fast as
 * by default unless told otherwise.
 */
export const ownHub = async (
  options: Pick<HubOptions, 'rate' | 'allow' | 'around' | 'schedules'> = {},
): Promise<HubPlace & { hub: Hub; lines: string[] }> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-journey-'))
  const now = new Date('2026-11-21T12:00:00.000Z')
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const seed = process.env['HUB_FAULTS']
  const hub = await startHub({
    ...(seed !== undefined && { faults: Number(seed) }),
    warm: everyFunction,
    port: 0,
    data,
    now,
    schedules: false,
    log,
    ...options,
  })
  afterAll(async () => {
    await hub.stop()
    // Whatever it met, and whatever the tests did: nothing of it may contradict itself.
    if (seed !== undefined) await holds(data, seed)
    rmSync(data, { recursive: true, force: true })
  })
  return { url: hub.url, data, aheadMs: hub.aheadMs, hub, lines }
}

const holds = async (data: string, seed: string): Promise<void> => {
  const { violations } = await fsck(data)
  if (violations.length > 0)
    throw new Error(`HUB_FAULTS=${seed}: ${JSON.stringify(violations, null, 2)}`)
}
