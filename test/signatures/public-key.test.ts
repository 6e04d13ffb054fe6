// Which public keys get into the directory, and which proofs let them.
import { generateKeyPairSync, sign } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { isProven } from '../../functions/crypto/key-proof.ts'
import { algorithmOf } from '../../signatures/algorithms.ts'
import { thumbprint } from '../../signatures/keys.ts'
import { strongKey } from '../../signatures/public-key.ts'
import { PublicJwk } from '../../schemas/agreement.ts'
import { InstitutionCode, Instant } from '../../schemas/ids.ts'
import { KeyProposal } from '../../schemas/institution.ts'

const hex = (text: string) => Buffer.from(text, 'hex').toString('base64url')
const made = (kind: 'ed25519' | 'P-256' | 'P-384' | number, publicExponent = 65_537) => {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519')
  if (typeof kind === 'number')
    return generateKeyPairSync('rsa', { modulusLength: kind, publicExponent })
  return generateKeyPairSync('ec', { namedCurve: kind })
}
const publicJwk = (pair: ReturnType<typeof made>) =>
  PublicJwk.parse(pair.publicKey.export({ format: 'jwk' }))
const okp = (x: string): PublicJwk => ({ kty: 'OKP', crv: 'Ed25519', x })

const bytes = (text: string) => Buffer.from(text, 'base64url')
const negative = (y: string) => {
  const encoded = Buffer.from(y, 'hex')
  encoded[31] = (encoded[31] as number) | 0x80
  return encoded.toString('hex')
}
const cut = (proof: string, change: (parts: string[]) => string[]) =>
  change(proof.split('.')).join('.')
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** 8·A on edwards25519, by the plain affine formulas of RFC 8032 §5.1 with BigInt: slow, and nothing of ours. */
const timesEight = (jwk: PublicJwk): string => {
  const p = 2n ** 255n - 19n
  const mod = (n: bigint) => ((n % p) + p) % p
  const power = (base: bigint, exponent: bigint): bigint => {
    if (exponent === 0n) return 1n
    const half = power(mod(base * base), exponent / 2n)
    return exponent % 2n === 0n ? half : mod(half * base)
  }
  const inverse = (n: bigint) => power(mod(n), p - 2n)
  const d = mod(-121_665n * inverse(121_666n))
  const octets = Buffer.from((jwk as { x: string }).x, 'base64url')
  octets[31] = (octets[31] as number) & 0x7f
  let y = BigInt(`0x${Buffer.from(octets.toReversed()).toString('hex')}`)
  const square = mod((y * y - 1n) * inverse(d * y * y + 1n))
  let x = power(square, (p + 3n) / 8n)
  if (mod(x * x) !== square) x = mod(x * power(2n, (p - 1n) / 4n))
  for (let doubling = 0; doubling < 3; doubling++) {
    const product = mod(d * x * x * y * y)
    ;[x, y] = [
      mod(2n * x * y * inverse(1n + product)),
      mod((y * y + x * x) * inverse(1n - product)),
    ]
  }
  return `${x},${y}`
}

describe('a key', () => {
  test.each(['ed25519', 'P-256', 2048, 3072, 4096] as const)('of %s is taken', async kind => {
    const jwk = publicJwk(made(kind))
    expect((await strongKey(jwk))?.type).toBe('public')
    expect(await thumbprint(jwk)).toBe(await calculateJwkThumbprint(jwk))
  })

  const rsa = publicJwk(made(2048)) as Extract<PublicJwk, { kty: 'RSA' }>
  const ec = publicJwk(made('P-256')) as Extract<PublicJwk, { kty: 'EC' }>
  test.each<[string, PublicJwk]>([
    ['RSA with 1024 bits', publicJwk(made(1024))],
    ['RSA with 2047 bits', publicJwk(made(2047))],
    ['RSA with more than 4096 bits', { ...rsa, n: hex('c1'.repeat(513)) }],
    ['RSA with the exponent 3', publicJwk(made(2048, 3))],
    ['RSA with the exponent 1', { ...rsa, e: 'AQ' }],
    ['RSA without a modulus', { ...rsa, n: '' }],
    ['a point that is not on P-256', { ...ec, y: ec.x }],
    ['the point at infinity', { ...ec, x: hex('00'.repeat(32)), y: hex('00'.repeat(32)) }],
    ['a short Ed25519 key', okp(hex('42'.repeat(31)))],
    ['a long Ed25519 key', okp(hex('42'.repeat(33)))],
    ['no base64url', okp('='.repeat(43))],
    // The same key in other words would be a second keyid for it.
    [
      'RSA with a zero before its modulus',
      { ...rsa, n: Buffer.concat([Buffer.alloc(1), bytes(rsa.n)]).toString('base64url') },
    ],
    ['RSA with a zero before its exponent', { ...rsa, e: 'AAEAAQ' }],
    ['base64url with padding', { ...ec, x: `${ec.x}=` }],
    ['base64url whose last bits are not zero', okp(`${'A'.repeat(42)}B`)],
    ['base64', okp(`${'+'.repeat(42)}8`)],
  ])('with %s is refused', async (_, jwk) => {
    expect(await strongKey(jwk)).toBeUndefined()
  })

  // y of the points of order 1, 2, 4 and 8, each with both signs, and spellings of 0 to 18 beyond the prime.
  const orders = [
    `01${'00'.repeat(31)}`,
    `ec${'ff'.repeat(30)}7f`,
    '00'.repeat(32),
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ]
  const beyond = Array.from(
    { length: 19 },
    (_, n) => `${(0xed + n).toString(16)}${'ff'.repeat(30)}7f`,
  )
  test.each([...orders, ...beyond].flatMap(y => [y, negative(y)]))(
    'of Ed25519 that anybody can sign for, or spelled beyond the prime, is refused: %s',
    async y => {
      expect(await strongKey(okp(hex(y)))).toBeUndefined()
    },
  )

  test('of small order is what the list has: eight times each point is the neutral element, of no made key', () => {
    expect(orders.map(y => timesEight(okp(hex(y))))).toEqual(orders.map(() => '0,1'))
    expect(timesEight(publicJwk(made('ed25519')))).not.toBe('0,1')
  })
})

describe('a proof of possession', () => {
  const now = Instant.parse('2026-11-21T12:00:00.000Z')
  const seconds = Date.parse(now) / 1000
  const institution = InstitutionCode.parse('IGM')
  const names = { ed25519: 'EdDSA', 'ecdsa-p256-sha256': 'ES256', 'rsa-pss-sha512': 'PS512' }
  const typ = 'referral-hub-key-proof'

  const proven = async (
    changes: {
      claims?: object
      header?: object
      body?: object
      by?: ReturnType<typeof made>
      tamper?: (proof: string) => string
    } = {},
    pair = made('ed25519'),
  ) => {
    const jwk = publicJwk(pair)
    const [alg, keyid] = [algorithmOf[jwk.kty], await thumbprint(jwk)]
    const terms = { roles: ['referrer', 'liaison'], validUntil: '2027-11-21T12:00:00.000Z' }
    const about = { institution, keyid, ...terms, aud: 'hub.example', iat: seconds }
    const proof = await new CompactSign(
      new TextEncoder().encode(JSON.stringify({ ...about, ...changes.claims })),
    )
      .setProtectedHeader({ alg: names[alg], typ, ...changes.header })
      .sign((changes.by ?? pair).privateKey)
    const tampered = changes.tamper?.(proof) ?? proof
    const body = KeyProposal.parse({ jwk, alg, ...terms, proof: tampered, ...changes.body })
    const key = await strongKey(jwk)
    if (!key) throw new Error('a weak key')
    return isProven(body, key, { institution, keyid, authority: 'hub.example', now })
  }

  test.each(['ed25519', 'P-256', 2048] as const)('by a key of %s holds', async kind => {
    expect(await proven({}, made(kind))).toBe(true)
  })

  test('under the newer name of EdDSA with Ed25519 holds (RFC 9864)', async () => {
    expect(await proven({ header: { alg: 'Ed25519' } })).toBe(true)
  })

  test('a day old, or of a clock half a minute ahead, holds, and a second more does not', async () => {
    const old = await Promise.all(
      [-86_400, -86_401, 30, 31].map(more => proven({ claims: { iat: seconds + more } })),
    )
    expect(old).toEqual([true, false, true, false])
  })

  test.each<[string, Parameters<typeof proven>[0]]>([
    ['another key', { by: made('ed25519') }],
    ['for another institution', { claims: { institution: 'ALA' } }],
    ['for another key', { claims: { keyid: 'A'.repeat(43) } }],
    ['for another hub', { claims: { aud: 'other.example' } }],
    ['for several hubs', { claims: { aud: ['hub.example', 'other.example'] } }],
    ['for other roles', { claims: { roles: ['referrer'] } }],
    ['for a longer time', { claims: { validUntil: '2028-11-20T12:00:00.000Z' } }],
    ['for another beginning', { claims: { validFrom: now } }],
    ['for no beginning where one is proposed', { body: { validFrom: now } }],
    ['for roles that were proposed differently', { body: { roles: ['referrer', 'recipient'] } }],
    ['with a member of its own', { claims: { note: 'text' } }],
    ['without a time', { claims: { iat: undefined } }],
    ['with a broken time', { claims: { iat: 'now' } }],
    ['of another type', { header: { typ: 'JWT' } }],
    ['of no type', { header: { typ: undefined } }],
    [
      'without a signature (alg none)',
      {
        tamper: proof =>
          cut(proof, ([, claims]) => [encoded({ alg: 'none', typ }), claims ?? '', 'AA']),
      },
    ],
    [
      'under the public key as a secret (HS256)',
      {
        tamper: proof =>
          cut(proof, ([, claims, s]) => [encoded({ alg: 'HS256', typ }), claims ?? '', s ?? '']),
      },
    ],
    [
      'with changed claims',
      {
        tamper: proof =>
          cut(proof, ([head, , s]) => [head ?? '', encoded({ institution: 'IGM' }), s ?? '']),
      },
    ],
    ['that is no JWS', { tamper: () => 'a.b.c' }],
  ])('by or %s does not hold', async (_, changes) => {
    expect(await proven(changes)).toBe(false)
  })

  test('with a critical header that nobody knows does not hold, though it is signed (RFC 7515 §4.1.11)', async () => {
    const pair = made('ed25519')
    const signedAnew = (header: object) => (proof: string) => {
      const base = `${encoded(header)}.${proof.split('.')[1]}`
      const signature = sign(null, Buffer.from(base), pair.privateKey)
      return `${base}.${signature.toString('base64url')}`
    }
    const header = { alg: 'EdDSA', typ }
    expect(await proven({ tamper: signedAnew(header) }, pair)).toBe(true)
    const critical = { ...header, crit: ['x'], x: 1 }
    expect(await proven({ tamper: signedAnew(critical) }, pair)).toBe(false)
  })
})
