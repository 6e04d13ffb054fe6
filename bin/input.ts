// Reads what a command is given, from a file or from standard input: strict UTF-8, a byte order mark removed. What
// Excel and Windows write instead is recognised and refused with what to do about it. Nothing of what was read is ever
// repeated.
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { UsageError } from './usage.ts'

/** Standard input, and what is done before it is read from a terminal, where somebody has to type it. */
export type Reading = { input: NodeJS.ReadableStream & { isTTY?: boolean }; typed: () => void }

/**
 * The text of a file, or of standard input for `-`. Line ends stay as they are.
 * @param reading what `-` reads; without it `-` is a file like any other
 * @throws UsageError when it cannot be read, is a workbook, or is not UTF-8; it names the line
 */
export async function readText(file: string, reading?: Reading): Promise<string> {
  return textOf(await readOctets(file, reading))
}

/** The octets of a file, or of standard input for `-`. @throws UsageError when it cannot be read */
export async function readOctets(file: string, reading?: Reading): Promise<Buffer> {
  try {
    if (file !== '-' || reading === undefined) return await readFile(file)
    if (reading.input.isTTY) reading.typed()
    return await buffer(reading.input)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw new UsageError('usage.no-such-file')
    if (code === 'EISDIR') throw new UsageError('usage.file-is-folder')
    if (code === 'EACCES' || code === 'EPERM') throw new UsageError('usage.file-not-permitted')
    throw new UsageError('usage.unreadable-file')
  }
}

/** Octets as text. @throws UsageError when they are no UTF-8 text */
export function textOf(octets: Uint8Array): string {
  if (isWorkbook(octets)) throw new UsageError('usage.workbook')
  if (isUtf16(octets)) throw new UsageError('usage.utf-16')
  try {
    // One byte order mark at the beginning is taken off (Encoding Standard, "UTF-8 decode").
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    const { line, octet } = firstWrong(octets)
    const windows = spanishInWindows1252.includes(octet)
    throw new UsageError(windows ? 'usage.windows-1252' : 'usage.not-utf-8', { line })
  }
}

const startsWith = (octets: Uint8Array, ...start: number[]) =>
  start.every((octet, index) => octets[index] === octet)

/** .xlsx is a ZIP file, .xls an OLE compound file. */
const isWorkbook = (octets: Uint8Array) =>
  startsWith(octets, 0x50, 0x4b, 0x03, 0x04) || startsWith(octets, 0xd0, 0xcf, 0x11, 0xe0)

/** By its byte order mark, or because every second octet of its first Latin letters is zero. */
function isUtf16(octets: Uint8Array): boolean {
  if (startsWith(octets, 0xff, 0xfe) || startsWith(octets, 0xfe, 0xff)) return true
  const beginning = octets.subarray(0, 64)
  return beginning.filter(octet => octet === 0).length > beginning.length / 4
}

/**
 * `á é í ó ú ñ ü ¿ ¡ « » º ª` and quotation marks and dashes of Word, as Windows-1252 has them: none of them is whole
 * in UTF-8.
 */
const spanishInWindows1252: readonly number[] = Array.from(
  Buffer.from('ÁÉÍÑÓÚÜáéíñóúü¿¡«»ºª\u0091\u0092\u0093\u0094\u0096\u0097', 'latin1'),
)

/**
 * The first line that is no UTF-8, from 1, and the octet it fails at. A line feed is never part of another character.
 */
function firstWrong(octets: Uint8Array): { line: number; octet: number } {
  let line = 1
  for (let from = 0; from <= octets.length; line++) {
    const feed = octets.indexOf(0x0a, from)
    const end = feed === -1 ? octets.length : feed
    const one = Buffer.from(octets.subarray(from, end))
    const decoded = Buffer.from(one.toString('utf8'))
    // Decoding without refusing puts U+FFFD there, so the two differ first where it is wrong.
    const at = one.findIndex((octet, index) => octet !== decoded[index])
    if (at !== -1) return { line, octet: one[at] ?? 0 }
    from = end + 1
  }
  return { line, octet: 0 }
}
