import { describe, expect, test } from 'vitest'
import { Refused } from '../../../events/refusal.ts'
import {
  answerName,
  fingerprint,
  idempotencyKeyOf,
  openAnswer,
  sealAnswer,
} from '../../../functions/http/idempotency.ts'
import type { RawRequest } from '../../../functions/http/request.ts'
import { IdempotencyKey, Keyid } from '../../../schemas/ids.ts'

const key = IdempotencyKey.parse('key-of-sixteen-characters')
const otherKey = IdempotencyKey.parse('another-key-of-sixteen')
const request: RawRequest = {
  method: 'POST',
  path: '/v1/referrals',
  query: '',
  headers: { 'idempotency-key': key, 'content-type': 'application/json', signature: 'hub=:AA==:' },
  body: Buffer.from('{"salt":"AAAAAAAAAAAAAAAAAAAAAA"}'),
}
const answer = {
  statusCode: 201,
  headers: { etag: '"1"', location: '/v1/referrals/x' },
  body: '{"folio":"REF-0000-0001-1"}',
}

/** Requests that are not the same, each named by its difference. */
const others: [string, RawRequest][] = [
  ['another method', { ...request, method: 'PUT' }],
  ['another path', { ...request, path: '/v1/referrals/x' }],
  ['a query', { ...request, query: 'a=1' }],
  ['another body', { ...request, body: Buffer.from('{"salt":"BAAAAAAAAAAAAAAAAAAAAA"}') }],
  ['no body', { ...request, body: Buffer.alloc(0) }],
  ['an If-Match', { ...request, headers: { ...request.headers, 'if-match': '"1"' } }],
  ['path and query joined otherwise', { ...request, path: '/v1/referra', query: 'ls' }],
]

const keyOf = (value?: string) =>
  idempotencyKeyOf({
    ...request,
    headers: value === undefined ? {} : { 'idempotency-key': value },
  })

describe('the Idempotency-Key of a request', () => {
  test('it may be absent', () => {
    expect(keyOf()).toBeUndefined()
  })

  test.each(['a'.repeat(16), 'Z'.repeat(64), key])('%s is one', value => {
    expect(keyOf(value)).toBe(value)
  })

  test.each([
    '',
    'a'.repeat(15),
    'a'.repeat(65),
    `${key} `,
    `${key}, ${key}`,
    `"${key}"`,
    `${key}ñ`,
  ])('%j is malformed', value => {
    expect(() => keyOf(value)).toThrow(
      new Refused('idempotency-key-malformed', [{ pointer: '', code: 'wrong-format' }]),
    )
  })
})

describe('a stored answer', () => {
  test('the same request gets it again, marked as replayed', async () => {
    const stored = sealAnswer(answer, key, request, {})
    expect(openAnswer(stored, key, request)).toEqual({
      ...answer,
      headers: { ...answer.headers, 'idempotency-replayed': 'true' },
    })
  })

  // The second is of before 0.2. What is stored must be read by whatever function comes after it.
  test.each([
    [
      'shortened',
      'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiY29udGVudCI6InNob3J0In0..U5f7DTtEPd2V4vG' +
        'u.OnkZM5d8C-6GLWqMIwyzuE3LpOfiS7oz8eFQ4BIgAlIJAkBMTy5mlSpn3CvfyIY9lFo0tMsHSkmN0o' +
        '8xo5WroVpovdQ.8flYSMp7-kYEgUPLnXMlTg',
    ],
    [
      'whole',
      'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..L50QZrx-' +
        'tfUr1dg8.P5NnJ7aqOZ0e-mOdxOPnpsIc-IQ4WnBAAUXoBC8FogmGLQ_evIZAnP8Yl8i0IeIXy8eGvB-' +
        'lnCOKX16qQaT4O-_lhZ-5Zknr0wPV-CGhhFrHZ_NjW0sfXmhR-' +
        'OxoBF7hZIItGsMak5nGKqAgcpe0-chaHA.AeaS0jg4feq1fJMWB1zgLQ',
    ],
  ])('of another day is read, kept %s', async (_, sealed) => {
    const stored = { fingerprint: fingerprint(request), sealed, about: {} }
    expect(openAnswer(stored, key, request)).toMatchObject({ body: answer.body })
  })

  test('a retry is a new signature of the same request', async () => {
    const stored = sealAnswer(answer, key, request, {})
    const headers = { ...request.headers, signature: 'hub=:BB==:', 'signature-input': 'hub=()' }
    expect(openAnswer(stored, key, { ...request, headers })).toMatchObject({
      body: answer.body,
    })
  })

  test.each(others)(
    'with %s it is another request under the same key, and refused',
    async (_, other) => {
      const stored = sealAnswer(answer, key, request, {})
      expect(fingerprint(other)).not.toBe(fingerprint(request))
      expect(() => openAnswer(stored, key, other)).toThrow(new Refused('idempotency-key-reused'))
    },
  )

  test('who has only what is stored cannot open it: not with another body, not with another key', async () => {
    const stored = sealAnswer(answer, key, request, {})
    const other = { ...request, body: Buffer.from('{}') }
    const claimed = { ...stored, fingerprint: fingerprint(other) }
    expect(() => openAnswer(claimed, key, other)).toThrow('decryption')
    expect(() => openAnswer(stored, otherKey, request)).toThrow('decryption')
  })

  test('key and body cannot trade letters with each other', async () => {
    const stored = sealAnswer(answer, key, request, {})
    const shorter = IdempotencyKey.parse(key.slice(0, -1))
    const longer = { ...request, body: Buffer.concat([Buffer.from(key.slice(-1)), request.body]) }
    const claimed = { ...stored, fingerprint: fingerprint(longer) }
    expect(() => openAnswer(claimed, shorter, longer)).toThrow('decryption')
  })

  test('nothing of the answer, the key or the request can be read in it', async () => {
    const stored = sealAnswer(answer, key, request, {})
    const seen = [stored.fingerprint, ...stored.sealed.split('.')]
      .flatMap(part => [part, Buffer.from(part, 'base64url').toString('latin1')])
      .join('\n')
    for (const text of ['REF-', 'folio', 'location', key, 'salt', '/v1/referrals'])
      expect(seen).not.toContain(text)
  })

  test('an altered one is not given out', async () => {
    const stored = sealAnswer(answer, key, request, {})
    const sealed = stored.sealed.replace(
      /\.([^.])([^.]*)$/,
      (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}`,
    )
    expect(() => openAnswer({ ...stored, sealed }, key, request)).toThrow('decryption')
  })
})

test('an answer is kept under the key that signed: another institution’s same key is another name', () => {
  const [mine, theirs] = ['A', 'B'].map(letter => Keyid.parse(letter.repeat(43)))
  if (!mine || !theirs) throw new Error('two keys')
  expect(answerName(mine, key)).toEqual(answerName(mine, key))
  expect(answerName(mine, key)).not.toEqual(answerName(theirs, key))
  expect(answerName(mine, key)).not.toEqual(answerName(mine, otherKey))
  expect(JSON.stringify(answerName(mine, key))).not.toContain(key)
})
