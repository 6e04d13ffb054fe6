// Key pairs as JSON Web Keys, with Web Crypto alone: the same code runs in browsers, Deno and Node.
import type { Algorithm, PublicJwk } from '../schemas/agreement.ts'
import type { Keyid } from '../schemas/ids.ts'
import { algorithmOf } from './algorithms.ts'

/** A private JWK (RFC 7517) of one of the three algorithms the hub takes, these members only. */
export type PrivateJwk =
  | { kty: 'OKP'; crv: 'Ed25519'; x: string; d: string }
  | { kty: 'EC'; crv: 'P-256'; x: string; y: string; d: string }
  | RsaPrivateJwk

type RsaPrivateJwk = Record<'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi', string> & {
  kty: 'RSA'
}

/** What a caller signs with: the private key, its thumbprint and its RFC 9421 algorithm. */
export type HubKey = { jwk: PrivateJwk; keyid: string; alg: Algorithm }

/** Bytes as base64url without padding (RFC 4648 §5). */
export const base64url = (bytes: Uint8Array) =>
  base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Bytes as base64 with padding (RFC 4648 §4), as structured fields spell byte sequences. */
export const base64 = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))

/** `count` random bytes, base64url: 16 of them for a nonce, a salt or an Idempotency-Key. */
export const randomToken = (count: number) =>
  base64url(crypto.getRandomValues(new Uint8Array(count)))

/**
 * Reads a private JWK out of parsed JSON and keeps only the members that make the key, so that `alg`, `use` or
 * `key_ops` written by another tool cannot make Web Crypto refuse it.
 * @throws TypeError when it is not a private Ed25519, P-256 or RSA key; the message repeats nothing of it
 */
export function parsePrivateJwk(value: unknown): PrivateJwk {
  if (typeof value !== 'object' || value === null) throw new TypeError('not a JSON Web Key')
  const source: Partial<Record<string, unknown>> = { ...value }
  const text = (name: string) => {
    const member = source[name]
    if (typeof member !== 'string') throw new TypeError(`not a private JWK: no member "${name}"`)
    return member
  }
  if (source['kty'] === 'OKP' && source['crv'] === 'Ed25519')
    return { kty: 'OKP', crv: 'Ed25519', x: text('x'), d: text('d') }
  if (source['kty'] === 'EC' && source['crv'] === 'P-256')
    return { kty: 'EC', crv: 'P-256', x: text('x'), y: text('y'), d: text('d') }
  if (source['kty'] === 'RSA') {
    const [n, e, d] = [text('n'), text('e'), text('d')]
    const [p, q, dp, dq, qi] = [text('p'), text('q'), text('dp'), text('dq'), text('qi')]
    return { kty: 'RSA', n, e, d, p, q, dp, dq, qi }
  }
  throw new TypeError('not an Ed25519, P-256 or RSA key')
}

/** The public half of a JWK: what the other side registers. */
export function publicHalf(jwk: PrivateJwk | PublicJwk): PublicJwk {
  if (jwk.kty === 'OKP') return { kty: jwk.kty, crv: jwk.crv, x: jwk.x }
  if (jwk.kty === 'EC') return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }
  return { kty: jwk.kty, n: jwk.n, e: jwk.e }
}

/** RFC 7638 SHA-256 thumbprint, base64url: the keyid. Private members do not count. */
export async function thumbprint(jwk: PublicJwk | PrivateJwk): Promise<Keyid> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(jwk)))
  return base64url(new Uint8Array(digest)) as Keyid
}

/** RFC 7638 §3.2: the required members only, in lexicographic order, without white space. */
function canonical(jwk: PublicJwk | PrivateJwk): string {
  if (jwk.kty === 'OKP') return JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x })
  if (jwk.kty === 'EC') return JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })
  return JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n })
}

/** What to sign with, out of a private JWK alone: keyid and algorithm follow from it. */
export const hubKey = async (jwk: PrivateJwk): Promise<HubKey> => ({
  jwk,
  keyid: await thumbprint(jwk),
  alg: algorithmOf[jwk.kty],
})

/** A new Ed25519 key. The private half never leaves the caller; register `publicHalf(key.jwk)` with the hub. */
export async function newKey(): Promise<HubKey> {
  const made = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])
  // Web Crypto's own type leaves open what an algorithm makes; Ed25519 makes a pair (W3C WebCrypto Curve25519 §3).
  const { privateKey } = made as Extract<typeof made, { privateKey: unknown }>
  return hubKey(parsePrivateJwk(await crypto.subtle.exportKey('jwk', privateKey)))
}
