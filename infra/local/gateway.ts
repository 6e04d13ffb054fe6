// The HTTP side of the hub on 127.0.0.1, answering for API Gateway: limits, routing, and what it says when a function
// fails.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type Micros, take } from '../../events/rate.ts'
import { newId } from '../../functions/aws/runtime.ts'
import { problemAnswer } from '../../functions/http/problem.ts'
import { localHubName } from '../../schemas/hub-name.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { StartError } from './data-folder.ts'
import { type Answer, answerOf, eventOf } from './http-event.ts'
import type { Report } from './log.ts'
import type { Matched, Router } from './routes.ts'
import { InvocationTimeout, type Workers } from './workers.ts'

const maxBody = 10 * 1024 * 1024
/** Of the request line and all headers, bytes: an HTTP API takes no more (API Gateway, "Quotas for HTTP APIs"). */
const maxHead = 10_240
/**
 * What a function is given, bytes of JSON: Lambda takes less than this ("Request must be smaller than 6291456 bytes for
 * the InvokeFunction operation").
 */
const maxEvent = 6 * 1024 * 1024
/** What a function answers, bytes of JSON: Lambda carries no more (Lambda quotas, "Invocation payload"). */
const maxPayload = 6 * 1024 * 1024
/** API Gateway gives up on a function after this time, whatever the function's own. */
const patienceMs = 30_000
/**
 * How long a caller may take to send a request, headers and body. Whoever is slower gets 408 (RFC 9110 §15.5.9) and is
 * cut off.
 */
const sendingMs = 30_000
/** At a stop: how long a caller may still take to send a request or to read its answer. */
const lingerMs = 2000

/**
 * What API Gateway answers by itself, with its bodies. The header is the contract's ("every response carries
 * `x-request-id`"), under which API Gateway has `apigw-requestid` there. It tells the hub's time, as those of the
 * functions do (RFC 9562 §5.7).
 */
const json = (status: number, message: string, at: Date): Answer => ({
  status,
  headers: [
    ['content-type', 'application/json'],
    ['x-request-id', newId(at.getTime())],
  ],
  body: Buffer.from(JSON.stringify({ message })),
})

/**
 * What the contract has a code for is refused with it, though no function saw it. A path with `%`: API Gateway decodes
 * paths, so that on AWS the decoded path fails the signature instead. A body that API Gateway or Lambda does not carry:
 * on AWS it has the same status, and API Gateway's own words.
 */
const refused = (code: ProblemCode, request: IncomingMessage, at: Date): Answer => {
  const requestId: string = newId(at.getTime())
  const acceptLanguage = request.headers['accept-language']
  const about = { hub: localHubName, requestId, acceptLanguage }
  const answer = answerOf(problemAnswer(code, about))
  answer.headers.push(['x-request-id', requestId], ['cache-control', 'no-store'])
  return answer
}

/** The body, or undefined when it is larger than API Gateway takes. */
const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The request line without its version, and each header with the colon, space and line end that it came with. */
const headBytes = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  method.length + url.length + rawHeaders.reduce((sum, part) => sum + part.length + 2, 0)

const payloadBytes = (payload: unknown): number => Buffer.byteLength(JSON.stringify(payload) ?? '')

/** Path and query of the request target, raw; RFC 9112 §3.2 also allows the absolute form. */
const targetOf = (url: string) => {
  const raw = url.replace(/^https?:\/\/[^/?]*/i, '').replace(/#.*$/s, '')
  const mark = raw.indexOf('?')
  const path = mark < 0 ? raw : raw.slice(0, mark)
  return { path: path || '/', query: mark < 0 ? '' : raw.slice(mark + 1) }
}

/** Whether a route still lets a request through: API Gateway's token bucket of each route. */
const admitted = ({ routeKey, limit }: Matched, { buckets }: Serving): boolean => {
  if (!limit) return true
  const taken = take(limit, Math.round(performance.now() * 1000), buckets.get(routeKey), 1)
  if ('againAt' in taken) return false
  buckets.set(routeKey, taken.fullAt)
  return true
}

export type Serving = {
  route: Router
  workers: Pick<Workers, 'invoke'>
  /** When each route's bucket is full again. */
  buckets: Map<string, Micros>
  authority: string
  now: () => Date
  report: Report
  /** Answers what is no part of the template, on this machine alone (console-keys.ts); undefined for anything else. */
  beside?: ((request: IncomingMessage, path: string) => Promise<Answer | undefined>) | undefined
}

const answerFor = async (
  request: IncomingMessage,
  serving: Serving,
  invoke: Workers['invoke'],
): Promise<Answer> => {
  const target = targetOf(request.url ?? '/')
  const own = (status: number, message: string) => json(status, message, serving.now())
  if (headBytes(request) > maxHead) return own(431, 'Request Header Fields Too Large')
  const refuse = (code: ProblemCode) => refused(code, request, serving.now())
  if (target.path.includes('%')) return refuse('malformed-request')
  const body = await bodyOf(request)
  if (!body) return refuse('body-too-large')
  const besides = await serving.beside?.(request, target.path)
  if (besides) return besides
  const matched = serving.route(request.method ?? 'GET', target.path)
  if (!matched) return own(404, 'Not Found')
  if (!admitted(matched, serving)) return own(429, 'Too Many Requests')
  const event = eventOf(request, target, body, matched, serving.authority, serving.now())
  if (payloadBytes(event) >= maxEvent) return refuse('body-too-large')
  try {
    const answer = await invoke(matched.function, event, patienceMs)
    if (payloadBytes(answer) > maxPayload)
      throw new Error('the answer is larger than Lambda carries')
    return answerOf(answer)
  } catch (error) {
    const gaveUp = error instanceof InvocationTimeout && error.afterMs >= patienceMs
    serving.report('error', 'invocation', { function: matched.function, error: String(error) })
    return gaveUp ? own(504, 'Endpoint request timed out') : own(500, 'Internal Server Error')
  }
}

const send = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
  { closing, now }: { closing: boolean; now: () => Date },
) => {
  for (const [name, value] of headers)
    if (name.toLowerCase() === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  // The hub's clock, which may be set to another day (`--now`): who measures its own by it must not be led astray.
  response.setHeader('date', now().toUTCString())
  // 204 and 304 have no body, and no length; that of an answer to HEAD would be GET's, which nobody has made (RFC 9110
  // §8.6).
  if (status !== 204 && status !== 304 && request.method !== 'HEAD')
    response.setHeader('content-length', body.length)
  // What is left of a body nobody reads would be taken for the next request.
  if (closing || !request.complete) response.setHeader('connection', 'close')
  response.writeHead(status)
  response.end(status === 204 || status === 304 ? undefined : body)
  request.resume()
}

/**
 * Listens on 127.0.0.1. Until `serve`, and without anything to serve, it answers 503. Throws StartError when the port
 * is taken.
 *
 * @param slowestMs longest time that a request may take to arrive
 */
export const startGateway = async (port: number, slowestMs = sendingMs) => {
  let serving: Serving | undefined
  let closing = false
  let atWork = 0

  const invoke: Workers['invoke'] = async (...parameters) => {
    if (!serving) throw new Error('the gateway serves nothing yet')
    atWork++
    try {
      return await serving.workers.invoke(...parameters)
    } finally {
      atWork--
    }
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const now = serving?.now ?? (() => new Date())
    const answer = serving
      ? await answerFor(request, serving, invoke)
      : json(503, 'Service Unavailable', now())
    try {
      send(request, response, answer, { closing, now })
    } catch (error) {
      // A header that HTTP does not allow; nothing has been sent yet.
      serving?.report('error', 'gateway', { error: String(error) })
      for (const name of response.getHeaderNames()) response.removeHeader(name)
      send(request, response, json(500, 'Internal Server Error', now()), { closing, now })
    }
  }

  const limits = {
    keepAliveTimeout: 60_000,
    headersTimeout: slowestMs,
    requestTimeout: slowestMs,
    connectionsCheckingInterval: slowestMs / 10,
  }
  const server = createServer(limits, (request, response) => {
    // The caller hung up while sending: there is nobody to answer.
    respond(request, response).catch(() => response.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new StartError(
        `port ${port} is taken by another program: stop it, or choose another --port`,
      )
    throw new StartError(`cannot listen on port ${port}: ${error.message}`)
  })
  const address = server.address() as AddressInfo

  const stopOnce = async () => {
    closing = true
    const closed = once(server, 'close')
    server.close()
    const ended = new AbortController()
    void closed.then(() => ended.abort())
    const began = performance.now()
    while (!ended.signal.aborted) {
      server.closeIdleConnections()
      const waitedMs = performance.now() - began
      if (waitedMs > patienceMs || (waitedMs > lingerMs && atWork === 0))
        server.closeAllConnections()
      await wait(10)
    }
  }
  let stopped: Promise<void> | undefined

  return {
    url: `http://127.0.0.1:${address.port}`,
    authority: `127.0.0.1:${address.port}`,
    serve: (what: Serving) => {
      serving = what
    },
    /** Takes no new connections and lets requests in flight finish; who does not send or read meanwhile is cut off. */
    stop: () => (stopped ??= stopOnce()),
  }
}
