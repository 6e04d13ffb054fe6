// The signature algorithms of RFC 9421 that the hub takes, for whoever verifies: the doors now, the offline verifier years later.
import { type KeyObject, constants, verify } from 'node:crypto'
import type { Algorithm, PublicJwk } from '../schemas/agreement.ts'

/** RFC 9421 §3.3: the three algorithms, each with the parameters that the RFC fixes. */
export const verifiers: Record<
  Algorithm,
  (data: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean
> = {
  // §3.3.6
  ed25519: (data, key, signature) => verify(null, data, key, signature),
  // §3.3.4: r ‖ s, 64 octets
  'ecdsa-p256-sha256': (data, key, signature) =>
    verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  // §3.3.1: salt of 64 octets
  'rsa-pss-sha512': (data, key, signature) =>
    verify(
      'sha512',
      data,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 },
      signature,
    ),
}

/**
 * The y coordinates of the points of small order on edwards25519, in every spelling (RFC 8032 §5.1.2, without the sign of x). Under such
 * a key one signature fits many messages, for OpenSSL 3.0 at least; newer ones see it, and nothing here depends on which one it is.
 * test/signatures/algorithms.test.ts computes them from the curve.
 */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

/** NIST SP 800-131A: 112 bits of strength. */
const minRsaBits = 2048

/** Whether a key proves nothing: somebody without its private half could sign with it. (A P-256 key cannot be: its points are checked.) */
export const isWeak = (jwk: PublicJwk): boolean => {
  if (jwk.kty === 'OKP') {
    const y = Buffer.from(jwk.x, 'base64url')
    if (y.length === 32) y[31] = (y[31] as number) & 0x7f
    return smallOrder.has(y.toString('hex'))
  }
  if (jwk.kty === 'EC') return false
  const [n, e] = [jwk.n, jwk.e].map(part =>
    BigInt(`0x0${Buffer.from(part, 'base64url').toString('hex')}`),
  )
  return (
    (n as bigint) >> BigInt(minRsaBits - 1) === 0n ||
    (e as bigint) < 3n ||
    (e as bigint) % 2n === 0n
  )
}
