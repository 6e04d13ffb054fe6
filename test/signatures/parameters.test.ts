// Parameters, clock and digests of a signature: every rule broken, one named row each with its code.
// None of these requests has a key looked up: the cheap rules come first.
import { describe, expect, test } from 'vitest'
import {
  type Change,
  drafted,
  judge,
  later,
  times,
  withHeaders,
  withParameters,
  without,
} from './judging.ts'
import { digestOf, seconds, signed } from './signing.ts'

describe('refused by what is stated, without looking up a key', () => {
  const rows: [string, string, Change][] = [
    ...['created', 'expires', 'nonce', 'keyid', 'tag'].map((name): [string, string, Change] => [
      `without ${name}`,
      'signature-incomplete',
      without(name),
    ]),
    ['for another application', 'signature-invalid', withParameters({ tag: '"web-bot-auth"' })],
    ['with a tag in capitals', 'signature-invalid', withParameters({ tag: '"Referral-Hub"' })],
    [
      'with a nonce of 21 characters',
      'signature-invalid',
      withParameters({ nonce: `"${'a'.repeat(21)}"` }),
    ],
    [
      'with a nonce of 129 characters',
      'signature-invalid',
      withParameters({ nonce: `"${'a'.repeat(129)}"` }),
    ],
    [
      'with a nonce that is not base64url',
      'signature-invalid',
      withParameters({ nonce: `"${'a'.repeat(21)}+"` }),
    ],
    ['with an empty nonce', 'signature-invalid', withParameters({ nonce: '""' })],
    [
      'with a keyid that is no thumbprint',
      'key-unknown',
      withParameters({ keyid: '"test-key-ed25519"' }),
    ],
    ['with an empty keyid', 'key-unknown', withParameters({ keyid: '""' })],
    ['created 31 seconds ahead', 'signature-expired', times(31, 331)],
    ['created 301 seconds ago', 'signature-expired', times(-301, -1)],
    ['expired a second ago', 'signature-expired', times(-299, -1)],
    ['with a life of 301 seconds', 'signature-expired', times(0, 301)],
    ['expiring as it is created', 'signature-expired', times(0, 0)],
    ['expiring before it is created', 'signature-expired', times(10, 5)],
    ['created at the beginning of time', 'signature-expired', withParameters({ created: '0' })],
    ['created before it', 'signature-expired', withParameters({ created: '-1' })],
    ['that never expires', 'signature-expired', withParameters({ expires: '999999999999999' })],
    ['created at a text', 'signature-invalid', withParameters({ created: `"${seconds}"` })],
    ['created at half a second', 'signature-invalid', withParameters({ created: `${seconds}.5` })],
    [
      'created at a date of RFC 9651',
      'signature-invalid',
      withParameters({ created: `@${seconds}` }),
    ],
    [
      'with a nonce that is no text',
      'signature-invalid',
      withParameters({ nonce: 'aaaaaaaaaaaaaaaaaaaaaaaa' }),
    ],
    ...['hmac-sha256', 'none', 'rsa-v1_5-sha256', 'ecdsa-p384-sha384', 'ED25519', ''].map(
      (alg): [string, string, Change] => [
        `claiming the algorithm “${alg}”`,
        'signature-invalid',
        withParameters({ alg: `"${alg}"` }),
      ],
    ),
    [
      'with the digest of another body',
      'digest-mismatch',
      withHeaders({ 'content-digest': digestOf(Buffer.from('{}')) }),
    ],
    [
      'with a digest of an algorithm that nobody knows only',
      'digest-mismatch',
      withHeaders({ 'content-digest': 'md5=:1B2M2Y8AsgTpgAmY7PhCfg==:' }),
    ],
    [
      'with SHA-256 right and SHA-512 wrong',
      'digest-mismatch',
      given => ({
        headers: {
          ...given.headers,
          'content-digest': `${digestOf(given.body)}, ${digestOf(Buffer.alloc(0), 'sha-512')}`,
        },
      }),
    ],
    [
      'with SHA-512 right and SHA-256 wrong',
      'digest-mismatch',
      given => ({
        headers: {
          ...given.headers,
          'content-digest': `${digestOf(given.body, 'sha-512')}, ${digestOf(Buffer.alloc(0))}`,
        },
      }),
    ],
    [
      'with a digest cut short',
      'digest-mismatch',
      withHeaders({ 'content-digest': 'sha-256=:AAAA:' }),
    ],
    ['with an empty digest', 'digest-mismatch', withHeaders({ 'content-digest': 'sha-256=::' })],
    [
      'with a digest as text',
      'digest-mismatch',
      given => ({
        headers: { ...given.headers, 'content-digest': digestOf(given.body).replaceAll(':', '"') },
      }),
    ],
    [
      'with a digest in a list',
      'digest-mismatch',
      given => ({
        headers: {
          ...given.headers,
          'content-digest': `sha-256=(${digestOf(given.body).slice(8)})`,
        },
      }),
    ],
    [
      'with a digest that is no dictionary',
      'digest-mismatch',
      withHeaders({ 'content-digest': 'SHA-256=x' }),
    ],
    [
      'with the digest of a body on a request without one',
      'digest-mismatch',
      given => ({ body: Buffer.alloc(0), headers: given.headers }),
    ],
  ]
  test.each(rows)('%s: %s', async (_, code, change) => {
    expect(await judge(signed(drafted(change)))).toEqual({ outcome: code, lookups: 0 })
  })

  test('the clock is judged to the millisecond', async () => {
    const request = signed(drafted(times(-300, 0)))
    expect(await judge(request, { at: later(0) })).toMatchObject({ outcome: 'accepted' })
    expect(await judge(request, { at: later(1) })).toEqual({
      outcome: 'signature-expired',
      lookups: 0,
    })
    const ahead = signed(drafted(times(30, 330)))
    expect(await judge(ahead, { at: later(0) })).toMatchObject({ outcome: 'accepted' })
    expect(await judge(ahead, { at: later(-1) })).toEqual({
      outcome: 'signature-expired',
      lookups: 0,
    })
  })
})
