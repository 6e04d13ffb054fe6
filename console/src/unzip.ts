// The files in a ZIP file (PKWARE APPNOTE 6.3.10), as zip.ts writes them or as somebody packed them again: stored, or
// deflated. Whoever chose it did not make it, perhaps: nothing is believed but what its directory, its own headers and
// its bytes say alike, and nothing is unpacked beyond what a log can be.
import type { Bytes } from '../../log/bytes.ts'
import { crc32 } from './zip.ts'

/**
 * `zip-none`: no ZIP · `zip-damaged`: cut off, changed, or its parts say different things · `zip-locked`: encrypted ·
 * `zip-kind`: packed in a way that is not read here · `zip-large`: more than a log can be · `zip-name`: a path that
 * leads elsewhere, or one twice
 */
export type ZipCode =
  | 'zip-none'
  | 'zip-damaged'
  | 'zip-locked'
  | 'zip-kind'
  | 'zip-large'
  | 'zip-name'

export class ZipFault extends Error {
  override readonly name = 'ZipFault'
  readonly code: ZipCode

  constructor(code: ZipCode) {
    super(code)
    this.code = code
  }
}

const refuse = (code: ZipCode): never => {
  throw new ZipFault(code)
}

/** Bytes of all files together, of one, and of the directory: a log of ours has far less. */
export const zipLimits = { all: 2 ** 30, one: 2 ** 26, directory: 2 ** 24 }

const endLength = 22
const longestComment = 0xffff
const localLength = 30
const methods = { stored: 0, deflated: 8 }

type Packed = {
  path: string
  method: number
  sum: number
  packed: number
  size: number
  /** Where its own header begins. */
  at: number
}

const bytesOf = async (part: Blob): Promise<Bytes> => new Uint8Array(await part.arrayBuffer())
const viewOf = (bytes: Bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

const nameIn = (bytes: Bytes): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('zip-name')
  }
}

/** Where the directory is: by the record that ends the file (§4.3.16), comment and all. */
const directoryIn = async (zip: Blob): Promise<{ at: number; size: number; count: number }> => {
  const first = Math.max(0, zip.size - endLength - longestComment)
  const view = viewOf(await bytesOf(zip.slice(first)))
  let end = view.byteLength - endLength
  const ends = () =>
    view.getUint32(end, true) === 0x06054b50 &&
    end + endLength + view.getUint16(end + 20, true) === view.byteLength
  while (end >= 0 && !ends()) end--
  if (end < 0) return refuse('zip-none')
  const [disk, from, here, count] = [4, 6, 8, 10].map(at => view.getUint16(end + at, true))
  const [size = 0, at = 0] = [12, 16].map(place => view.getUint32(end + place, true))
  // Several disks, or ZIP64 (§4.4.1.4).
  if (disk !== 0 || from !== 0 || here !== count || count === 0xffff || at === 0xffffffff)
    return refuse('zip-kind')
  if (size > zipLimits.directory) return refuse('zip-large')
  if (at + size > first + end) return refuse('zip-damaged')
  return { at, size, count: count ?? 0 }
}

/** A relative path of plain segments: nothing that leads out of the folder, by any system's rules. */
const isInside = (path: string): boolean =>
  !/[\\:\0]/.test(path) && path.split('/').every(part => !['', '.', '..'].includes(part))

/** What the directory says (§4.3.12), folders left out. */
const packedIn = (directory: Bytes, count: number): Packed[] => {
  const view = viewOf(directory)
  const found: Packed[] = []
  let at = 0
  let all = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== 0x02014b50)
      return refuse('zip-damaged')
    const [flags = 0, method = 0] = [8, 10].map(place => view.getUint16(at + place, true))
    const [sum = 0, packed = 0, size = 0] = [16, 20, 24].map(place =>
      view.getUint32(at + place, true),
    )
    const [named = 0, extra = 0, comment = 0] = [28, 30, 32].map(place =>
      view.getUint16(at + place, true),
    )
    const header = view.getUint32(at + 42, true)
    const path = nameIn(directory.subarray(at + 46, at + 46 + named))
    at += 46 + named + extra + comment
    if (at > directory.length) return refuse('zip-damaged')
    if (flags & 0x0041) return refuse('zip-locked')
    if (path.endsWith('/') && size === 0) continue
    if (!isInside(path)) return refuse('zip-name')
    if (!Object.values(methods).includes(method) || size === 0xffffffff || header === 0xffffffff)
      return refuse('zip-kind')
    if (method === methods.stored && packed !== size) return refuse('zip-damaged')
    all += size
    if (size > zipLimits.one || all > zipLimits.all) return refuse('zip-large')
    found.push({ path, method, sum, packed, size, at: header })
  }
  if (new Set(found.map(({ path }) => path)).size < found.length) return refuse('zip-name')
  return found
}

/** Never more than was said, however much there is packed. */
const inflated = async (packed: Blob, size: number): Promise<Bytes> => {
  const bytes = new Uint8Array(size)
  let at = 0
  try {
    const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (at + value.length > size) {
        await reader.cancel()
        return refuse('zip-damaged')
      }
      bytes.set(value, at)
      at += value.length
    }
  } catch {
    return refuse('zip-damaged')
  }
  return at === size ? bytes : refuse('zip-damaged')
}

/** The bytes of one file; it must lie before `until`, where the next begins: two never share bytes. */
const unpacked = async (zip: Blob, one: Packed, until: number): Promise<Blob> => {
  const header = await bytesOf(zip.slice(one.at, one.at + localLength))
  if (header.length < localLength) return refuse('zip-damaged')
  const view = viewOf(header)
  const [named, extra] = [view.getUint16(26, true), view.getUint16(28, true)]
  const first = one.at + localLength + named + extra
  const name = await bytesOf(zip.slice(one.at + localLength, one.at + localLength + named))
  const alike =
    view.getUint32(0, true) === 0x04034b50 &&
    view.getUint16(8, true) === one.method &&
    nameIn(name) === one.path
  if (!alike || first + one.packed > until) return refuse('zip-damaged')
  const held = zip.slice(first, first + one.packed)
  const isStored = one.method === methods.stored
  const bytes = isStored ? await bytesOf(held) : await inflated(held, one.size)
  if (crc32(bytes) !== one.sum) return refuse('zip-damaged')
  // What is stored stays where it is.
  return isStored ? held : new Blob([bytes])
}

/** Without the folder that all of it lies in, if it does; without what macOS adds of its own. */
const withoutFolder = (files: ReadonlyMap<string, Blob>): Map<string, Blob> => {
  const own = [...files].filter(([path]) => !path.startsWith('__MACOSX/'))
  const tops = new Set(own.map(([path]) => path.slice(0, path.indexOf('/') + 1)))
  const [top = ''] = tops
  const only = tops.size === 1 && top !== 'tile/' ? top : ''
  return new Map(own.map(([path, held]) => [path.slice(only.length), held]))
}

/**
 * @returns files by their path, from the folder that all of them lie in
 * @throws ZipFault
 */
export const unzipped = async (zip: Blob): Promise<Map<string, Blob>> => {
  const { at, size, count } = await directoryIn(zip)
  const found = packedIn(await bytesOf(zip.slice(at, at + size)), count)
  const files = new Map<string, Blob>()
  const inPlace = found.toSorted((one, other) => one.at - other.at)
  for (const [n, one] of inPlace.entries())
    files.set(one.path, await unpacked(zip, one, inPlace[n + 1]?.at ?? at))
  return withoutFolder(files)
}
