// The name that a data folder's log began under. A log that would sign itself as another one would be another log.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubName, localHubName } from '../../schemas/hub-name.ts'
import { StartError, writeAtomically } from './data-folder.ts'

/** What local hubs before 0.2 were called. They kept no name. */
const before = HubName.parse('referral-hub.example')

/**
 * The name of the hub whose data `folder` has, or that of a new one, which is kept there. Throws StartError where what
 * is kept is no name.
 */
export const keptName = (folder: string): HubName => {
  const file = join(folder, 'hub-name')
  if (existsSync(file)) {
    const name = HubName.safeParse(readFileSync(file, 'utf8').trim())
    if (!name.success) throw new StartError(`${file} has no name of a hub`)
    return name.data
  }
  // The keys are the first thing that a hub makes, and its log is signed with one of them.
  const name = existsSync(join(folder, 'kms.json')) ? before : localHubName
  writeAtomically(file, `${name}\n`)
  return name
}
