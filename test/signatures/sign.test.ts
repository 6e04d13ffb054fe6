// Signatures of the client, checked without its code or its library: the base built by hand (RFC 9421 §2.5), verified
// by node:crypto.
import { constants, createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hubKey, parsePrivateJwk, publicHalf } from '../../signatures/keys.ts'
import { signerOf, signRequest, type UnsignedRequest } from '../../signatures/sign.ts'

const now = new Date('2026-11-21T12:00:00.900Z')
const created = Date.parse('2026-11-21T12:00:00Z') / 1000

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
type Alg = keyof typeof pairs
const keyOf = (alg: Alg) => hubKey(parsePrivateJwk(pairs[alg].privateKey.export({ format: 'jwk' })))

/** RFC 9421 §3.3.1, §3.3.4, §3.3.6 with node:crypto. */
function holds(alg: Alg, base: string, signature: Uint8Array): boolean {
  const key = pairs[alg].publicKey
  const data = Buffer.from(base)
  if (alg === 'ed25519') return verify(null, data, key, signature)
  if (alg === 'ecdsa-p256-sha256')
    return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return verify('sha512', data, { key, padding, saltLength: 64 }, signature)
}

async function signed(alg: Alg, request: UnsignedRequest) {
  const key = await keyOf(alg)
  const headers = await signRequest(request, await signerOf(key), key.keyid, now)
  const input = /^hub=(\(.*\);.*)$/.exec(headers.get('signature-input') ?? '')?.[1] ?? ''
  const octets = /^hub=:([A-Za-z0-9+/]+=*):$/.exec(headers.get('signature') ?? '')?.[1] ?? ''
  return { key, headers, input, signature: Buffer.from(octets, 'base64') }
}

const body = new TextEncoder().encode('{"prueba":"ñ"}')
const posted: UnsignedRequest = {
  method: 'POST',
  url: 'https://hub.example:8443/v1/referrals',
  headers: new Headers({
    'content-type': 'application/json',
    'idempotency-key': 'key-of-sixteen-characters',
  }),
  body,
}

describe.each(Object.keys(pairs) as Alg[])('a key of %s', alg => {
  test('signs a request with a body over everything the hub asks for', async () => {
    const { key, headers, input, signature } = await signed(alg, posted)
    const sha256 = createHash('sha256').update(body).digest('base64')
    expect(headers.get('content-digest')).toBe(`sha-256=:${sha256}:`)
    const nonce = /;nonce="([A-Za-z0-9_-]{22})"/.exec(input)?.[1]
    expect(input).toBe(
      '("@method" "@authority" "@path" "@query" "content-type" "content-digest" "idempotency-key")' +
        `;created=${created};expires=${created + 120};nonce="${nonce}"` +
        `;keyid="${key.keyid}";alg="${alg}";tag="referral-hub"`,
    )
    const base = [
      '"@method": POST',
      '"@authority": hub.example:8443',
      '"@path": /v1/referrals',
      '"@query": ?',
      '"content-type": application/json',
      `"content-digest": sha-256=:${sha256}:`,
      '"idempotency-key": key-of-sixteen-characters',
      `"@signature-params": ${input}`,
    ].join('\n')
    expect(holds(alg, base, signature)).toBe(true)
    expect(holds(alg, base.replace('POST', 'PUT'), signature)).toBe(false)
    expect(holds(alg, base.replace('hub.example', 'other.example'), signature)).toBe(false)
  })

  test('signs a request without a body over method, authority, path and query alone', async () => {
    const { input, signature } = await signed(alg, {
      method: 'GET',
      url: 'https://hub.example/v1/access-log?from=2026-11-01T00%3A00%3A00.000Z&limit=5',
      headers: new Headers({ accept: '*/*' }),
    })
    expect(input).toMatch(/^\("@method" "@authority" "@path" "@query"\);created=/)
    const base = [
      '"@method": GET',
      '"@authority": hub.example',
      '"@path": /v1/access-log',
      '"@query": ?from=2026-11-01T00%3A00%3A00.000Z&limit=5',
      `"@signature-params": ${input}`,
    ].join('\n')
    expect(holds(alg, base, signature)).toBe(true)
    expect(holds(alg, base.replace('limit=5', 'limit=6'), signature)).toBe(false)
  })

  test('has the RFC 7638 thumbprint as keyid, and a public half without private members', async () => {
    const key = await keyOf(alg)
    const exported = pairs[alg].publicKey.export({ format: 'jwk' })
    const canonical = Object.fromEntries(
      Object.entries(exported).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    )
    const digest = createHash('sha256').update(JSON.stringify(canonical)).digest('base64url')
    expect(key.keyid).toBe(digest)
    expect(publicHalf(key.jwk)).toEqual(exported)
    expect(createPublicKey({ key: publicHalf(key.jwk), format: 'jwk' }).type).toBe('public')
  })
})

test('every signature has a nonce of its own, of 16 bytes', async () => {
  const key = await keyOf('ed25519')
  const signer = await signerOf(key)
  const nonces = new Set<string>()
  for (let n = 0; n < 200; n++) {
    const headers = await signRequest(posted, signer, key.keyid, now)
    nonces.add(/nonce="([^"]+)"/.exec(headers.get('signature-input') ?? '')?.[1] ?? '')
  }
  expect(nonces.size).toBe(200)
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64url')).toHaveLength(16)
})

test('the digest is of the bytes, so another body has another one', async () => {
  const key = await keyOf('ed25519')
  const other = { ...posted, body: new TextEncoder().encode('{"prueba":"n"}') }
  const digests = await Promise.all(
    [posted, other].map(async request => {
      const headers = await signRequest(request, await signerOf(key), key.keyid, now)
      return headers.get('content-digest')
    }),
  )
  expect(new Set(digests).size).toBe(2)
})

test('RFC 8037 appendix A.3: the thumbprint of its Ed25519 key', async () => {
  const rfc8037 = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  }
  const key = await hubKey(parsePrivateJwk({ ...rfc8037, key_ops: ['verify'], alg: 'EdDSA' }))
  expect(key.keyid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  expect(key.jwk).toEqual(rfc8037)
})

test.each([
  ['a public key', { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }],
  ['a shared secret', { kty: 'oct', k: 'AAAA' }],
  ['another curve', { kty: 'EC', crv: 'P-384', x: 'AAAA', y: 'AAAA', d: 'AAAA' }],
  ['nothing', null],
])('%s is no key to sign with', (_, jwk) => {
  expect(() => parsePrivateJwk(jwk)).toThrow(TypeError)
})
