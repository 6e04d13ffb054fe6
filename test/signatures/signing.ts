// Signs requests with node:crypto alone, the signature base written by hand (RFC 9421 §2.5): what the hub must accept,
// and what every forgery starts from. `change` alters a draft before it is signed; what is altered afterwards is the
// forgery.
import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto'
import { DirectoryKey, type Algorithm } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import type { RawRequest } from '../../functions/http/request.ts'

export const now = Instant.parse('2026-11-21T12:00:00.000Z')
export const seconds = Date.parse(now) / 1000
export const authority = 'hub.example:8443'

export const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

/** RFC 9421 §3.3.6, §3.3.4 and §3.3.1. */
export const signWith: Record<Algorithm, (base: string, key?: KeyObject) => Buffer> = {
  ed25519: (base, key = pairs.ed25519.privateKey) => signBytes(null, Buffer.from(base), key),
  'ecdsa-p256-sha256': (base, key = pairs['ecdsa-p256-sha256'].privateKey) =>
    signBytes('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' }),
  'rsa-pss-sha512': (base, key = pairs['rsa-pss-sha512'].privateKey) =>
    signBytes('sha512', Buffer.from(base), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 64,
    }),
}

/** RFC 7638 §3: the required members in the order of their names, without blanks. */
const thumbprint = (jwk: object): string => {
  const members = Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url')
}

/** The directory's entry for a public key. */
export const directoryKey = (
  alg: Algorithm,
  publicKey: KeyObject = createPublicKey(pairs[alg].privateKey),
  change: object = {},
): DirectoryKey => {
  const jwk = publicKey.export({ format: 'jwk' })
  return DirectoryKey.parse({
    keyid: thumbprint(jwk),
    institution: 'IGM',
    roles: ['referrer'],
    alg,
    jwk,
    validFrom: '2026-02-05T06:00:00.000Z',
    validUntil: '2028-02-05T05:59:59.000Z',
    ...change,
  })
}

export const digestOf = (body: Uint8Array, algorithm: 'sha-256' | 'sha-512' = 'sha-256') =>
  `${algorithm}=:${createHash(algorithm.replace('-', '')).update(body).digest('base64')}:`

/** A request to be signed. `components` and `parameters` are written as they stand in Signature-Input. */
export type Draft = {
  label: string
  alg: Algorithm
  method: string
  authority: string
  path: string
  query: string
  headers: Record<string, string>
  body: Buffer
  components: string[]
  parameters: Record<string, string>
}

const quoted = (text: string) => `"${text}"`
const body = Buffer.from('{"prueba":"ñ"}')

/** What the signature of a submission covers, at the least. */
export const covered: readonly string[] = [
  '@method',
  '@authority',
  '@path',
  '@query',
  'content-type',
  'content-digest',
  'idempotency-key',
]

/** A submission as a good client signs it. */
export const draft = (alg: Algorithm = 'ed25519'): Draft => ({
  label: 'hub',
  alg,
  method: 'POST',
  authority,
  path: '/v1/referrals',
  query: '',
  headers: {
    'content-type': 'application/json',
    'content-digest': digestOf(body),
    'idempotency-key': 'key-of-sixteen-characters',
  },
  body,
  components: covered.map(quoted),
  parameters: {
    created: `${seconds}`,
    expires: `${seconds + 300}`,
    nonce: quoted('bm9uY2Utb2YtMTYtYnl0ZQ'),
    keyid: quoted(directoryKey(alg).keyid),
    alg: quoted(alg),
    tag: quoted('referral-hub'),
  },
})

/** Signature-Input's member for a draft (RFC 9421 §4.1). */
export const inputOf = ({ components, parameters }: Draft): string =>
  `(${components.join(' ')})${Object.entries(parameters)
    .map(([name, value]) => `;${name}=${value}`)
    .join('')}`

/** The signature base (RFC 9421 §2.5). */
export const baseOf = (given: Draft): string => {
  const derived: Record<string, string> = {
    '@method': given.method,
    '@authority': given.authority,
    '@path': given.path,
    '@query': `?${given.query}`,
  }
  const lines = given.components.map(identifier => {
    const name = /^"([^"]*)"/.exec(identifier)?.[1] ?? ''
    return `${identifier}: ${(Object.hasOwn(derived, name) ? derived[name] : given.headers[name]) ?? ''}`
  })
  return [...lines, `"@signature-params": ${inputOf(given)}`].join('\n')
}

/** The request on its way, with the signature that `sign` makes of the base. */
export const signed = (
  given: Draft,
  sign: (base: string) => Buffer = signWith[given.alg],
): RawRequest => ({
  method: given.method,
  path: given.path,
  query: given.query,
  headers: {
    host: given.authority,
    ...given.headers,
    'signature-input': `${given.label}=${inputOf(given)}`,
    signature: `${given.label}=:${sign(baseOf(given)).toString('base64')}:`,
  },
  body: given.body,
})
