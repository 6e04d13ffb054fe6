// A server on loopback that a client takes for AWS: it answers as a test says, and remembers what it was asked.
import { once } from 'node:events'
import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string }
/** Answers the request that came as the `count`-th, from 1. One that does nothing never answers. */
type Answering = (response: ServerResponse, asked: Asked, count: number) => void

export const json = (response: ServerResponse, status: number, body: object, headers = {}): void =>
  void response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers })
    .end(JSON.stringify(body))

/** For one test, or with `afterAll` for its file. `asked` fills as requests come; `sockets` counts connections. */
export const awsServer = async (
  answering: Answering,
  ending: (stop: () => void) => void = onTestFinished,
) => {
  const asked: Asked[] = []
  const met = { connections: 0, closed: 0 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    // The test may live on another day: the SDK would take this machine's date for skew, and try a refusal again.
    response.sendDate = false
    response.on('close', () => {
      if (!response.writableFinished) met.closed++
    })
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      answering(response, one, asked.push(one))
    })
  })
  server.on('connection', () => met.connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ending(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return { endpoint, aws: { endpoint, region: 'us-east-1', credentials }, asked, met }
}
