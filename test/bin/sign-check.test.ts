// hub sign-check: the mistakes that partners make, each named with the component it is in.
import { constants, createHash, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { explain } from '../../bin/sign-check/explain.ts'
import { readCaptured } from '../../bin/sign-check/message.ts'
import { sentence } from '../../texts/sign-check-findings.ts'
import { type CaptureOptions, authority, captured, created, keys, pairs } from './captured.ts'

const verdictOf = (text: string, at?: number) => {
  const request = readCaptured(Buffer.from(text))
  if (!request) throw new Error('no request')
  return explain(request, { authority, keys: Object.values(keys), ...(at && { at }) })
}

const rsa = { key: pairs['rsa-pss-sha512'].privateKey }
const without = (name: string) =>
  ['@method', '@authority', '@path', '@query', 'content-type', 'content-digest'].filter(
    each => each !== name,
  )

describe('sign-check', () => {
  test.each(['ed25519', 'ecdsa-p256-sha256', 'rsa-pss-sha512'] as const)(
    'says of a right signature with %s that it holds',
    async alg => {
      const { code, findings } = await verdictOf(captured({ alg }))
      expect([code, findings]).toEqual([undefined, [{ key: 'holds' }]])
    },
  )

  test.each<[string, CaptureOptions, string, string]>([
    ['no Signature', { without: ['signature'] }, 'signature-missing', 'signature:'],
    [
      'no Signature-Input',
      { without: ['signature-input'] },
      'signature-missing',
      'signature-input:',
    ],
    ['@query is not covered', { components: without('@query') }, 'signature-incomplete', '@query:'],
    [
      'the key of the retry is not covered',
      { components: without('') },
      'signature-incomplete',
      'idempotency-key:',
    ],
    ['no nonce', { parameters: { nonce: undefined } }, 'signature-incomplete', 'nonce:'],
    ['a short nonce', { parameters: { nonce: 'AAAA' } }, 'signature-invalid', 'nonce:'],
    ['another tag', { parameters: { tag: 'web' } }, 'signature-invalid', 'tag:'],
    [
      'alive for too long',
      { parameters: { expires: created + 301 } },
      'signature-expired',
      'expires:',
    ],
    [
      'expires before it is created',
      { parameters: { expires: created - 1 } },
      'signature-expired',
      'expires:',
    ],
    [
      'another algorithm in alg',
      { parameters: { alg: 'rsa-pss-sha512' } },
      'signature-invalid',
      'alg:',
    ],
    ['a key nobody knows', { parameters: { keyid: 'k'.repeat(43) } }, 'key-unknown', 'keyid:'],
    [
      'a body with a line feed that was not signed',
      { sentBody: '{"a":1}\n' },
      'digest-mismatch',
      'content-digest:',
    ],
    [
      'a digest of an algorithm that is not taken',
      { headers: { 'content-digest': 'md5=:AAAA:' } },
      'digest-mismatch',
      'content-digest:',
    ],
    [
      'the host with a port',
      { signs: { '@authority': 'hub.example.org:443' } },
      'signature-invalid',
      '@authority:',
    ],
    [
      'the host that it was sent to',
      { headers: { host: 'proxy.local' }, signs: { '@authority': 'proxy.local' } },
      'signature-invalid',
      '@authority:',
    ],
    ['the query without its ?', { signs: { '@query': 'x=1' } }, 'signature-invalid', '@query:'],
    [
      'no query as nothing',
      { target: '/v1/referrals', signs: { '@query': '' } },
      'signature-invalid',
      '@query:',
    ],
    [
      'the path with its query',
      { signs: { '@path': '/v1/referrals?x=1' } },
      'signature-invalid',
      '@path:',
    ],
    [
      'the method in small letters',
      { signs: { '@method': 'post' } },
      'signature-invalid',
      '@method:',
    ],
    [
      'a content-type with charset',
      { signs: { 'content-type': 'application/json; charset=utf-8' } },
      'signature-invalid',
      'content-type:',
    ],
    [
      'a quoted field',
      { signs: { 'idempotency-key': '"key-of-sixteen-characters"' } },
      'signature-invalid',
      'idempotency-key:',
    ],
    [
      'an ECDSA signature in DER',
      {
        alg: 'ecdsa-p256-sha256',
        sign: data => sign('sha256', data, pairs['ecdsa-p256-sha256'].privateKey),
      },
      'signature-invalid',
      'DER',
    ],
    [
      'RSA of the old padding',
      { alg: 'rsa-pss-sha512', sign: data => sign('sha512', data, rsa.key) },
      'signature-invalid',
      'PKCS1',
    ],
    [
      'an RSA-PSS salt of 32 bytes',
      {
        alg: 'rsa-pss-sha512',
        sign: data =>
          sign('sha512', data, {
            ...rsa,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: 32,
          }),
      },
      'signature-invalid',
      '64',
    ],
    [
      'the hash of the base',
      { base: base => createHash('sha256').update(base).digest() },
      'signature-invalid',
      'SHA-256',
    ],
    [
      'CR LF between lines',
      { base: base => base.replaceAll('\n', '\r\n') },
      'signature-invalid',
      'CR LF',
    ],
    ['a line feed at the end', { base: base => `${base}\n` }, 'signature-invalid', 'línea|line'],
    [
      'no line of parameters',
      { base: base => base.slice(0, base.lastIndexOf('\n')) },
      'signature-invalid',
      '@signature-params:',
    ],
    ['something nobody thought of', { base: base => `${base}!` }, 'signature-invalid', 'compar'],
  ])('names it: %s', async (_, options, expected, named) => {
    const { code, findings, base } = await verdictOf(captured(options))
    expect(code).toBe(expected)
    for (const language of ['es', 'en'] as const)
      expect(findings.map(finding => sentence(finding, language)).join('\n')).toMatch(
        new RegExp(named, 'i'),
      )
    if (!options.without) expect(base).toContain('"@signature-params": (')
  })

  test.each<[string, CaptureOptions, string, string]>([
    [
      'a path that no route has',
      { target: '/v1/%72eferrals' },
      'malformed-request',
      'path-alphabet',
    ],
    [
      'a moment that no calendar has',
      { parameters: { created: 10 ** 14, expires: 10 ** 14 + 60 } },
      'signature-expired',
      'created',
    ],
    [
      'a moment before every calendar',
      { parameters: { created: -253_402_300_798, expires: -253_402_300_738 } },
      'signature-expired',
      'created',
    ],
    [
      'a target longer than the hub takes',
      { target: `/v1/referrals?${'x'.repeat(8000)}` },
      'malformed-request',
      'target-too-long',
    ],
  ])('knows the hub’s limits too: %s', async (_, options, expected, named) => {
    const { code, rule = '', findings } = await verdictOf(captured(options))
    const told = findings.map(finding => sentence(finding, 'en')).join('\n')
    expect([code, `${rule} ${told}`]).toEqual([expected, expect.stringContaining(named)])
  })

  test('judges at the instant that it is told', async () => {
    const at = (created + 400) * 1000
    const { code, findings } = await verdictOf(captured(), at)
    expect(code).toBe('signature-expired')
    expect(findings.map(({ key }) => key)).toEqual(['behind', 'expired'])
  })
})
