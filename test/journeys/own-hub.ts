// A hub for one test file: inboxes are shared by all who use a hub, so files that pull do not share one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Hub, type HubOptions, startHub } from '../../infra/local/hub.ts'
import { everyFunction } from '../every-function.ts'
import type { HubPlace } from './callers.ts'

/**
 * Starts a hub on the day that test/data is made for, and stops it after the file: call it while the file is read, not
 * in a hook. `lines` is its operational log. Keys may go as fast as by default unless told otherwise.
 */
export const ownHub = async (
  options: Pick<HubOptions, 'rate' | 'allow' | 'around' | 'schedules'> = {},
): Promise<HubPlace & { hub: Hub; lines: string[] }> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-journey-'))
  const now = new Date('2026-11-21T12:00:00.000Z')
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const hub = await startHub({
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
    rmSync(data, { recursive: true, force: true })
  })
  return { url: hub.url, data, aheadMs: hub.aheadMs, hub, lines }
}
