// Request bodies as strict I-JSON (RFC 7493): UTF-8, well-formed strings, no duplicate members, no prototypes, a sane depth.
import { Refused } from '../../events/refusal.ts'

const maxDepth = 32

/**
 * The value of a JSON text. Refuses as `malformed-request` what JSON.parse is too kind to: wrong UTF-8, a byte order mark,
 * members named twice, a member `__proto__`, and more than 32 levels.
 */
export const parseJson = (bytes: Uint8Array): unknown => {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    throw malformed('json')
  }
  inspect(text)
  return value
}

const malformed = (code: string) => new Refused('malformed-request', [{ pointer: '', code }])

/** Walks the tokens of a text that JSON.parse has accepted: a string before a colon is a member's name. */
const inspect = (text: string): void => {
  const levels: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') {
      levels.push(token === '{' ? new Set() : undefined)
      if (levels.length > maxDepth) throw malformed('too-deep')
    } else if (token === '}' || token === ']') levels.pop()
    else if (token === ':') {
      const name = last as string
      if (name === '__proto__' || levels.at(-1)?.has(name)) throw malformed('duplicate-member')
      levels.at(-1)?.add(name)
    } else {
      last = JSON.parse(token) as string
      if (!last.isWellFormed()) throw malformed('surrogate')
    }
  }
}
