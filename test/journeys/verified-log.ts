// What an officer does at the end of a journey: takes the log along and verifies it without the hub.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportLog } from '../../bin/export-log.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import type { Verdict } from '../../verify/verdict.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { type HubPlace, callerOf, hubFileOf, hubNow } from './callers.ts'

/** The verdict on the log as it stands. */
export const verifiedLog = async (place: HubPlace & { hub: Hub }): Promise<Verdict> => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-verified-'))
  try {
    await place.hub.invoke('referral-hub-SequenceAccessLog', {})
    const officer = await callerOf(place, 'igm-compliance')
    await exportLog(officer, folder, { hub: hubFileOf(place).authority })
    // Awaited here: the folder is gone afterwards.
    return await verifyFolder(folder, { now: hubNow(place) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
