// Checks a signature on the thread that asks, by Node's own crypto: at once, where Web Crypto answers by a promise and
// hands most algorithms to another thread. The same algorithms, parameters and answers as signatures/algorithms.ts. Its
// SHA-256 too, which is some times as fast as one in JavaScript.
import { constants, createPublicKey, hash as digest, verify } from 'node:crypto'
import type { Algorithm, PublicJwk } from '../schemas/agreement.ts'
import type { Check } from './evidence.ts'

/** RFC 9421 §3.3.6, §3.3.4 (r ‖ s) and §3.3.1 (salt of 64 octets). */
const parameters = {
  ed25519: { hash: null },
  'ecdsa-p256-sha256': { hash: 'sha256', dsaEncoding: 'ieee-p1363' },
  'rsa-pss-sha512': {
    hash: 'sha512',
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 64,
  },
} as const satisfies Record<Algorithm, object>

export const sha256 = (bytes: string | Uint8Array): Uint8Array => digest('sha256', bytes, 'buffer')

/** @param jwk one that `strongKey` has taken */
export const checkedBy = (alg: Algorithm, jwk: PublicJwk): Check => {
  const { hash, ...how } = parameters[alg]
  const own = createPublicKey({ key: jwk, format: 'jwk' })
  // The bare key where nothing is to be said with it: a key within an object is read again at each call.
  const key = alg === 'ed25519' ? own : { key: own, ...how }
  return (data, signature) => {
    try {
      return verify(hash, data, key, signature)
    } catch {
      return false
    }
  }
}
