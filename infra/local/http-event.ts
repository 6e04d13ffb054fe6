// HTTP requests as API Gateway's HTTP API hands them to a function (payload 2.0), and the function's answers back.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isUtf8 } from 'node:buffer'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import { account, apiId } from './names.ts'
import type { Matched } from './routes.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

/** `21/Nov/2026:09:04:13 +0000`, the Common Log Format's time. */
const logTime = (at: Date): string =>
  `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`

/** Names in lower case, duplicates joined by commas; cookies apart. */
const headersOf = (raw: string[]): { headers: Record<string, string>; cookies: string[] } => {
  const headers = new Map<string, string>()
  const cookies: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase()
    const value = raw[index + 1] as string
    if (name === 'cookie')
      cookies.push(
        ...value
          .split(';')
          .map(part => part.trim())
          .filter(Boolean),
      )
    else headers.set(name, headers.has(name) ? `${headers.get(name)},${value}` : value)
  }
  return { headers: Object.fromEntries(headers), cookies }
}

const queryOf = (raw: string): Record<string, string> => {
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(raw))
    query.set(name, query.has(name) ? `${query.get(name)},${value}` : value)
  return Object.fromEntries(query)
}

const isText = (contentType: string) =>
  /^(text\/|application\/(json|xml|javascript)\b|application\/[\w.-]+\+(json|xml)\b)/i.test(
    contentType,
  )

/**
 * `body` as it goes into the event. Text only where decoding loses nothing: bytes that are not valid UTF-8 go as base64
 * whatever their content type says, or a function would verify a digest over replacement characters.
 */
const bodyOf = (body: Buffer, headers: Record<string, string>) => {
  if (body.length === 0) return { isBase64Encoded: false }
  const text =
    isText(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    isUtf8(body)
  return { body: body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text }
}

/**
 * The event for `request`, which matched a route. `target`: its path (no `%` in it) and query, raw. `at`: the hub's
 * clock.
 */
export const eventOf = (
  request: IncomingMessage,
  target: { path: string; query: string },
  body: Buffer,
  { routeKey, pathParameters }: Matched,
  authority: string,
  at: Date,
): APIGatewayProxyEventV2 => {
  const { headers, cookies } = headersOf(request.rawHeaders)
  return {
    version: '2.0',
    routeKey,
    rawPath: target.path,
    rawQueryString: target.query,
    ...(cookies.length > 0 && { cookies }),
    // API Gateway says how it was called, whatever the caller says.
    headers: { ...headers, 'x-forwarded-proto': 'http' },
    ...(target.query !== '' && { queryStringParameters: queryOf(target.query) }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: account,
      apiId,
      domainName: authority,
      domainPrefix: authority.split(/[.:]/)[0] ?? authority,
      http: {
        method: request.method ?? 'GET',
        path: target.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: logTime(at),
      timeEpoch: at.getTime(),
    },
    ...bodyOf(body, headers),
  }
}

export type Answer = { status: number; headers: [string, string][]; body: Buffer }

const Structured = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
})

// Of the connection, not of the answer: the gateway's own business.
const ofTheConnection = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'trailer',
])

/**
 * A function's result (JSON) as an HTTP answer; without a statusCode it is the body, as API Gateway infers it. Throws
 * when it is neither.
 */
export const answerOf = (result: unknown): Answer => {
  const isStructured = typeof result === 'object' && result !== null && 'statusCode' in result
  if (!isStructured)
    return {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: Buffer.from(typeof result === 'string' ? result : JSON.stringify(result ?? null)),
    }
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded,
  } = Structured.parse(result)
  const own = Object.entries(headers).filter(([name]) => !ofTheConnection.has(name.toLowerCase()))
  const typed = own.some(([name]) => name.toLowerCase() === 'content-type')
  return {
    status: statusCode,
    headers: [
      ...own,
      ...(typed || body === ''
        ? []
        : [['content-type', 'text/plain;charset=UTF-8'] as [string, string]]),
      ...cookies.map((cookie): [string, string] => ['set-cookie', cookie]),
    ],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  }
}
