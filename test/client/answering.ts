// A real HTTP server on loopback that answers as it is told, and a client of it.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { afterEach } from 'vitest'
import { hubClient, type HubClientOptions } from '../../client/hub-client.ts'
import { newKey } from '../../signatures/keys.ts'

export type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'hang up'
export type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

export const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

export const problem = (status: number, code: string, more: object = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ status, code, title: 'Título', instance: 'request-1', ...more }),
})
export const ok = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"items":[]}',
}

/** A server that gives these answers in turn, and a client of it. */
export async function answering(...answers: Answer[]) {
  return answeringTo({}, ...answers)
}

export async function answeringTo(options: Partial<HubClientOptions>, ...answers: Answer[]) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => (body += text))
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body,
      })
      const answer = answers[seen.length - 1] ?? ok
      if (answer === 'hang up') request.socket.destroy()
      else response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const client = hubClient({
    url: `http://127.0.0.1:${address.port}`,
    authority: 'hub.example',
    key: await newKey(),
    language: 'en',
    backoffMs: 2,
    retries: 3,
    ...options,
  })
  return { client, seen }
}

/** What was thrown. */
export const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no refusal',
    error => error,
  )
