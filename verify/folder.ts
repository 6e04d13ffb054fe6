// The exported folder: where its files are (C2SP tlog-tiles, "Parameters"), and the exact bytes of every entry.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { tileWidth, widthOf } from '../log/tiles.ts'
import { Failed, type FailureCode } from './verdict.ts'

/** `1234067` → `x001/x234/067`. */
const tileNumber = (n: number): string => {
  const groups = [String(n % 1000).padStart(3, '0')]
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return groups.join('/')
}

/** Where a tile lies under the log's prefix: `tile/<L>/<N>[.p/<W>]`. */
export const tilePath = (level: number | 'entries', n: number, width: number): string =>
  `tile/${level}/${tileNumber(n)}${width < tileWidth ? `.p/${width}` : ''}`

export type TilePlace = { level: number | 'entries'; n: number; width: number; path: string }

/** Every hash tile and entry bundle of a tree of `size`, by level and number. */
export const tilesOf = (size: number): TilePlace[] => {
  const places: TilePlace[] = []
  const add = (level: number | 'entries', count: number) => {
    for (let n = 0; n * tileWidth < count; n++) {
      const width = widthOf(0, n, count)
      places.push({ level, n, width, path: tilePath(level, n, width) })
    }
  }
  add('entries', size)
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth))
    add(level, count)
  return places
}

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

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** As text, only if it is UTF-8 throughout; a byte order mark is a character like any other. */
export const strictText = (bytes: Uint8Array): string | undefined => {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** The `width` entries of a bundle, each behind its length in two octets, and nothing behind them. */
export const entriesOf = (bundle: Buffer, { n, width, path }: TilePlace): Buffer[] => {
  const entries: Buffer[] = []
  let at = 0
  for (let i = 0; i < width; i++) {
    const index = n * tileWidth + i
    if (at + 2 > bundle.length) throw new Failed('bundle-short', path, index)
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) throw new Failed('bundle-short', path, index)
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (at !== bundle.length) throw new Failed('bundle-trailing', path, n * tileWidth + width)
  return entries
}

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
