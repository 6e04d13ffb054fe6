// The hub's folder on disk: one running hub at a time, private to its user, files replaced whole or not at all.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Something the operator must change before the hub can start. Its message is one line, shown as it is. */
export class StartError extends Error {}

/**
 * Replaces `file` (0600) in one step; a crash leaves the old content or the new, and after the return the new survives
 * a power cut.
 */
export const writeAtomically = (file: string, content: string): void => {
  const temporary = `${file}.${process.pid}.tmp`
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

// The rename itself is durable only when the folder is. Windows cannot open one.
const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const readPid = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** How long to wait for a hub that is just stopping. */
const patienceMs = 3000

/**
 * Makes `folder` (0700) where it is missing and takes it for this process until `release`. Throws StartError when the
 * folder cannot be written or another hub has it.
 *
 * The lock is SQLite's on `hub.lock`, which the operating system drops with the process: after kill -9 there is nothing
 * to clean up, and a process that happens to get the dead one's pid (every container restart) is not taken for it.
 * `hub.pid` only tells people whom to stop.
 */
export const lockFolder = (folder: string): { release: () => void } => {
  const pidFile = join(folder, 'hub.pid')
  let lock: DatabaseSync
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(join(folder, 'hub.lock'), { timeout: patienceMs })
  } catch (error) {
    throw new StartError(`cannot write to the data folder ${folder}: ${messageOf(error)}`)
  }
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
    writeAtomically(pidFile, `${process.pid}\n`)
  } catch (error) {
    lock.close()
    if (!/locked|busy/i.test(messageOf(error)))
      throw new StartError(`cannot write to the data folder ${folder}: ${messageOf(error)}`)
    const pid = readPid(pidFile)
    throw new StartError(
      `the data folder ${folder} is in use by another hub${pid && ` (process ${pid})`}: stop it, or choose another --data`,
    )
  }
  return {
    release: () => {
      rmSync(pidFile, { force: true })
      lock.close()
    },
  }
}
