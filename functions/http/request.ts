// A request as it arrived: raw bytes and plain strings, checked for size and alphabet before anything is computed from
// them.
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { Refused } from '../../events/refusal.ts'
import { JsonFault, readJson } from '../../schemas/strict-json.ts'
import type { HttpRequest } from '../../signatures/request.ts'

/** 256 KiB: the contract. */
export const maxBodyBytes = 262_144
/**
 * All header fields together; ours need about 1 KiB, proxies add as much again. They are kept as evidence, and looked
 * through.
 */
const maxHeaderBytes = 16_384
/** A client sends about ten, a browser twenty, each proxy a few. */
const maxHeaders = 100
/** Path and query. Ours need some 300; RFC 9112 §3 wants no more than 8000 to be sure of arriving. */
const maxTargetBytes = 8000

/**
 * Tiles of the log are named as C2SP tlog-tiles says, with a dot (`.p/`). Nowhere else is there one: nothing to
 * normalise.
 */
const paths = /^\/(?:[A-Za-z0-9/_-]*|v1\/access-log\/tile\/[A-Za-z0-9/_.-]*|v1\/openapi\.json)$/

/** Its path was decoded by API Gateway; the alphabet leaves nothing that decoding could have changed. */
export type RawRequest = HttpRequest & { body: Buffer }

const malformed = (pointer: string, code: string) =>
  new Refused('malformed-request', [{ pointer, code }])

/** What of an HTTP API event (payload 2.0) a request is read from. */
export type RequestEvent = Pick<
  APIGatewayProxyEventV2,
  'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'
> & { requestContext: { http: { method: string } } }

/** The request of an event, or a refusal: attacker-controlled input enters here. */
export const readRequest = (event: RequestEvent): RawRequest => {
  const headers: Record<string, string> = {}
  let headerBytes = 0
  for (const [name, value] of Object.entries(event.headers)) {
    if (value === undefined) continue
    const lower = name.toLowerCase()
    // API Gateway has joined them; whoever has not, left open which one counts.
    if (Object.hasOwn(headers, lower)) throw malformed('', 'header-repeated')
    headers[lower] = value
    headerBytes += name.length + value.length
  }
  if (Object.keys(headers).length > maxHeaders) throw malformed('', 'too-many-headers')
  if (headerBytes > maxHeaderBytes) throw malformed('', 'headers-too-large')
  if (event.rawPath.length + event.rawQueryString.length > maxTargetBytes)
    throw malformed('', 'target-too-long')
  if (!paths.test(event.rawPath)) throw malformed('', 'path-alphabet')

  const { body: text = '', isBase64Encoded } = event
  // Before it is decoded: four letters of base64 are three bytes, a letter of text is one or more.
  if (text.length > (isBase64Encoded ? Math.ceil(maxBodyBytes / 3) * 4 : maxBodyBytes))
    throw new Refused('body-too-large')
  const body = Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8')
  if (body.length > maxBodyBytes) throw new Refused('body-too-large')
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    query: event.rawQueryString,
    headers,
    body,
  }
}

/**
 * RFC 9110 §8.3.1: type and parameter name in either case, blanks around the semicolon, the value as a token or in
 * quotes. JSON has no parameter of its own (RFC 8259 §11); a charset is taken where it is the one that JSON is in.
 */
const json = /^[ \t]*application\/json(?:[ \t]*;(?:[ \t]*charset=(?:utf-8|"utf-8"))?)?[ \t]*$/i

/** A body must be JSON in UTF-8 as it is: what is signed is what is read. */
export const requireJson = ({ headers }: RawRequest): void => {
  if (!json.test(headers['content-type'] ?? '')) throw new Refused('unsupported-media-type')
  if (headers['content-encoding'] !== undefined) throw new Refused('unsupported-media-type')
}

/** The value of a body. Refuses as `malformed-request` whatever is no strict JSON, by its fault's code. */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return readJson(bytes)
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    throw malformed('', error.code)
  }
}

/**
 * Query parameters as an object. A name twice is refused, since which one counts would be anyone's guess, unless it is
 * one of `repeated`: those come as a list where there are several.
 */
export const readQuery = (
  query: string,
  repeated: readonly string[] = [],
): Record<string, string | string[]> => {
  const values: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(values, name) ? values[name] : undefined
    if ((before !== undefined && !repeated.includes(name)) || name === '__proto__')
      throw malformed('', 'query-repeated')
    values[name] = before === undefined ? value : [before, value].flat()
  }
  return values
}
