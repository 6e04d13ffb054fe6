// Looks for texts in every byte of files: as they are, and as base64, UTF-16 and escaped JSON would hide them.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** A text that must not be found, and what may be said of it if it is. */
export type Trace = { kind: 'name' | 'phone' | 'number'; person: number; text: string }
export type Searched = { name: string; bytes: Buffer }
export type Hit = { trace: Trace; file: string; offset: number }

/** Every file under a folder, read whole. */
export async function filesUnder(folder: string): Promise<Searched[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  return Promise.all(
    files.map(async entry => {
      const path = join(entry.parentPath, entry.name)
      return { name: relative(folder, path), bytes: await readFile(path) }
    }),
  )
}

/** Where any of the traces occurs. */
export function search(files: readonly Searched[], traces: readonly Trace[]): Hit[] {
  return traces.flatMap(trace =>
    spellings(trace.text).flatMap(spelling =>
      files.flatMap(({ name, bytes }) =>
        offsets(bytes, spelling)
          .filter(offset => !withinCiphertext(bytes, offset, spelling))
          .map(offset => ({ trace, file: name, offset })),
      ),
    ),
  )
}

function offsets(bytes: Buffer, spelling: Buffer): number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(spelling); at !== -1; at = bytes.indexOf(spelling, at + 1))
    found.push(at)
  return found
}

/** The ways a text may lie in a file and still be readable by anybody. */
function spellings(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const escaped = text.replace(
    /[^\x20-\x7e]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    ...(escaped === text ? [] : [Buffer.from(escaped)]),
    ...(utf8.length < 8 ? [] : [0, 1, 2].map(shift => inBase64(utf8, shift))),
  ]
}

/** The characters that base64 of a longer text is sure to contain when this one starts `shift` bytes into a group of three. */
function inBase64(utf8: Buffer, shift: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(shift), utf8])
    .toString('base64')
    .replace(/=+$/, '')
  const start = shift === 0 ? 0 : shift + 1
  const end = Math.floor(((shift + utf8.length) * 8) / 6)
  return Buffer.from(encoded.slice(start, end))
}

/**
 * Five or six letters turn up in a megabyte of random base64 once in a while: «Elmer» inside a run of 64 or more such characters is
 * ciphertext, not a name. A name written by anybody has a quote, a space or an accent near it.
 */
function withinCiphertext(bytes: Buffer, offset: number, spelling: Buffer): boolean {
  if (spelling.length > 7) return false
  const before = bytes.toString('latin1', Math.max(0, offset - 64), offset)
  const after = bytes.toString('latin1', offset, offset + 64)
  const left = /[A-Za-z0-9+/_=-]*$/.exec(before)?.[0].length ?? 0
  const right = /^[A-Za-z0-9+/_=-]*/.exec(after)?.[0].length ?? 0
  return right >= spelling.length && left + right >= 64
}
