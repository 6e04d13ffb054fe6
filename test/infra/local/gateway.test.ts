// What a caller is answered: by a function, for it, or by the gateway itself.
import { afterAll, describe, expect, test } from 'vitest'
import { lambda, withDefaultRoute } from './fragment.ts'
import { raw, serving } from './serving.ts'

const { url } = await serving(withDefaultRoute, afterAll)

/** UUID version 7 (RFC 9562 §5.7). */
const requestId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Sends text, of any length. */
const post = (body: Buffer | ReadableStream, query = '') =>
  fetch(`${url}/v1/things${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body,
    duplex: 'half',
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
    const response = await fetch(`${url}/v1/things/1?do=${what}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe(type)
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(expected)
    expect(response.headers.get('x-injected')).toBeNull()
    if (status === 500) expect(response.headers.get('x-request-id')).toMatch(requestId)
    // It stands, and a function that crashed is started anew.
    expect((await fetch(`${url}/v1/things/1`)).status).toBe(200)
  })

  test('what no HTTP API and no Lambda carries: 10,240 bytes of head, 6 MB of answer', async () => {
    const asked = (length: number) =>
      raw(url, { path: '/v1/things/1', headers: { 'x-long': 'a'.repeat(length) } })
    expect((await asked(9900)).status).toBe(200)
    const { status, text } = await asked(10_240)
    expect([status, text]).toEqual([431, '{"message":"Request Header Fields Too Large"}'])
    expect((await fetch(`${url}/v1/things/1?do=large`)).status).toBe(200)
    const answer = await fetch(`${url}/v1/things/1?do=too-large`)
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { message: 'Internal Server Error' },
    ])
  })

  test('a function that does not answer in its time', async () => {
    const { url: hasty } = await serving({ Echo: lambda('echo', 'EchoRole', { Timeout: 1 }) })
    for (const what of ['hang', 'block']) {
      const response = await fetch(`${hasty}/v1/things/1?do=${what}`)
      expect(response.headers.get('x-request-id')).toMatch(requestId)
      const answer = [response.status, await response.json()]
      expect(answer).toEqual([500, { message: 'Internal Server Error' }])
      expect((await fetch(`${hasty}/v1/things/1`)).status).toBe(200)
    }
  })

  test('cookies of the function, each a header of its own', async () => {
    const response = await fetch(`${url}/v1/things/1?do=cookies`)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  test('a body over 10 MB is refused with 413, with and without a length; one of 10 MB is not', async () => {
    const limit = 10 * 1024 * 1024
    // What would come back of it is more than Lambda carries.
    expect((await post(Buffer.alloc(limit, 'a'), '?do=empty')).status).toBe(204)
    const large = await post(Buffer.alloc(limit + 1, 'a'))
    expect([large.status, await large.json()]).toEqual([
      413,
      { message: 'Request Entity Too Large' },
    ])
    expect(large.headers.get('connection')).toBe('close')
    expect(large.headers.get('x-request-id')).toMatch(requestId)
    const chunked = await post(new Blob([Buffer.alloc(limit + 1, 'a')]).stream())
    expect(chunked.status).toBe(413)
  })

  test.each([
    ['es', undefined, 'La solicitud no está bien formada'],
    ['en', 'en-GB', 'The request is not well formed'],
  ])(
    'a path with an escape is refused by the gateway itself, in %s',
    async (_, language, title) => {
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
        expect(headers['x-request-id']).toMatch(requestId)
      }
      expect((await fetch(`${url}/v1/things/1?a=%41`)).status).toBe(200)
    },
  )

  test('without a default route what matches nothing is answered 404', async () => {
    const { url: bare } = await serving({})
    const response = await fetch(`${bare}/nowhere`)
    expect(response.headers.get('x-request-id')).toMatch(requestId)
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }])
  })
})
