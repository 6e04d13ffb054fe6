// Who sent a request: what is accepted, and every signature that is not one of the request under the key it names.
import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RawRequest } from '../../functions/http/request.ts'
import { Algorithm } from '../../schemas/agreement.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import { directory, drafted, get, judge, later, withParameters } from './judging.ts'
import {
  type Draft,
  authority,
  baseOf,
  digestOf,
  draft,
  inputOf,
  now,
  seconds,
  signed,
} from './signing.ts'
import { directoryKey, pairs, pss, signWith } from './key-pairs.ts'

describe.each(Algorithm.options)('a request signed with %s', alg => {
  test('is accepted, its key and its nonce are known, and the key was looked up once', async () => {
    expect(await judge(signed(draft(alg)))).toEqual({
      outcome: 'accepted',
      lookups: 1,
      keyid: directoryKey(alg).keyid,
      nonce: 'bm9uY2Utb2YtMTYtYnl0ZQ',
    })
  })

  const good = signWith[alg]
  const another = {
    ed25519: () => generateKeyPairSync('ed25519'),
    'ecdsa-p256-sha256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    'rsa-pss-sha512': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  }[alg]()
  const forgeries: [string, (base: string) => Buffer][] = [
    ['by another key of the same kind', base => good(base, another.privateKey)],
    ['of another text', base => good(`${base} `)],
    ['cut by a byte', base => good(base).subarray(0, -1)],
    ['cut to half', base => good(base).subarray(0, good(base).length / 2)],
    ['with a byte too many', base => Buffer.concat([good(base), Buffer.of(0)])],
    ['of zeros', base => Buffer.alloc(good(base).length)],
    ['of ones', base => Buffer.alloc(good(base).length, 0xff)],
    ['of no bytes', () => Buffer.alloc(0)],
    ['one bit off', base => Buffer.from(good(base).map((byte, i) => (i === 9 ? byte ^ 1 : byte)))],
    [
      'that is an HMAC under the public key',
      base =>
        createHmac('sha256', pairs[alg].publicKey.export({ type: 'spki', format: 'der' }))
          .update(base)
          .digest(),
    ],
    ...Algorithm.options
      .filter(other => other !== alg)
      .map((other): [string, (base: string) => Buffer] => [
        `made with ${other}`,
        base => signWith[other](base),
      ]),
  ]
  test.each(forgeries)('is refused with a signature %s', async (_, sign) => {
    expect(await judge(signed(draft(alg), sign))).toEqual({
      outcome: 'signature-invalid',
      lookups: 1,
    })
  })
})

const queried = { query: 'limit=3&cursor=a%20b' }
const more = (given: Draft) => ({
  headers: { ...given.headers, accept: 'text/html' },
  components: [...given.components, '"accept"'],
})

const verified = (given = draft('ed25519')) =>
  verifyRequest(signed(given), {
    authority,
    now,
    findKey: async keyid => directory.find(key => key.keyid === keyid),
  })

describe('what a signature covers', () => {
  test.each([
    ['all that a write covers', draft('ed25519')],
    ['a query', drafted(() => queried)],
    ['a read', drafted(get)],
    ['one header more', drafted(more)],
  ])('is known afterwards with the very values of the signature base: %s', async (_, given) => {
    const { covered } = await verified(given)
    const lines = Object.entries(covered).map(([name, value]) => `"${name}": ${value}`)
    expect([...lines, `"@signature-params": ${inputOf(given)}`].join('\n')).toBe(baseOf(given))
  })

  test('is nothing that the signature leaves out', async () => {
    const { covered } = await verified(
      drafted(given => ({ headers: { ...given.headers, accept: 'text/html' } })),
    )
    expect(Object.keys(covered)).toEqual(draft('ed25519').components.map(name => name.slice(1, -1)))
  })
})

const der = (base: string) =>
  signBytes('sha256', Buffer.from(base), pairs['ecdsa-p256-sha256'].privateKey)

describe('the parameters that RFC 9421 fixes for an algorithm', () => {
  const rows: [string, Algorithm, (base: string) => Buffer][] = [
    ['ECDSA in DER instead of r and s', 'ecdsa-p256-sha256', der],
    [
      'ECDSA over SHA-512',
      'ecdsa-p256-sha256',
      base =>
        signBytes('sha512', Buffer.from(base), {
          key: pairs['ecdsa-p256-sha256'].privateKey,
          dsaEncoding: 'ieee-p1363',
        }),
    ],
    ['RSA-PSS with a salt of 32', 'rsa-pss-sha512', pss('sha512', 32)],
    ['RSA-PSS without a salt', 'rsa-pss-sha512', pss('sha512', 0)],
    ['RSA-PSS over SHA-256', 'rsa-pss-sha512', pss('sha256', 64)],
    [
      'RSA of PKCS #1 v1.5',
      'rsa-pss-sha512',
      base => signBytes('sha512', Buffer.from(base), pairs['rsa-pss-sha512'].privateKey),
    ],
  ]
  test.each(rows)('%s is refused', async (_, alg, sign) => {
    expect(await judge(signed(draft(alg), sign))).toEqual({
      outcome: 'signature-invalid',
      lookups: 1,
    })
  })
})

describe('refused once its key is known', () => {
  const tampered: [string, (request: RawRequest) => Partial<RawRequest>][] = [
    ['method', () => ({ method: 'PUT' })],
    ['path', () => ({ path: '/v1/inbox/pull' })],
    ['path, by a slash', ({ path }) => ({ path: `${path}/` })],
    ['query', () => ({ query: 'a=1' })],
    ['content-type', ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/plain' } })],
    [
      'Idempotency-Key',
      ({ headers }) => ({ headers: { ...headers, 'idempotency-key': 'another-key-of-sixteen' } }),
    ],
    [
      'body and its digest',
      ({ headers }) => ({
        body: Buffer.from('{}'),
        headers: { ...headers, 'content-digest': digestOf(Buffer.from('{}')) },
      }),
    ],
    [
      'digest, by one more that is right',
      ({ headers, body }) => ({
        headers: {
          ...headers,
          'content-digest': `${headers['content-digest']}, ${digestOf(body, 'sha-512')}`,
        },
      }),
    ],
    ...[
      ['created', `created=${seconds}`, `created=${seconds + 1}`],
      ['expires', `expires=${seconds + 300}`, `expires=${seconds + 299}`],
      ['nonce', 'bm9u', 'bm9v'],
      ['order of the components', '"@method" "@authority"', '"@authority" "@method"'],
      ['alg, by leaving it out', ';alg="ed25519"', ''],
    ].map(
      ([name = '', from = '', to = '']): [string, (request: RawRequest) => Partial<RawRequest>] => [
        name,
        ({ headers }) => ({
          headers: {
            ...headers,
            'signature-input': (headers['signature-input'] ?? '').replace(from, to),
          },
        }),
      ],
    ),
  ]
  test.each(tampered)('its %s was changed after signing', async (_, change) => {
    const request = signed(draft())
    const changed = { ...request, ...change(request) }
    expect(changed).not.toEqual(request)
    expect(await judge(changed)).toEqual({ outcome: 'signature-invalid', lookups: 1 })
  })

  test.each([
    'other.example:8443',
    'hub.example',
    'hub.example:443',
    'hub.example:8443.evil.example',
  ])('it was signed for the authority %s', async other => {
    const request = signed(drafted(() => ({ authority: other })))
    expect(await judge(request)).toEqual({ outcome: 'signature-invalid', lookups: 1 })
  })

  test('it claims an algorithm that is not its key’s', async () => {
    for (const alg of Algorithm.options)
      for (const claimed of Algorithm.options) {
        if (alg === claimed) continue
        const request = signed(drafted(withParameters({ alg: `"${claimed}"` }), alg))
        expect(await judge(request)).toEqual({ outcome: 'signature-invalid', lookups: 1 })
      }
  })

  test('another registered key is named than the one that signed', async () => {
    const other = directoryKey('ed25519', generateKeyPairSync('ed25519').publicKey)
    const request = signed(drafted(withParameters({ keyid: `"${other.keyid}"` })))
    const judged = await judge(request, { keys: [...directory, other] })
    expect(judged).toEqual({ outcome: 'signature-invalid', lookups: 1 })
  })

  test('nobody registered its key', async () => {
    expect(await judge(signed(draft()), { keys: [] })).toEqual({
      outcome: 'key-unknown',
      lookups: 1,
    })
  })

  const publicKey = createPublicKey(pairs.ed25519.privateKey)
  test.each([
    ['revoked long ago', { revokedAt: '2026-03-01T00:00:00.000Z' }, 'key-revoked'],
    ['revoked at this instant', { revokedAt: now }, 'key-revoked'],
    ['to be revoked a millisecond later', { revokedAt: later(1) }, 'accepted'],
    ['valid from this instant', { validFrom: now }, 'accepted'],
    ['valid from a millisecond later', { validFrom: later(1) }, 'key-revoked'],
    ['valid to this instant', { validUntil: now }, 'accepted'],
    ['valid to a millisecond ago', { validUntil: later(-1) }, 'key-revoked'],
  ])('a key %s: %3$s', async (_, change, outcome) => {
    const keys = [directoryKey('ed25519', publicKey, change)]
    expect(await judge(signed(draft()), { keys })).toMatchObject({ outcome, lookups: 1 })
  })
})
