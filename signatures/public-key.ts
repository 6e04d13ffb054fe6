// Public keys as they come from outside: only well-formed, canonical, strong ones get into the directory.
import type { PublicJwk } from '../schemas/agreement.ts'
import { type WebKey, algorithmOf, verifyingKey } from './algorithms.ts'

/** The octets behind base64url as hexadecimal, after `change`; undefined for what is no base64url. */
const hexOf = (
  text: string,
  change: (octets: number[]) => number[] = octets => octets,
): string | undefined => {
  try {
    const octets = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), char =>
      char.charCodeAt(0),
    )
    return change(octets)
      .map(octet => octet.toString(16).padStart(2, '0'))
      .join('')
  } catch {
    return undefined
  }
}

/** Big-endian, as RSA's numbers are (RFC 7518 §6.3); of no octets 0. */
const numberOf = (text: string, change?: (octets: number[]) => number[]): bigint | undefined => {
  const hex = hexOf(text, change)
  return hex === undefined ? undefined : BigInt(`0x0${hex}`)
}

/** An Ed25519 point's octets without the sign of x (RFC 8032 §5.1.2). */
const withoutSign = (octets: number[]): number[] =>
  octets.map((octet, i) => (i === 31 ? octet & 0x7f : octet))

/**
 * The y coordinates of the points of small order on edwards25519, in every spelling (RFC 8032 §5.1.2, without the sign
 * of x). Under such a key one signature fits many messages, for OpenSSL 3.0 at least; newer ones see it, and nothing
 * here depends on which one it is. test/signatures/weak-keys.test.ts computes them from the curve.
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

/** NIST SP 800-131A: 112 bits of strength; and no more than costs a verifier little. */
const [minRsaBits, maxRsaBits] = [2048, 4096]

/**
 * Whether a key proves nothing: somebody without its private half could sign with it. (A P-256 key cannot be: its
 * points are checked.)
 */
export const isWeak = (jwk: PublicJwk): boolean => {
  if (jwk.kty === 'OKP') {
    const y = hexOf(jwk.x, withoutSign)
    return y === undefined || smallOrder.has(y)
  }
  if (jwk.kty === 'EC') return false
  const [n, e] = [numberOf(jwk.n), numberOf(jwk.e)]
  if (n === undefined || e === undefined) return true
  return n >> BigInt(minRsaBits - 1) === 0n || e < 3n || e % 2n === 0n
}

const fieldPrime = 2n ** 255n - 19n

/** RFC 8032 §5.1.3: y below the field's prime, or it is a second spelling of another. */
const isCanonical = (x: string): boolean => {
  const y = numberOf(x, octets => withoutSign(octets).toReversed())
  return y !== undefined && y < fieldPrime
}

/**
 * The key of a JWK; undefined for one that is not on its curve, is weak (RSA other than 2048 to 4096 bits with e =
 * 65537, Ed25519 of small order), or is written in another way than RFC 7518 §6 has it: a second spelling would be a
 * second keyid for a revoked key.
 */
export const strongKey = async (jwk: PublicJwk): Promise<WebKey | undefined> => {
  let key: WebKey
  let spelled: Record<string, unknown>
  try {
    key = await verifyingKey(algorithmOf[jwk.kty], jwk)
    spelled = { ...(await crypto.subtle.exportKey('jwk', key)) }
  } catch {
    return undefined
  }
  if (Object.entries(jwk).some(([name, value]) => spelled[name] !== value)) return undefined
  if (isWeak(jwk)) return undefined
  if (jwk.kty === 'OKP') return isCanonical(jwk.x) ? key : undefined
  if (jwk.kty === 'EC') return key
  const n = numberOf(jwk.n) ?? 0n
  return n >> BigInt(maxRsaBits) === 0n && numberOf(jwk.e) === 65537n ? key : undefined
}
