// A hub for one file that asks it by the command line, and the folder that the hub and the file's own files lie in.
import { afterAll } from 'vitest'
import { startHub } from '../../infra/local/hub.ts'
import { everyFunction } from '../every-function.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/**
 * Call it while the file is read, not in a hook.
 *
 * @param first makes a file of first keys in the folder, and resolves to its path
 */
export const lineHub = async (first?: (folder: string) => Promise<string>) => {
  const folder = temporaryFolder('line')
  const enrol = await first?.(folder)
  const running = await startHub({
    warm: everyFunction,
    port: 0,
    schedules: false,
    data: folder,
    ephemeral: true,
    // The command line takes the hub's time over.
    now: new Date('2026-11-30T12:00:00.000Z'),
    ...(enrol !== undefined && { enrol }),
  })
  afterAll(() => running.stop())
  return { folder, running }
}
