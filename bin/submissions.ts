// Reads submissions for `hub refer`: one JSON object, an array, or one object per line (NDJSON).
import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import { base64url, randomToken } from '../client/keys.ts'
import { UsageError } from './usage.ts'

/** A submission ready to be sent. `place` is its line (NDJSON) or its number in the file, from 1. */
export type Prepared = { place: number; body: object; idempotencyKey: string }

/**
 * The text of a file, or of standard input for `-`.
 * @throws UsageError when it cannot be read or is not UTF-8
 */
export async function readText(file: string): Promise<string> {
  try {
    if (file === '-') return await readAll(process.stdin)
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch {
    throw new UsageError('usage.unreadable-file')
  }
}

/** The objects in a text. @throws UsageError naming the line, and nothing of what the line says */
export function objectsIn(text: string): { place: number; value: object }[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ place: index + 1, line }))
    .filter(({ line }) => line.trim() !== '')
  const [first] = lines
  if (!first) throw new UsageError('usage.empty-input')
  const values = looksLikeLines(lines.map(({ line }) => line))
    ? lines.map(({ place, line }) => ({ place, value: parse(line, place) }))
    : elements(parse(text), first.place)
  return values.map(({ place, value }) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new UsageError('usage.not-an-object', { place })
    return { place, value }
  })
}

/**
 * Adds a salt where there is none and names each submission by the SHA-256 of its bytes, so that sending the same bytes again is
 * the same request. The digest tells nothing: the salt is in it.
 */
export async function prepare({
  place,
  value,
}: {
  place: number
  value: object
}): Promise<Prepared> {
  const body = 'salt' in value ? value : { ...value, salt: randomToken(16) }
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return { place, body, idempotencyKey: base64url(new Uint8Array(digest)) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** One JSON value per line, and not one value over several lines; a broken line among good ones does not change what it is. */
const looksLikeLines = (lines: string[]) =>
  lines.length > 1 && !lines[0]?.startsWith('[') && lines.some(line => isJson(line.trim()))

/** An array counts by its elements. */
function elements(value: unknown, place: number): { place: number; value: unknown }[] {
  if (!Array.isArray(value)) return [{ place, value }]
  return value.map((element: unknown, index) => ({ place: index + 1, value: element }))
}

function parse(text: string, place?: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The engine's own message quotes the text, which is personal data: only its line number is taken.
    const line = place ?? /\(line (\d+) column \d+\)/.exec(String(error))?.[1]
    throw line === undefined
      ? new UsageError('usage.bad-json')
      : new UsageError('usage.bad-json-line', { line })
  }
}
