// HTTP to AWS: one request, its whole answer, and an end in time. The SDK's own handler answers with a stream and sets
// five timers for each request; all that the hub asks of AWS fits in memory and is small.
import type { Agent, IncomingMessage } from 'node:http'

/** Of one try, milliseconds. */
export type TryLimits = { connectionTimeout: number; requestTimeout: number }

/** What is sent: method POST always, the body whole. */
type Request = {
  protocol?: string
  hostname: string
  port?: number
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array
}

/** What came: the body whole, as the SDK's deserializers take it. */
export type Response = { statusCode: number; headers: Record<string, string>; body: Uint8Array }

/** The name makes a try that took too long one that the SDK tries again. */
class TryTimeout extends Error {
  override readonly name = 'TimeoutError'
}

/**
 * Node's module for a protocol, once it is asked for. An `import` of it would read its every member, of which one loads
 * a client that is not used here: 30 ms of each instance's start.
 */
const moduleOf = (secure: boolean) => process.getBuiltinModule(secure ? 'node:https' : 'node:http')

/** Codes of connections that broke or never were: as the SDK's handler has it, these are `TimeoutError`s too. */
const brokenConnections = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

const named = (error: Error & { code?: string }): Error =>
  error.code !== undefined && brokenConnections.has(error.code)
    ? Object.assign(error, { name: 'TimeoutError' })
    : error

const headersOf = ({ headers }: IncomingMessage): Record<string, string> => {
  const flat: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

/**
 * Sends requests over connections that are kept open.
 *
 * @param maxSockets connections at once to one host; what is asked for beyond them waits for one to be free
 */
export const requestHandler = ({ maxSockets }: { maxSockets: number }) => {
  const agents = new Map<boolean, Agent>()
  const agentFor = (secure: boolean): Agent => {
    const agent =
      agents.get(secure) ?? new (moduleOf(secure).Agent)({ keepAlive: true, maxSockets })
    agents.set(secure, agent)
    return agent
  }
  return {
    /**
     * The answer, whatever its status. Throws a `TimeoutError` once a limit is over, or if the connection breaks, and
     * `signal.reason` once the signal is aborted; the connection is closed then.
     */
    handle: (request: Request, limits: TryLimits, signal?: AbortSignal): Promise<Response> =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const secure = request.protocol !== 'http:'
        const sent = moduleOf(secure).request({
          method: 'POST',
          host: request.hostname,
          port: request.port,
          path: request.path,
          headers: request.headers,
          agent: agentFor(secure),
        })
        const timers = [
          setTimeout(
            () => sent.destroy(new TryTimeout('the answer took too long')),
            limits.requestTimeout,
          ),
        ]
        const abort = () => sent.destroy(signal?.reason)
        signal?.addEventListener('abort', abort, { once: true })
        const over = () => {
          for (const timer of timers) clearTimeout(timer)
          signal?.removeEventListener('abort', abort)
        }
        const fail = (error: Error) => {
          over()
          reject(named(error))
        }
        sent.on('error', fail)
        sent.once('socket', socket => {
          if (!socket.connecting) return
          const connecting = setTimeout(
            () => sent.destroy(new TryTimeout('no connection in time')),
            limits.connectionTimeout,
          )
          timers.push(connecting)
          socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(connecting))
        })
        sent.once('response', response => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', fail)
          response.once('end', () => {
            over()
            resolve({
              statusCode: response.statusCode ?? 0,
              headers: headersOf(response),
              body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
            })
          })
        })
        sent.end(request.body)
      }),
    destroy: (): void => {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}
