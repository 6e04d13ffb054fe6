// What a function is handed for a request.
import { afterAll, describe, expect, test } from 'vitest'
import { withDefaultRoute } from './fragment.ts'
import { type Echoed, echoed, raw, serving } from './serving.ts'

const { url } = await serving(withDefaultRoute, afterAll)

describe('the gateway hands over what API Gateway would', () => {
  test('a request with a body, as an event of payload format 2.0', async () => {
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
