// Requests that only the key itself can unmask: well formed, in time, and not signed by whom they say.
import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import type { Algorithm, DirectoryKey } from '../../schemas/agreement.ts'
import { type Hostile, altered } from './hostile-rows.ts'
import { drafted, later, withParameters } from './judging.ts'
import { type Draft, digestOf, draft, inputOf, now, seconds, signed } from './signing.ts'
import { directoryKey, pairs, pss, signWith } from './key-pairs.ts'
import { type Event, eventOf } from '../functions/http/stack.ts'

const publicKeyOf = (alg: Algorithm) => createPublicKey(pairs[alg].privateKey)
const fresh = () => generateKeyPairSync('ed25519')
const [revoked, early, late, second] = [fresh(), fresh(), fresh(), fresh()]
const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
/** The neutral point: S·B = R + k·A holds for R = A = 1 and S = 0, whatever k the message gives. */
const neutral = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)])
const neutralKey = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: neutral.toString('base64url') },
  format: 'jwk',
})
const weak = {
  revoked: directoryKey('ed25519', revoked.publicKey, { revokedAt: now }),
  early: directoryKey('ed25519', early.publicKey, { validFrom: later(1) }),
  late: directoryKey('ed25519', late.publicKey, { validUntil: later(-1) }),
  second: directoryKey('ed25519', second.publicKey),
  short: directoryKey('rsa-pss-sha512', short.publicKey),
  neutral: directoryKey('ed25519', neutralKey),
}
export const registered: DirectoryKey[] = [
  directoryKey('ed25519'),
  directoryKey('ecdsa-p256-sha256'),
  directoryKey('rsa-pss-sha512'),
  ...Object.values(weak),
]

const forged = (
  name: string,
  sign: (base: string) => Buffer,
  alg: Algorithm = 'ed25519',
  code = 'signature-invalid',
  keyid?: string,
): Hostile => ({
  name,
  code,
  lookups: 1,
  event: () =>
    eventOf(
      signed(
        drafted(keyid === undefined ? undefined : withParameters({ keyid: `"${keyid}"` }), alg),
        sign,
      ),
    ),
})

/** RFC 8032 §5.1: S + L signs as S does unless it is refused for being too large. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n
const unreduced = (base: string): Buffer => {
  const signature = signWith.ed25519(base)
  let s =
    BigInt(
      `0x${Buffer.from(Uint8Array.from(signature.subarray(32)).toReversed()).toString('hex')}`,
    ) + order
  for (let at = 32; at < 64; at++, s >>= 8n) signature[at] = Number(s & 255n)
  return signature
}
const { privateKey: ec } = pairs['ecdsa-p256-sha256']
const { privateKey: rsa } = pairs['rsa-pss-sha512']
/** n of the curve: r and s must be below it. */
const curveOrder = Buffer.from(
  'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  'hex',
)

const forgeries: Hostile[] = [
  forged('64 zeros', () => Buffer.alloc(64)),
  forged('no bytes', () => Buffer.alloc(0)),
  forged('a byte less', base => signWith.ed25519(base).subarray(1)),
  forged('a byte more', base => Buffer.concat([signWith.ed25519(base), Buffer.alloc(1)])),
  forged('S not reduced', unreduced),
  forged('R and S exchanged', base =>
    Buffer.concat([signWith.ed25519(base).subarray(32), signWith.ed25519(base).subarray(0, 32)]),
  ),
  forged('made for another request', () => signWith.ed25519('"@method": POST')),
  forged('over the body instead of the base', () => signWith.ed25519('{"prueba":"ñ"}')),
  forged('HMAC with the public key as its secret', base =>
    createHmac('sha512', publicKeyOf('ed25519').export({ format: 'der', type: 'spki' }))
      .update(base)
      .digest(),
  ),
  forged('made with another registered key', base => signWith.ed25519(base, second.privateKey)),
  forged('ECDSA in DER', base => signBytes('sha256', Buffer.from(base), ec), 'ecdsa-p256-sha256'),
  forged('ECDSA of zeros', () => Buffer.alloc(64), 'ecdsa-p256-sha256'),
  forged('ECDSA of r = s = n', () => Buffer.concat([curveOrder, curveOrder]), 'ecdsa-p256-sha256'),
  forged(
    'ECDSA over SHA-512',
    base => signBytes('sha512', Buffer.from(base), { key: ec, dsaEncoding: 'ieee-p1363' }),
    'ecdsa-p256-sha256',
  ),
  forged(
    'RSA of PKCS #1 v1.5',
    base => signBytes('sha512', Buffer.from(base), rsa),
    'rsa-pss-sha512',
  ),
  forged('RSA-PSS with a salt of 32', pss('sha512', 32), 'rsa-pss-sha512'),
  forged('RSA-PSS over SHA-256', pss('sha256', 64), 'rsa-pss-sha512'),
  forged('RSA of ones', () => Buffer.alloc(256, 255), 'rsa-pss-sha512'),
  forged(
    'a registered RSA key of 1024 bits',
    pss('sha512', 62, short.privateKey),
    'rsa-pss-sha512',
    undefined,
    weak.short.keyid,
  ),
  forged(
    'a registered key of small order, for which the equation always holds',
    () => Buffer.concat([neutral, Buffer.alloc(32)]),
    'ed25519',
    undefined,
    weak.neutral.keyid,
  ),
  forged(
    'a revoked key',
    base => signWith.ed25519(base, revoked.privateKey),
    'ed25519',
    'key-revoked',
    weak.revoked.keyid,
  ),
  forged(
    'a key that is not yet valid',
    base => signWith.ed25519(base, early.privateKey),
    'ed25519',
    'key-revoked',
    weak.early.keyid,
  ),
  forged(
    'a key that is valid no more',
    base => signWith.ed25519(base, late.privateKey),
    'ed25519',
    'key-revoked',
    weak.late.keyid,
  ),
  ...(['ecdsa-p256-sha256', 'rsa-pss-sha512'] as const).map(alg => ({
    name: `alg="ed25519" with a key for ${alg}`,
    code: 'signature-invalid',
    lookups: 1 as const,
    event: () => eventOf(signed(drafted(withParameters({ alg: '"ed25519"' }), alg))),
  })),
]

const input = (from: string, to: string) => (event: Event) => {
  event.headers['signature-input'] = event.headers['signature-input']?.replace(from, to)
}
const tampered: [string, (event: Event) => void][] = [
  ['method', event => (event.requestContext.http.method = 'PUT')],
  ['method, by its case', event => (event.requestContext.http.method = 'post')],
  ['query', event => (event.rawQueryString = 'limit=200')],
  ['content-type', ({ headers }) => (headers['content-type'] = 'application/json;charset=utf-8')],
  ['Idempotency-Key', ({ headers }) => (headers['idempotency-key'] = 'another-key-of-sixteen')],
  [
    'body, with its digest',
    event => {
      event.body = '{}'
      event.headers['content-digest'] = digestOf(Buffer.from('{}'))
    },
  ],
  ['created', input(`created=${seconds}`, `created=${seconds + 1}`)],
  ['expires', input(`expires=${seconds + 300}`, `expires=${seconds + 299}`)],
  ['nonce', input('bm9u', 'bm9v')],
  ['keyid', input(directoryKey('ed25519').keyid, weak.second.keyid)],
  ['order of components', input('"@method" "@authority"', '"@authority" "@method"')],
  ['alg, by leaving it out', input(';alg="ed25519"', '')],
]
const elsewhere = [
  'other.example:8443',
  'hub.example',
  'hub.example:443',
  'hub.example:8443.evil.example',
]

export const afterTheKey: Hostile[] = [
  ...forgeries,
  ...tampered.map(([name, change]) =>
    altered(`its ${name} changed`, 'signature-invalid', change, 1),
  ),
  ...['/v1/inbox/pull', '/v1/referrals/', '/v1/Referrals'].map(path => ({
    name: `signed for the path ${path}`,
    code: 'signature-invalid',
    lookups: 1 as const,
    event: () => ({ ...eventOf(signed(drafted(() => ({ path })))), rawPath: draft().path }),
  })),
  ...elsewhere.map(authority => ({
    name: `signed for ${authority}`,
    code: 'signature-invalid',
    lookups: 1 as const,
    event: () => eventOf(signed(drafted(() => ({ authority })))),
  })),
  altered(
    'its query in another order',
    'signature-invalid',
    event => (event.rawQueryString = 'b=2&a=1'),
    1,
    () => eventOf(signed(drafted((given: Draft) => ({ ...given, query: 'a=1&b=2' })))),
  ),
  altered(
    'its Signature-Input from another good request',
    'signature-invalid',
    event => {
      const other = drafted(withParameters({ nonce: `"${'b'.repeat(22)}"` }))
      event.headers['signature-input'] = `hub=${inputOf(other)}`
    },
    1,
  ),
]

/** As many good requests, each with a nonce of its own. */
export const good = (nonce: string, alg: Algorithm = 'ed25519', base64 = false): Event => {
  const given = draft(alg)
  return eventOf(signed({ ...given, ...withParameters({ nonce: `"${nonce}"` })(given) }), {
    base64,
  })
}
