// A captured HTTP request out of a file: the message as RFC 9112 writes it, or what a proxy's log or a terminal made of
// it.
import type { HttpRequest } from '../../signatures/request.ts'

/** A request as captured. `target` is what stood behind the method. */
export type Captured = HttpRequest & { body: Buffer; target: string }

/** Where the head ends: an empty line, with or without carriage returns. */
const endOfHead = (bytes: Buffer): { head: string; body: Buffer } => {
  const ends = ['\r\n\r\n', '\n\n']
    .map(end => ({ at: bytes.indexOf(end), length: end.length }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
  const [end] = ends
  if (!end) return { head: bytes.toString('utf8'), body: Buffer.alloc(0) }
  return {
    head: bytes.subarray(0, end.at).toString('utf8'),
    body: bytes.subarray(end.at + end.length),
  }
}

/**
 * Reads a request line, header fields and the rest as body, byte for byte. Undefined where there is no request line.
 * Repeated fields are joined by commas (RFC 9110 §5.3), names are lower-cased, obsolete line folding is not taken.
 */
export const readCaptured = (bytes: Buffer): Captured | undefined => {
  const { head, body } = endOfHead(bytes)
  const [requestLine = '', ...fields] = head.split(/\r?\n/)
  const [, method, target] = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?$/.exec(requestLine) ?? []
  if (!method || !target) return undefined
  const headers: Record<string, string> = {}
  for (const field of fields) {
    const colon = field.indexOf(':')
    if (colon < 1) continue
    const name = field.slice(0, colon).trim().toLowerCase()
    const value = field.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`
  }
  // Absolute form (RFC 9112 §3.2.2): the origin is not part of the path.
  const origin = target.replace(/^https?:\/\/[^/?]*/, '')
  const question = origin.indexOf('?')
  const path = question < 0 ? origin : origin.slice(0, question)
  const query = question < 0 ? '' : origin.slice(question + 1)
  return { method, target, path, query, headers, body }
}
