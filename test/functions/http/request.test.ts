import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { Refused } from '../../../events/refusal.ts'
import {
  maxBodyBytes,
  readQuery,
  readRequest,
  requireJson,
} from '../../../functions/http/request.ts'

type Given = Partial<
  Pick<
    APIGatewayProxyEventV2,
    'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'
  >
>
const eventOf = (given: Given) =>
  ({
    rawPath: '/v1/referrals',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
    ...given,
  }) as APIGatewayProxyEventV2
const read = (given: Given) => readRequest(eventOf(given))

/** The code that something is refused with, or undefined. */
const refusal = (act: () => unknown): string | undefined => {
  try {
    act()
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.code
  }
}

describe('a request as it arrived', () => {
  test('method, path, query, headers in lower case, and the very bytes of the body', () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d])
    const request = read({
      rawQueryString: 'a=%41&b=c+d',
      headers: { 'Content-Type': 'application/json', host: 'hub.test' },
      body: body.toString('base64'),
      isBase64Encoded: true,
    })
    expect(request).toEqual({
      method: 'POST',
      path: '/v1/referrals',
      query: 'a=%41&b=c+d',
      headers: { 'content-type': 'application/json', host: 'hub.test' },
      body,
    })
  })

  test('a body that is text is its UTF-8 bytes; no body is no bytes', () => {
    expect(read({ body: '{"a":"ñ😀"}' }).body).toEqual(Buffer.from('{"a":"ñ😀"}', 'utf8'))
    expect(read({}).body).toHaveLength(0)
  })

  test('what looks like base64 is not decoded unless it is', () => {
    expect(read({ body: 'e30=' }).body.toString()).toBe('e30=')
    expect(read({ body: 'e30=', isBase64Encoded: true }).body.toString()).toBe('{}')
  })
})

const headersOf = (size: number) => ({
  headers: { 'x-a': 'a'.repeat(10_000), 'x-b': 'b'.repeat(size - 10_006) },
})

const many = (count: number) => ({
  headers: Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, ''])),
})

describe('limits', () => {
  test('a body of 256 KiB is read, one byte more is too large, in text and in base64', () => {
    expect(maxBodyBytes).toBe(262_144)
    for (const [size, code] of [
      [262_144, undefined],
      [262_145, 'body-too-large'],
    ] as const) {
      const bytes = Buffer.alloc(size, 'a')
      expect(refusal(() => read({ body: bytes.toString() }))).toBe(code)
      const encoded = { body: bytes.toString('base64'), isBase64Encoded: true }
      expect(refusal(() => read(encoded))).toBe(code)
    }
  })

  test('bytes count, not letters: 131,073 times ñ is too large', () => {
    expect(refusal(() => read({ body: 'ñ'.repeat(131_072) }))).toBeUndefined()
    expect(refusal(() => read({ body: 'ñ'.repeat(131_073) }))).toBe('body-too-large')
  })

  test('16 KiB of headers are read, names and values together, and one more is not', () => {
    expect(refusal(() => read(headersOf(16_384)))).toBeUndefined()
    expect(refusal(() => read(headersOf(16_385)))).toBe('malformed-request')
  })

  test('a hundred headers are read, and one more is not', () => {
    expect(refusal(() => read(many(100)))).toBeUndefined()
    expect(refusal(() => read(many(101)))).toBe('malformed-request')
  })

  test('path and query may be 8000 bytes together', () => {
    const rawQueryString = 'a'.repeat(8000 - '/v1/referrals'.length)
    expect(refusal(() => read({ rawQueryString }))).toBeUndefined()
    expect(refusal(() => read({ rawQueryString: `${rawQueryString}a` }))).toBe('malformed-request')
  })

  test('a header in two spellings is refused: which one counts would be anyone’s guess', () => {
    expect(refusal(() => read({ headers: { Host: 'a', host: 'b' } }))).toBe('malformed-request')
  })
})

describe('paths', () => {
  test.each([
    '/v1/referrals',
    '/',
    '/v1/referrals/019aa5d4-7c00-7abc-8def-0123456789ab/status',
    '/v1/openapi.json',
    '/v1/access-log/tile/entries/x001/234.p/17',
    '/A_z',
  ])('%s is in the alphabet', rawPath => {
    expect(read({ rawPath }).path).toBe(rawPath)
  })

  test.each([
    '/v1/%2e%2e',
    '/v1/ref%65rrals',
    '/%',
    '/v1/a b',
    '/v1/ñ',
    '/v1/a;b',
    '/v1/a\\b',
    '/v1/a?b',
    '/v1/a#b',
    '/v1/a\n',
    '/v1/a\0',
    '/v1/a@b',
    '/v1/a:b',
    '/v1/a~b',
    '/v1/a+b',
    '/v1/a.b',
    '/v1/../referrals',
    '/v1/access-log/tile.p/1',
    'v1/referrals',
    '',
  ])('%j is not', rawPath => {
    expect(refusal(() => read({ rawPath }))).toBe('malformed-request')
  })
})

const refused = (headers: Record<string, string>) =>
  refusal(() => {
    requireJson(read({ headers }))
  })

describe('the type of a body', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json ; Charset="UTF-8"',
    'application/json\t;\tcharset=utf-8 ',
    'application/json;',
  ])('%s is JSON in UTF-8', type => {
    expect(refused({ 'content-type': type })).toBeUndefined()
  })

  test.each([
    '',
    'text/plain',
    'text/json',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-16',
    'application/jsonp',
    'application/problem+json',
    'multipart/form-data',
    'application/json, application/json',
    'application/json; profile=x',
    'application/ json',
    'application/json; charset="utf-8',
    'application/json; charset="utf-16"',
    'application/json; charset = utf-8',
    'application/json; charset=utf-8; charset=utf-16',
  ])('%j is not', type => {
    expect(refused({ 'content-type': type })).toBe('unsupported-media-type')
  })

  test('a body without a type is refused', () => {
    expect(refused({})).toBe('unsupported-media-type')
  })

  test.each(['gzip', 'br', 'identity', ''])(
    'a body with Content-Encoding %j is refused',
    encoding => {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
      expect(refused(headers)).toBe('unsupported-media-type')
    },
  )
})

describe('queries', () => {
  test.each([
    ['', {}],
    ['a=1', { a: '1' }],
    ['a=1&b=', { a: '1', b: '' }],
    ['b', { b: '' }],
    ['updatedSince=2026-11-21T12%3A00%3A00.000Z', { updatedSince: '2026-11-21T12:00:00.000Z' }],
    ['constructor=x', { constructor: 'x' }],
  ])('%j is read', (query, values) => {
    expect({ ...readQuery(query) }).toEqual(values)
  })

  test.each([
    'a=1&a=2',
    'a=1&a=1',
    'a&a',
    'a=1&%61=2',
    '__proto__=x',
    '%5f_proto__=x',
    'constructor=1&constructor=2',
  ])('%j is refused: which one counts would be anyone’s guess', query => {
    expect(refusal(() => readQuery(query))).toBe('malformed-request')
  })

  test('a name that may be repeated is a list where there are several values, and no other name is', () => {
    const repeated = ['a']
    expect({ ...readQuery('a=1&b=2&a=1&a=', repeated) }).toEqual({ a: ['1', '1', ''], b: '2' })
    expect({ ...readQuery('a=1', repeated) }).toEqual({ a: '1' })
    expect(refusal(() => readQuery('a=1&b=2&b=3', repeated))).toBe('malformed-request')
    expect(refusal(() => readQuery('__proto__=1', ['__proto__']))).toBe('malformed-request')
  })
})
