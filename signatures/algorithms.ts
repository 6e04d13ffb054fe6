// The signature algorithms of RFC 9421 that the hub takes, for whoever signs and whoever verifies: the doors now, the
// offline verifier years later, a browser. Web Crypto alone.
import type { Algorithm, PublicJwk } from '../schemas/agreement.ts'

/** The one algorithm that a key of this kind signs with here. */
export const algorithmOf = {
  OKP: 'ed25519',
  EC: 'ecdsa-p256-sha256',
  RSA: 'rsa-pss-sha512',
} as const satisfies Record<PublicJwk['kty'], Algorithm>

/**
 * RFC 9421 §3.3: each with the parameters that the RFC fixes. `key` is what Web Crypto imports a key for, `use` what it
 * signs with.
 */
const webCrypto = {
  // §3.3.6
  ed25519: { key: { name: 'Ed25519' }, use: { name: 'Ed25519' } },
  // §3.3.4: r ‖ s, 64 octets, as Web Crypto writes it
  'ecdsa-p256-sha256': {
    key: { name: 'ECDSA', namedCurve: 'P-256' },
    use: { name: 'ECDSA', hash: 'SHA-256' },
  },
  // §3.3.1: salt of 64 octets
  'rsa-pss-sha512': {
    key: { name: 'RSA-PSS', hash: 'SHA-512' },
    use: { name: 'RSA-PSS', saltLength: 64 },
  },
} as const satisfies Record<Algorithm, object>

/** A key as Web Crypto holds it. */
export type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** @throws DOMException when it is no key of this algorithm */
export const verifyingKey = (alg: Algorithm, jwk: PublicJwk): Promise<WebKey> =>
  crypto.subtle.importKey('jwk', jwk, webCrypto[alg].key, true, ['verify'])

/** @param jwk private. @throws DOMException when it is no key of this algorithm */
export const signingKey = (alg: Algorithm, jwk: { kty: string }): Promise<WebKey> =>
  crypto.subtle.importKey('jwk', jwk, webCrypto[alg].key, false, ['sign'])

// Copies: Web Crypto takes no view of shared memory.
export const signWith = async (alg: Algorithm, key: WebKey, data: Uint8Array) =>
  new Uint8Array(await crypto.subtle.sign(webCrypto[alg].use, key, new Uint8Array(data)))

/** Whether the key made this signature; whatever bytes come as one, the answer is yes or no. */
export const verifies = (
  alg: Algorithm,
  key: WebKey,
  { data, signature }: { data: Uint8Array; signature: Uint8Array },
): Promise<boolean> =>
  crypto.subtle.verify(webCrypto[alg].use, key, new Uint8Array(signature), new Uint8Array(data))
