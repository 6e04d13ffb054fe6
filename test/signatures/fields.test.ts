// Signature headers that are missing, doubled or broken: refused by their form, without looking up a key.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drafted, get, judge } from './judging.ts'
import { digestOf, draft, seconds, signed } from './signing.ts'

describe('refused by its signature headers, without looking up a key', () => {
  const good = signed(draft())
  const { signature = '', 'signature-input': input = '' } = good.headers
  const bytes = signature.slice('hub='.length)
  const rows: [string, string, Record<string, string>][] = [
    ['no signature at all', 'signature-missing', { signature: '', 'signature-input': '' }],
    ['no Signature', 'signature-missing', { signature: '' }],
    ['no Signature-Input', 'signature-missing', { 'signature-input': '' }],
    ['Signature under another label', 'signature-missing', { signature: `sig1=${bytes}` }],
    [
      'Signature-Input under another label',
      'signature-missing',
      { 'signature-input': input.replace('hub=', 'sig1=') },
    ],
    [
      'a label in capitals',
      'signature-invalid',
      { 'signature-input': input.replace('hub=', 'HUB=') },
    ],
    [
      'two labelled hub',
      'malformed-request',
      { signature: `${signature}, ${signature}`, 'signature-input': `${input}, ${input}` },
    ],
    ['two inputs labelled hub', 'malformed-request', { 'signature-input': `${input}, ${input}` }],
    [
      'two Signatures labelled hub',
      'malformed-request',
      { signature: `${signature}, ${signature}` },
    ],
    ['a Signature-Input that is no dictionary', 'signature-invalid', { 'signature-input': '()' }],
    ['a Signature-Input that is no list', 'signature-invalid', { 'signature-input': 'hub="x"' }],
    ['a Signature that is no dictionary', 'signature-invalid', { signature: bytes }],
    ['a Signature that is text', 'signature-invalid', { signature: `hub="${bytes}"` }],
    ['a Signature that is a list', 'signature-invalid', { signature: `hub=(${bytes})` }],
    ['a Signature that is a flag', 'signature-invalid', { signature: 'hub' }],
    [
      'a Signature with parameters',
      'signature-invalid',
      { signature: `${signature};alg="ed25519"` },
    ],
    ['a Signature that is not base64', 'signature-invalid', { signature: 'hub=:*:' }],
    ['created twice', 'signature-invalid', { 'signature-input': `${input};created=${seconds}` }],
    [
      'a component that is a token',
      'signature-invalid',
      { 'signature-input': input.replace('"@method"', 'method') },
    ],
    ['letters that are not ASCII', 'signature-invalid', { 'signature-input': `${input};x="ñ"` }],
  ]
  test.each(rows)('%s: %s', async (_, code, headers) => {
    const request = { ...good, headers: { ...good.headers, ...headers } }
    expect(await judge(request)).toEqual({ outcome: code, lookups: 0 })
  })

  test('headers that are absent count as empty ones', async () => {
    expect(await judge({ ...good, headers: {} })).toEqual({
      outcome: 'signature-missing',
      lookups: 0,
    })
  })

  test('a body that was exchanged is noticed before any look-up', async () => {
    const request = { ...good, body: Buffer.from('{"prueba":"n"}') }
    expect(await judge(request)).toEqual({ outcome: 'digest-mismatch', lookups: 0 })
  })

  test('a body slipped into a reading request is noticed before any look-up', async () => {
    const request = { ...signed(drafted(get)), body: Buffer.from('{}') }
    expect(await judge(request)).toEqual({ outcome: 'signature-incomplete', lookups: 0 })
  })

  test('an Idempotency-Key slipped in is noticed before any look-up', async () => {
    const request = signed(drafted(get))
    const headers = { ...request.headers, 'idempotency-key': 'key-of-sixteen-characters' }
    expect(await judge({ ...request, headers })).toEqual({
      outcome: 'signature-incomplete',
      lookups: 0,
    })
  })

  test('whatever stands in these headers, the answer is a refusal of the catalogue and never a fault', async () => {
    const pieces = fc.constantFrom(
      'hub',
      'sig1',
      '=',
      '(',
      ')',
      '"@method"',
      '"@path"',
      ';',
      'created=',
      '1',
      ':',
      'AA==',
      ', ',
      '"',
      '\\',
      'keyid="x"',
      'ñ',
      ' ',
      '\t',
      '?1',
      '@1',
      '%"x"',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 20 }).map(list => list.join('')),
      fc.constantFrom(input, signature),
    )
    await fc.assert(
      fc.asyncProperty(
        texts,
        texts,
        fc.oneof(texts, fc.constant(digestOf(good.body))),
        async (one, other, digest) => {
          const headers = {
            ...good.headers,
            signature: one,
            'signature-input': other,
            'content-digest': digest,
          }
          const { outcome } = await judge({ ...good, headers })
          if (one === signature && other === input && digest === digestOf(good.body)) return
          expect(outcome).toMatch(
            /^(signature-(missing|invalid|incomplete|expired)|digest-mismatch|key-unknown|malformed-request)$/,
          )
        },
      ),
      { numRuns: 1000 },
    )
  })
})
