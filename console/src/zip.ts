// Files in one file (PKWARE APPNOTE 6.3.10), stored as they are: nothing to unpack but with any tool there is.
import type { Bytes } from '../../log/bytes.ts'

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let sum = n
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})

/** CRC-32 as ZIP has it (§4.4.7). */
export const crc32 = (bytes: Uint8Array): number => {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0)
  return (sum ^ 0xffffffff) >>> 0
}

/** Fields of two and four octets, little end first. */
const fields = (...of: readonly (readonly [size: 2 | 4, value: number])[]): Bytes => {
  const bytes = new Uint8Array(of.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of of) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}

/** The first day that ZIP can write: an export has the times that it needs in its own files. */
const noTime = [2, 0] as const
const noDay = [2, 0x21] as const
/** Names are UTF-8 (bit 11). */
const flags = [2, 0x0800] as const
const stored = [2, 0] as const

/** @throws RangeError for more files, or more bytes, than the format's plain form can say */
export const zipped = (files: ReadonlyMap<string, Uint8Array>): Bytes[] => {
  const parts: Bytes[] = []
  const directory: Bytes[] = []
  let at = 0
  for (const [name, content] of files) {
    const path = new TextEncoder().encode(name)
    const bytes = Uint8Array.from(content)
    const same = [
      flags,
      stored,
      noTime,
      noDay,
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ] as const
    directory.push(
      fields([4, 0x02014b50], [2, 20], [2, 20], ...same, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
      path,
    )
    const header = fields([4, 0x04034b50], [2, 20], ...same)
    parts.push(header, path, bytes)
    at += header.length + path.length + bytes.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = files.size
  if (count > 0xfffe || at + size > 0xfffffffe) throw new RangeError('too much for one ZIP')
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, size],
    [4, at],
    [2, 0],
  )
  return [...parts, ...directory, end]
}
