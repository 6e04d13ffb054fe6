// The signature base of a captured request (RFC 9421 §2.5), as lines that may be varied one at a time.
import { isInnerList, parseDictionary, serializeInnerList } from 'structured-headers'
import type { Captured } from '../bin/sign-check/message.ts'

/** What the member `hub` of both fields says; `parameters` by name. */
export type Claimed = {
  components: string[]
  parameters: ReadonlyMap<string, unknown>
  /** `@signature-params` as the hub builds it. */
  params: string
  signature: Buffer
}

/** Undefined where the fields are no structured fields with a member `hub`. */
export const readClaimed = ({ headers }: Captured): Claimed | undefined => {
  try {
    const input = parseDictionary(headers['signature-input'] ?? '').get('hub')
    const bytes = parseDictionary(headers['signature'] ?? '').get('hub')?.[0]
    if (!input || !isInnerList(input) || !(bytes instanceof ArrayBuffer)) return undefined
    const [items, parameters] = input
    return {
      components: items.map(([name]) => (typeof name === 'string' ? name : '')),
      parameters,
      params: serializeInnerList(input),
      signature: Buffer.from(bytes),
    }
  } catch {
    return undefined
  }
}

/** The value of a component in the base that the hub builds. Undefined where the request has no such field. */
export const valueOf = (name: string, request: Captured, authority: string): string | undefined => {
  const derived: Record<string, string> = {
    '@method': request.method,
    '@authority': authority,
    '@path': request.path,
    '@query': `?${request.query}`,
  }
  return Object.hasOwn(derived, name) ? derived[name] : request.headers[name]
}

export type Line = { name: string; value: string }

/** The lines of the hub's base but the last. */
export const linesOf = (claimed: Claimed, request: Captured, authority: string): Line[] =>
  claimed.components.map(name => ({ name, value: valueOf(name, request, authority) ?? '' }))

/** RFC 9421 §2.5. `glue` is a line feed, and none follows the last line. */
export const baseOf = (lines: readonly Line[], params: string, glue = '\n'): string =>
  [...lines.map(({ name, value }) => `"${name}": ${value}`), `"@signature-params": ${params}`].join(
    glue,
  )
