import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, onTestFinished, test } from 'vitest'
import { router } from '../../../infra/local/routes.ts'
import { lambda, machineWith, withDefaultRoute } from './fragment.ts'

const serving = async (more: Parameters<typeof machineWith>[0] = withDefaultRoute) => {
  const machine = await machineWith(more)
  machine.serve()
  return machine
}
type Echoed = { event: APIGatewayProxyEventV2; remaining: number; functionName: string }
const echoed = async (response: Response): Promise<Echoed> => (await response.json()) as Echoed

/** With node:http: fetch would tidy up paths and join headers itself. */
const raw = async (
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
const bytes = async (url: string, text: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(text, 'latin1')
  let got = ''
  for await (const chunk of socket) got += String(chunk)
  return got
}

describe('the gateway hands over what API Gateway would', () => {
  test('a request with a body, as an event of payload format 2.0', async () => {
    const { url } = await serving()
    const before = Date.now()
    const response = await fetch(`${url}/v1/things?a=1&b=x%20y&a=2`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Some': 'Value', 'user-agent': 'tester' },
      body: '{"name":"Ñandú"}',
    })
    expect(response.status).toBe(200)
    const { event, remaining, functionName } = await echoed(response)
    const { host } = new URL(url)
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/things',
      rawPath: '/v1/things',
      rawQueryString: 'a=1&b=x%20y&a=2',
      queryStringParameters: { a: '1,2', b: 'x y' },
      headers: { 'content-type': 'application/json', 'x-some': 'Value', host },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: host,
        domainPrefix: '127',
        http: {
          method: 'POST',
          path: '/v1/things',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'tester',
        },
        routeKey: 'POST /v1/things',
        stage: '$default',
      },
      body: '{"name":"Ñandú"}',
      isBase64Encoded: false,
    })
    expect(event.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before)
    expect(event).not.toHaveProperty('pathParameters')
    expect(event).not.toHaveProperty('cookies')
    expect(functionName).toBe('referral-hub-Echo')
    expect(remaining).toBeGreaterThan(4000)
    expect(remaining).toBeLessThanOrEqual(5000)
  })

  test('duplicate headers joined by commas, and cookies apart', async () => {
    const { url } = await serving()
    const headers = [
      'X-Two',
      'a',
      'Cookie',
      'c=1; d=2',
      'x-two',
      'b, c',
      'Host',
      'h',
      'Signature',
      's1',
      'signature',
      's2',
    ]
    const { text } = await raw(url, { path: '/v1/things/1', headers })
    const { event } = JSON.parse(text) as Echoed
    expect(event.headers).toMatchObject({ 'x-two': 'a,b, c', signature: 's1,s2' })
    expect(event.headers).not.toHaveProperty('cookie')
    expect(event.cookies).toEqual(['c=1', 'd=2'])
    expect(event.pathParameters).toEqual({ thingId: '1' })
    expect(event).not.toHaveProperty('body')
    expect(event).not.toHaveProperty('queryStringParameters')
  })

  test.each([
    ['octets', 'application/octet-stream', Buffer.from('abc')],
    ['JSON that is not valid UTF-8', 'application/json', Buffer.from([0x7b, 0xff, 0x7d])],
    ['JSON cut within a character', 'application/json', Buffer.from('"ñ"').subarray(0, 2)],
  ])('%s as base64, byte for byte', async (_, type, body) => {
    const { url } = await serving()
    const response = await fetch(`${url}/v1/things`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    const { event } = await echoed(response)
    expect(event.isBase64Encoded).toBe(true)
    expect(Buffer.from(event.body ?? '', 'base64')).toEqual(body)
  })

  test.each(['application/json; charset=utf-8', 'text/plain', 'application/problem+json'])(
    '%s as text',
    async type => {
      const { url } = await serving()
      const response = await fetch(`${url}/v1/things`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '\ufeff{}',
      })
      const { event } = await echoed(response)
      expect(event).toMatchObject({ isBase64Encoded: false, body: '\ufeff{}' })
    },
  )
})

describe('routes', () => {
  const routes = ['GET /a/{x}', 'GET /a/b', 'ANY /a/b', 'GET /{x}/b', '$default'].map(routeKey => ({
    routeKey,
    function: routeKey,
  }))
  test.each([
    ['GET', '/a/b', 'GET /a/b', {}],
    ['POST', '/a/b', 'ANY /a/b', {}],
    ['GET', '/a/c', 'GET /a/{x}', { x: 'c' }],
    ['GET', '/z/b', 'GET /{x}/b', { x: 'z' }],
    ['GET', '/a/', '$default', {}],
    ['GET', '/a/b/', '$default', {}],
    ['HEAD', '/a/c', '$default', {}],
    ['get', '/a/c', '$default', {}],
  ])('%s %s is answered by %s', (method, path, routeKey, pathParameters) => {
    expect(router(routes)(method, path)).toEqual({ routeKey, function: routeKey, pathParameters })
  })

  test.each([
    ['/t/a', 'GET /t/{rest+}', { rest: 'a' }],
    ['/t/a/b.p/3', 'GET /t/{rest+}', { rest: 'a/b.p/3' }],
    ['/t/a/', 'GET /t/{rest+}', { rest: 'a/' }],
    ['/t/a/fixed', 'GET /t/{one}/fixed', { one: 'a' }],
    ['/t/fixed', 'GET /t/fixed', {}],
    ['/t/', '$default', {}],
    ['/t', '$default', {}],
  ])('%s: a greedy parameter takes all that is left, where no whole path fits: %s', (...given) => {
    const [path, routeKey, pathParameters] = given
    const greedy = ['GET /t/{rest+}', 'GET /t/{one}/fixed', 'GET /t/fixed', '$default'].map(
      key => ({
        routeKey: key,
        function: key,
      }),
    )
    expect(router(greedy)('GET', path)).toEqual({ routeKey, function: routeKey, pathParameters })
  })

  test('without a default route what matches nothing is answered 404', async () => {
    const { url } = await serving({})
    const response = await fetch(`${url}/nowhere`)
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }])
  })
})

describe('the gateway answers as API Gateway would', () => {
  test.each([
    ['base64', 200, 'application/octet-stream', [0xff, 0x00, 0xfe]],
    ['no-status', 200, 'application/json', [...Buffer.from('{"said":"plain"}')]],
    ['connection', 200, 'text/plain', [...Buffer.from('whole')]],
    ['empty', 204, null, []],
    [
      'bad-header',
      500,
      'application/json',
      [...Buffer.from('{"message":"Internal Server Error"}')],
    ],
    [
      'bad-status',
      500,
      'application/json',
      [...Buffer.from('{"message":"Internal Server Error"}')],
    ],
    ['throw', 500, 'application/json', [...Buffer.from('{"message":"Internal Server Error"}')]],
    ['crash', 500, 'application/json', [...Buffer.from('{"message":"Internal Server Error"}')]],
  ])('a function that answers with: %s', async (what, status, type, expected) => {
    const { url } = await serving()
    const response = await fetch(`${url}/v1/things/1?do=${what}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe(type)
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(expected)
    expect(response.headers.get('x-injected')).toBeNull()
    // It stands, and a function that crashed is started anew.
    expect((await fetch(`${url}/v1/things/1`)).status).toBe(200)
  })

  test('a function that does not answer in its time', async () => {
    const { url } = await serving({ Echo: lambda('echo', 'EchoRole', { Timeout: 1 }) })
    for (const what of ['hang', 'block']) {
      const response = await fetch(`${url}/v1/things/1?do=${what}`)
      const answer = [response.status, await response.json()]
      expect(answer).toEqual([500, { message: 'Internal Server Error' }])
      expect((await fetch(`${url}/v1/things/1`)).status).toBe(200)
    }
  })

  test('cookies of the function, each a header of its own', async () => {
    const { url } = await serving()
    const response = await fetch(`${url}/v1/things/1?do=cookies`)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  test('a body over 10 MB is refused with 413, with and without a length; one of 10 MB is not', async () => {
    const { url } = await serving()
    const post = (body: Buffer | ReadableStream) =>
      fetch(`${url}/v1/things`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body,
        duplex: 'half',
      })
    const limit = 10 * 1024 * 1024
    expect((await post(Buffer.alloc(limit, 'a'))).status).toBe(200)
    const large = await post(Buffer.alloc(limit + 1, 'a'))
    expect([large.status, await large.json()]).toEqual([
      413,
      { message: 'Request Entity Too Large' },
    ])
    expect(large.headers.get('connection')).toBe('close')
    const chunked = await post(new Blob([Buffer.alloc(limit + 1, 'a')]).stream())
    expect(chunked.status).toBe(413)
  })

  test.each([
    ['es', undefined, 'La solicitud no está bien formada'],
    ['en', 'en-GB', 'The request is not well formed'],
  ])(
    'a path with an escape is refused by the gateway itself, in %s',
    async (_, language, title) => {
      const { url } = await serving()
      for (const path of ['/v1/things/%41', '/v1/th%69ngs/1', '/%', '/v1/things/1%3Fdo=throw']) {
        const { status, headers, text } = await raw(url, {
          path,
          headers: language ? { 'accept-language': language } : {},
        })
        expect([path, status, headers['content-type']]).toEqual([
          path,
          400,
          'application/problem+json',
        ])
        const problem = JSON.parse(text) as Record<string, unknown>
        expect(problem).toEqual({
          type: 'https://referral-hub.example/problems/malformed-request',
          title,
          status: 400,
          code: 'malformed-request',
          instance: headers['x-request-id'],
        })
        expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
      }
      expect((await fetch(`${url}/v1/things/1?a=%41`)).status).toBe(200)
    },
  )
})

describe('connections', () => {
  test('stay open between requests', async () => {
    const { url } = await serving()
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
    const { url } = await serving()
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
    const { url } = await serving()
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

  test('a caller that hangs up halfway does no harm', async () => {
    const { url } = await serving()
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
