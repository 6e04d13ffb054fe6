// The exported folder, as it lies on a disk.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { strictText, type TilePlace } from './places.ts'
import { Failed, type FailureCode } from './verdict.ts'

/** The bytes of a file of the folder. */
export const bytesOf = (folder: string, path: string, missing: FailureCode, index?: number) => {
  try {
    return readFileSync(join(folder, path))
  } catch (error) {
    throw new Failed(barred(error) ? 'folder-unreadable' : missing, path, index)
  }
}

/** There, and not to be read by whoever asks: that says nothing about the log. */
const barred = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['EACCES', 'EPERM', 'EIO'].includes(String(error.code))

/** Refuses what nobody exported: nothing there, a file, a folder that has nothing of an export. */
export const refuseOther = (folder: string): void => {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    throw new Failed(barred(error) ? 'folder-unreadable' : 'not-an-export', folder)
  }
  const there = (name: string) => names.includes(name)
  if (!there('policy.json') && !there('checkpoint') && !there('tile'))
    throw new Failed('not-an-export', folder)
}

/** Whether something is a folder, or could become one. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true

/**
 * A file of text, exactly as it was exported. Git (`core.autocrlf`), mail and editors end lines otherwise and begin
 * files with a byte order mark: no signature holds over that, and nobody has tampered with anything.
 */
export const textOf = (folder: string, path: string, missing: FailureCode): string => {
  const bytes = bytesOf(folder, path, missing)
  refuseAltered(bytes, path)
  return strictText(bytes) ?? ''
}

export const refuseAltered = (bytes: Buffer, path: string): void => {
  const marked = bytes.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf))
  if (marked || bytes.includes('\r\n')) throw new Failed('altered-in-transit', path)
}

/** What systems leave in folders that people look at: nobody's evidence. */
export const isStray = (path: string): boolean =>
  /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i.test(basename(path))

/** Refuses files under `tile/` that the tree does not have: what is not verified must not lie among what is. */
export const refuseOthers = (folder: string, places: readonly TilePlace[]): void => {
  const known = new Set(places.map(({ path }) => path))
  const found = readdirSync(join(folder, 'tile'), { recursive: true, withFileTypes: true })
  for (const file of found) {
    if (file.isDirectory() || isStray(file.name)) continue
    const path = relative(folder, join(file.parentPath, file.name)).replaceAll('\\', '/')
    if (!known.has(path)) throw new Failed('file-unexpected', path)
  }
}
