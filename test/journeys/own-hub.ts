// A hub for one test file: inboxes are shared by all who use a hub, so files that pull do not share one.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { fsck } from '../../fsck/data-folder.ts'
import type { Hub, HubOptions } from '../../infra/local/hub.ts'
import type { HubPlace } from './callers.ts'
import { faultSeed, startTestHub } from './test-hub.ts'

/**
 * Starts a hub on the day that test/data is made for, and stops it after the file: call it while the file is read, not
 * in a hook. With HUB_FAULTS=SEED it meets faults by that seed. `lines` is its operational log. Keys may go as fast as
 * by default unless told otherwise.
 */
export const ownHub = async (options: OwnOptions = {}): Promise<OwnHub> => {
  const { end, ...place } = await startOwnHub(options)
  afterAll(end)
  return place
}

export type OwnOptions = Pick<HubOptions, 'rate' | 'allow' | 'around' | 'schedules'> & {
  /** What the file plants or restores contradicts the rest: nothing is looked through at its end. */
  contradicts?: true
}
type OwnHub = HubPlace & { hub: Hub; lines: string[] }

/** As `ownHub`, for one that is needed for less than a file: `end` stops it. */
export const startOwnHub = async ({ contradicts, ...options }: OwnOptions = {}): Promise<
  OwnHub & { end: () => Promise<void> }
> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-journey-'))
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const hub = await startTestHub({ data, log, ...options })
  const end = async () => {
    await hub.stop()
    // Whatever it met, and whatever the tests did: nothing of it may contradict itself. Tables that a test keeps
    // elsewhere (held-database.ts, faulty-endpoint.ts) are gone by now.
    const isHere = existsSync(join(data, 'dynamodb.sqlite'))
    if (faultSeed !== undefined && isHere && !contradicts) await holds(data, faultSeed)
    rmSync(data, { recursive: true, force: true })
  }
  return { url: hub.url, data, aheadMs: hub.aheadMs, hub, lines, end }
}

const holds = async (data: string, seed: string): Promise<void> => {
  const { violations } = await fsck(data)
  if (violations.length > 0)
    throw new Error(`HUB_FAULTS=${seed}: ${JSON.stringify(violations, null, 2)}`)
}
