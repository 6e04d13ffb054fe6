// JSON as strict I-JSON (RFC 7493): UTF-8, well-formed strings, no duplicate members, no prototypes, a sane depth.

const maxDepth = 32

/**
 * The value of a JSON text. Throws JsonFault for what JSON.parse is too kind to: wrong UTF-8, a byte order mark,
 * members named twice, a member `__proto__`, and more than 32 levels.
 */
export const readJson = (bytes: Uint8Array): unknown => {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    throw new JsonFault('json')
  }
  inspect(text)
  return value
}

/** What is wrong with a JSON text. It repeats nothing of it. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault'
  readonly code: 'json' | 'too-deep' | 'duplicate-member' | 'surrogate'

  constructor(code: JsonFault['code']) {
    super(code)
    this.code = code
  }
}

/** Walks the tokens of a text that JSON.parse has accepted: a string before a colon is a member's name. */
const inspect = (text: string): void => {
  const levels: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') {
      levels.push(token === '{' ? new Set() : undefined)
      if (levels.length > maxDepth) throw new JsonFault('too-deep')
    } else if (token === '}' || token === ']') levels.pop()
    else if (token === ':') {
      const name = last as string
      if (name === '__proto__' || levels.at(-1)?.has(name)) throw new JsonFault('duplicate-member')
      levels.at(-1)?.add(name)
    } else {
      last = JSON.parse(token) as string
      if (!last.isWellFormed()) throw new JsonFault('surrogate')
    }
  }
}
