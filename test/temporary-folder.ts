import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** When what was made for a test goes: after its file, or with `onTestFinished` after it. */
export type Ending = (stop: () => Promise<void> | void) => void

/** A folder of a test's own: call it while the file is read, not in a hook. */
export const temporaryFolder = (name: string, ending: Ending = afterAll): string => {
  const folder = mkdtempSync(join(tmpdir(), `hub-${name}-`))
  ending(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
