// The exported folder, as it lies on a disk.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { LogFiles, Unread } from './files.ts'
import type { Inconsistent } from './inconsistent.ts'

export const filesOf = (folder: string): LogFiles => ({
  name: folder,
  names: () => attempted(() => readdirSync(folder)),
  below: place => {
    const top = join(folder, place)
    if (!existsSync(top)) return []
    return readdirSync(top, { recursive: true, withFileTypes: true })
      .filter(file => !file.isDirectory())
      .map(file => relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/'))
  },
  read: path => attempted(() => readFileSync(join(folder, path))),
})

const attempted = <T>(read: () => T): T | Unread => {
  try {
    return read()
  } catch (error) {
    return barred(error) ? 'barred' : 'missing'
  }
}

const barred = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['EACCES', 'EPERM', 'EIO'].includes(String(error.code))

/** Whether something is a folder, or could become one. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true

/** Writes both notes, unchanged, under a name made of them; undefined where the folder cannot be written. */
export const keepEvidence = (folder: string, { notes }: Inconsistent): string | undefined => {
  const both = notes.join('\n')
  const hash = createHash('sha256').update(both).digest('hex').slice(0, 16)
  const name = `evidence-${hash}.txt`
  try {
    writeFileSync(join(folder, name), both)
    return name
  } catch {
    return undefined
  }
}
