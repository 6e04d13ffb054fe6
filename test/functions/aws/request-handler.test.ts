// The limits of one try, where a client's own would take seconds.
import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { requestHandler } from '../../../functions/aws/request-handler.ts'
import { awsServer } from './aws-server.ts'

const to = (endpoint: string) => {
  const { protocol, hostname, port } = new URL(endpoint)
  return { protocol, hostname, port: Number(port), path: '/', headers: {}, body: '{}' }
}

test('a connection that is not made in time is given up', async () => {
  // It takes connections, and never says a word of TLS.
  const sockets = new Set<Socket>()
  const server = createServer(socket => sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const handler = requestHandler({ maxSockets: 50 })
  onTestFinished(() => {
    handler.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const handled = handler.handle(to(`https://127.0.0.1:${port}`), {
    connectionTimeout: 50,
    requestTimeout: 60_000,
  })
  await expect(handled).rejects.toThrow('no connection in time')
  await expect(handled).rejects.toMatchObject({ name: 'TimeoutError' })
  const [socket] = sockets
  if (socket && !socket.destroyed) await once(socket.resume(), 'close')
})

test('a connection that is there has no limit but that of its request', async () => {
  const server = await awsServer((response, _, count) =>
    setTimeout(() => response.end('{}'), count === 1 ? 0 : 100),
  )
  const handler = requestHandler({ maxSockets: 50 })
  onTestFinished(() => handler.destroy())
  const limits = { connectionTimeout: 50, requestTimeout: 60_000 }
  for (const _ of [1, 2])
    expect(await handler.handle(to(server.endpoint), limits)).toMatchObject({ statusCode: 200 })
})

test('there are no more connections than it was told, and whatever waits for one gets it', async () => {
  const server = await awsServer(response => setTimeout(() => response.end('{}'), 30))
  const handler = requestHandler({ maxSockets: 2 })
  onTestFinished(() => handler.destroy())
  const limits = { connectionTimeout: 1000, requestTimeout: 10_000 }
  const all = [1, 2, 3, 4, 5].map(() => handler.handle(to(server.endpoint), limits))
  expect((await Promise.all(all)).map(({ statusCode }) => statusCode)).toEqual([
    200, 200, 200, 200, 200,
  ])
  expect(server.met.connections).toBe(2)
})

test('a signal that was aborted before lets nothing out', async () => {
  const server = await awsServer(response => response.end('{}'))
  const handler = requestHandler({ maxSockets: 2 })
  onTestFinished(() => handler.destroy())
  const limits = { connectionTimeout: 1000, requestTimeout: 1000 }
  const handled = handler.handle(to(server.endpoint), limits, AbortSignal.abort())
  await expect(handled).rejects.toMatchObject({ name: 'AbortError' })
  expect(server.asked).toEqual([])
})
