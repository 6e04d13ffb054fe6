// Signs requests with node:crypto alone, the signature base written by hand (RFC 9421 §2.5): what the hub must accept,
// and what every forgery starts from. `change` alters a draft before it is signed; what is altered afterwards is the
// forgery.
import { createHash } from 'node:crypto'
import type { Algorithm } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import type { RawRequest } from '../../functions/http/request.ts'
import { directoryKey, signWith } from './key-pairs.ts'

export const now = Instant.parse('2026-11-21T12:00:00.000Z')
export const seconds = Date.parse(now) / 1000
export const authority = 'hub.example:8443'

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
