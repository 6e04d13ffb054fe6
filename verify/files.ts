// The files of an exported log, wherever they are: in a folder on a disk (folder.ts), or chosen in a browser. Nothing
// of Node.
import { strictText, type TilePlace } from './places.ts'
import { Failed, type FailureCode } from './verdict.ts'

/** `barred`: there, and not to be read by whoever asks: that says nothing about the log. */
export type Unread = 'missing' | 'barred'

export type LogFiles = {
  /** As whoever chose them knows them. */
  name: string
  /** Names of what lies in the folder itself, files and folders. */
  names: () => readonly string[] | Unread
  /** Paths from the folder, with `/`, of the files below one of its folders; none where that is not there. */
  below: (place: string) => readonly string[]
  read: (path: string) => Uint8Array | Unread
}

/** The bytes of a file. */
export const bytesOf = (
  files: LogFiles,
  path: string,
  missing: FailureCode,
  index?: number,
): Uint8Array => {
  const bytes = files.read(path)
  if (typeof bytes !== 'string') return bytes
  throw new Failed(bytes === 'barred' ? 'folder-unreadable' : missing, path, index)
}

/** Refuses what nobody exported: nothing there, a file, a folder that has nothing of an export. */
export const refuseOther = (files: LogFiles): void => {
  const names = files.names()
  if (names === 'barred') throw new Failed('folder-unreadable', files.name)
  const there = (name: string) => names !== 'missing' && names.includes(name)
  if (!there('policy.json') && !there('checkpoint') && !there('tile'))
    throw new Failed('not-an-export', files.name)
}

/**
 * A file of text, exactly as it was exported. Git (`core.autocrlf`), mail and editors end lines otherwise and begin
 * files with a byte order mark: no signature holds over that, and nobody has tampered with anything.
 */
export const textOf = (files: LogFiles, path: string, missing: FailureCode): string => {
  const bytes = bytesOf(files, path, missing)
  refuseAltered(bytes, path)
  return strictText(bytes) ?? ''
}

export const refuseAltered = (bytes: Uint8Array, path: string): void => {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const returns = bytes.some((byte, i) => byte === 0x0d && bytes[i + 1] === 0x0a)
  if (marked || returns) throw new Failed('altered-in-transit', path)
}

/** What systems leave in folders that people look at: nobody's evidence. */
export const isStray = (path: string): boolean =>
  /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i.test(path.slice(path.lastIndexOf('/') + 1))

/** Refuses files under `tile/` that the tree does not have: what is not verified must not lie among what is. */
export const refuseOthers = (files: LogFiles, places: readonly TilePlace[]): void => {
  const known = new Set(places.map(({ path }) => path))
  for (const path of files.below('tile'))
    if (!isStray(path) && !known.has(path)) throw new Failed('file-unexpected', path)
}
