// Where the files of an exported log are (C2SP tlog-tiles, "Parameters"), and the exact bytes of every entry. Nothing
// of Node: browsers export a log too.
import { tileWidth, widthOf } from '../log/tiles.ts'
import { Failed } from './verdict.ts'

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
export const entriesOf = (bundle: Uint8Array, { n, width, path }: TilePlace): Uint8Array[] => {
  const entries: Uint8Array[] = []
  const lengths = new DataView(bundle.buffer, bundle.byteOffset, bundle.length)
  let at = 0
  for (let i = 0; i < width; i++) {
    const index = n * tileWidth + i
    if (at + 2 > bundle.length) throw new Failed('bundle-short', path, index)
    const end = at + 2 + lengths.getUint16(at)
    if (end > bundle.length) throw new Failed('bundle-short', path, index)
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (at !== bundle.length) throw new Failed('bundle-trailing', path, n * tileWidth + width)
  return entries
}
