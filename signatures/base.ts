// What of a request is signed: the two header fields as they are stated, and the signature base (RFC 9421 §2.5), as
// lines that may be varied one at a time.
import { type Item, isInnerList, parseDictionary, serializeInnerList } from 'structured-headers'
import type { HttpRequest } from './request.ts'

/** Which of a request's signatures is for the hub, and what it says it is for (RFC 9421 §2.3). */
export const label = 'hub'
export const tag = 'referral-hub'

/** What every signature covers. */
export const always = ['@method', '@authority', '@path', '@query']

/** What the member `hub` of both fields says; `parameters` by name. */
export type Claimed = {
  components: string[]
  /** Whether the components have no parameters (RFC 9421 §2): the hub takes no others. */
  bare: boolean
  parameters: ReadonlyMap<string, unknown>
  /** `@signature-params` as the hub builds it: strictly serialized, which is what was signed however it was sent. */
  params: string
  signature: Uint8Array
}

const isBare = (item: Item): boolean => typeof item[0] === 'string' && item[1].size === 0

/**
 * The fields as clients write them, the member `hub` alone: names without parameters, whole numbers and strings without
 * escapes (RFC 9651 §4.1). Such a text is its own strict serialization.
 */
const plainInput =
  /^hub=(\(("[@a-z\d-]+"(?: "[@a-z\d-]+")*)\)(?:;[a-z]+=(?:0|[1-9]\d{0,14}|"[ !#-[\]-~]*"))*)$/
const plainParameter = /;([a-z]+)=(?:(\d+)|"([^"]*)")/g
const plainSignature =
  /^hub=:((?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=|[A-Za-z\d+/]{4})):$/

/**
 * What `readClaimed` says of fields that are so written, without a parser; undefined for all others. A verifier of
 * a long log reads a million of them. test/signatures/plain-fields.test.ts holds both against each other.
 */
const readPlain = (input: string, signature: string): Claimed | undefined => {
  const [, params, names] = plainInput.exec(input) ?? []
  const [, encoded] = plainSignature.exec(signature) ?? []
  if (params === undefined || names === undefined || encoded === undefined) return undefined
  const parameters = new Map<string, unknown>()
  // Behind the list: a name cannot hold what a parameter begins with.
  for (const [, name = '', digits, text] of params
    .slice(names.length + 2)
    .matchAll(plainParameter)) {
    // The last of two counts, in the place of the first: no text of ours.
    if (parameters.has(name)) return undefined
    parameters.set(name, digits === undefined ? text : Number(digits))
  }
  const binary = atob(encoded)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return {
    components: names.slice(1, -1).split('" "'),
    bare: true,
    parameters,
    params,
    signature: bytes,
  }
}

/** Undefined where the fields are no structured fields with a member `hub`. */
export const readClaimed = ({ headers }: Pick<HttpRequest, 'headers'>): Claimed | undefined => {
  const plain = readPlain(headers['signature-input'] ?? '', headers['signature'] ?? '')
  return plain ?? readStructured(headers)
}

/** By the grammar of RFC 9651, whatever way it is written in. */
export const readStructured = (headers: HttpRequest['headers']): Claimed | undefined => {
  try {
    const input = parseDictionary(headers['signature-input'] ?? '').get(label)
    const bytes = parseDictionary(headers['signature'] ?? '').get(label)?.[0]
    if (!input || !isInnerList(input) || !(bytes instanceof ArrayBuffer)) return undefined
    const [items, parameters] = input
    return {
      components: items.map(([name]) => (typeof name === 'string' ? name : '')),
      bare: items.every(isBare),
      parameters,
      params: serializeInnerList(input),
      signature: new Uint8Array(bytes),
    }
  } catch {
    return undefined
  }
}

/** The components that are derived from a request (RFC 9421 §2.2), as far as the hub takes them. */
export const derivedFrom = (
  { method, path, query }: HttpRequest,
  authority: string,
): Record<string, string> => ({
  '@method': method,
  '@authority': authority,
  '@path': path,
  '@query': `?${query}`,
})

/** The value of a component in the base that the hub builds. Undefined where the request has no such field. */
const valueOf = (name: string, request: HttpRequest, authority: string): string | undefined => {
  const derived = derivedFrom(request, authority)
  return Object.hasOwn(derived, name) ? derived[name] : request.headers[name]
}

export type Line = { name: string; value: string }

/** The lines of the hub's base but the last. */
export const linesOf = (claimed: Claimed, request: HttpRequest, authority: string): Line[] =>
  claimed.components.map(name => ({ name, value: valueOf(name, request, authority) ?? '' }))

/** RFC 9421 §2.5. `glue` is a line feed, and none follows the last line. */
export const baseOf = (lines: readonly Line[], params: string, glue = '\n'): string =>
  [...lines.map(({ name, value }) => `"${name}": ${value}`), `"@signature-params": ${params}`].join(
    glue,
  )
