// What a caller is answered: by a function, for it, or by the gateway itself.
import { afterAll, describe, expect, test } from 'vitest'
import { lambda, withDefaultRoute } from './fragment.ts'
import { echoed, raw, serving } from './serving.ts'

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

const tooLarge = async (response: Response) => {
  const instance = response.headers.get('x-request-id')
  expect(instance).toMatch(requestId)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect([response.status, await response.json()]).toMatchObject([
    413,
    { code: 'body-too-large', status: 413, instance },
  ])
}

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
    // It stands, and a function that crashed is started again.
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

  test('an event of 6 MB is more than Lambda takes: 413; one byte less is not', async () => {
    // What is around the body, of a request whose lengths have as many digits.
    const sent = 1_000_000
    const { event } = await echoed(await post(Buffer.alloc(sent, 'a'), '?do=plain'))
    const around = JSON.stringify(event).length - sent
    const most = 6 * 1024 * 1024 - around
    await tooLarge(await post(Buffer.alloc(most, 'a'), '?do=empty'))
    expect((await post(Buffer.alloc(most - 1, 'a'), '?do=empty')).status).toBe(204)
    // Bytes that are no text go as base64: four letters for three bytes.
    await tooLarge(await post(Buffer.alloc(4_800_000, 0xff), '?do=empty'))
  })

  test('a body over 10 MB is refused unread, with and without a length', async () => {
    const limit = 10 * 1024 * 1024
    const large = await post(Buffer.alloc(limit + 1, 'a'), '?do=empty')
    expect(large.headers.get('connection')).toBe('close')
    await tooLarge(large)
    await tooLarge(await post(new Blob([Buffer.alloc(limit + 1, 'a')]).stream(), '?do=empty'))
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
