// What goes on below requests: connections that stay, break, or carry something else, and the end of all of them.
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { startGateway } from '../../../infra/local/gateway.ts'
import { withDefaultRoute } from './fragment.ts'
import { bytes, raw, serving } from './serving.ts'

const nothingToServe = {
  route: () => undefined,
  workers: { invoke: () => Promise.reject(new Error('no function')), stop: async () => {} },
  buckets: new Map<string, number>(),
  now: () => new Date('2026-11-21T12:00:00.000Z'),
  report: () => {},
}

const { url } = await serving(withDefaultRoute, afterAll)

describe('connections', () => {
  test('stay open between requests', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    const ports: unknown[] = []
    for (const path of [
      '/v1/things/1',
      '/v1/things/1?do=throw',
      '/v1/things/1?do=connection',
      '/%',
      '/v1/things/1?do=empty',
    ]) {
      const { headers } = await raw(url, { path, agent, method: 'GET' })
      expect([path, headers.connection]).toEqual([path, 'keep-alive'])
      ports.push(Object.values(agent.freeSockets)[0]?.[0]?.localPort)
    }
    expect(ports[0]).toBeTypeOf('number')
    expect(new Set(ports).size).toBe(1)
  })

  test('what is not HTTP is answered 400, and the gateway stands', async () => {
    for (const text of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n',
      '\0\0\0\0\r\n\r\n',
    ])
      expect(await bytes(url, text)).toMatch(/^HTTP\/1.1 400 /)
    expect((await fetch(`${url}/v1/things/1`)).status).toBe(200)
  })

  test('odd requests are answered, and the gateway stands', async () => {
    const end = 'Host: h\r\nConnection: close\r\n\r\n'
    expect(await bytes(url, `HEAD /v1/things/1 HTTP/1.1\r\n${end}`)).toMatch(
      /^HTTP\/1.1 200 [^]*\r\n\r\n$/,
    )
    expect(await bytes(url, `OPTIONS * HTTP/1.1\r\n${end}`)).toMatch(/^HTTP\/1.1 200 /)
    expect(await bytes(url, `GET http://other/v1/things/7 HTTP/1.1\r\n${end}`)).toContain(
      '"rawPath":"/v1/things/7"',
    )
    expect(await bytes(url, `GET /v1/things/\xf1 HTTP/1.1\r\n${end}`)).toMatch(/^HTTP\/1.1 [24]00 /)
    expect(await bytes(url, `GET /v1/things/1 HTTP/1.1\r\nUpgrade: websocket\r\n${end}`)).toMatch(
      /^HTTP\/1.1 200 /,
    )
    expect(await bytes(url, `CONNECT h:1 HTTP/1.1\r\n${end}`)).not.toMatch(/^HTTP\/1.1 200 /)
  })

  test('a caller that never finishes sending is cut off, and the gateway stands', async () => {
    const gateway = await startGateway(0, 300)
    onTestFinished(() => gateway.stop())
    gateway.serve({ ...nothingToServe, authority: gateway.authority })
    const slow = 'POST /v1/things HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc'
    expect(await bytes(gateway.url, slow)).toMatch(/^HTTP\/1.1 408 /)
    expect(await bytes(gateway.url, 'GET /v1/things HTTP/1.1\r\nHo')).toMatch(/^HTTP\/1.1 408 /)
    expect((await fetch(gateway.url)).status).toBe(404)
  })

  test('a caller that hangs up halfway does no harm', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write('POST /v1/things HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc')
    await new Promise(done => setTimeout(done, 50))
    socket.resetAndDestroy()
    expect((await fetch(`${url}/v1/things/1`)).status).toBe(200)
  })

  test('a stop lets a request in flight finish, and takes no new one', async () => {
    const machine = await serving()
    const inFlight = fetch(`${machine.url}/v1/things/1?do=slow`)
    await new Promise(done => setTimeout(done, 150))
    const stopped = machine.stop()
    expect((await inFlight).status).toBe(200)
    await stopped
    await expect(fetch(`${machine.url}/v1/things/1`)).rejects.toThrow('fetch failed')
  })

  test('a stop does not wait for a caller that never finishes sending', async () => {
    const machine = await serving()
    const socket = connect(Number(new URL(machine.url).port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    socket.write('POST /v1/things HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc')
    await new Promise(done => setTimeout(done, 50))
    const before = performance.now()
    await machine.stop()
    expect(performance.now() - before).toBeLessThan(6000)
  })
})
