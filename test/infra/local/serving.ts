// A machine whose doors are open, and ways to call it that fetch does not have.
import { once } from 'node:events'
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { onTestFinished } from 'vitest'
import { machineWith, withDefaultRoute } from './fragment.ts'

/** A machine with the resources of fragment.ts and `more`, until the test ends, or with `afterAll` the file. */
export const serving = async (
  more: Parameters<typeof machineWith>[0] = withDefaultRoute,
  ending: Parameters<typeof machineWith>[2] = onTestFinished,
) => {
  const machine = await machineWith(more, {}, ending)
  machine.serve()
  return machine
}
export type Echoed = { event: APIGatewayProxyEventV2; remaining: number; functionName: string }
export const echoed = async (response: Response): Promise<Echoed> =>
  (await response.json()) as Echoed

/** With node:http: fetch would tidy up paths and join headers itself. */
export const raw = async (
  url: string,
  options: {
    method?: string
    path: string
    headers?: Record<string, string | string[]> | string[]
    body?: Buffer
    agent?: Agent
  },
) => {
  const outgoing = request(url, { ...options, headers: options.headers ?? {} })
  outgoing.end(options.body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  const headers: IncomingHttpHeaders = incoming.headers
  return { status: incoming.statusCode, headers, text: Buffer.concat(chunks).toString() }
}

/** Bytes as they are, and everything that comes back until the connection closes. */
export const bytes = async (url: string, text: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(text, 'latin1')
  let got = ''
  for await (const chunk of socket) got += String(chunk)
  return got
}
