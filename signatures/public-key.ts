// Public keys as they come from outside: only well-formed, canonical, strong ones get into the directory.
import { type KeyObject, createHash, createPublicKey } from 'node:crypto'
import type { Algorithm, PublicJwk } from '../schemas/agreement.ts'
import type { Keyid } from '../schemas/ids.ts'
import { isWeak } from './algorithms.ts'

/** The RFC 9421 §3.3 algorithm that a key of this kind signs with here. */
export const algorithmOf: Record<PublicJwk['kty'], Algorithm> = {
  OKP: 'ed25519',
  EC: 'ecdsa-p256-sha256',
  RSA: 'rsa-pss-sha512',
}

/** RFC 7638 §3: SHA-256 over the required members in the order of their names, base64url. */
export const thumbprint = (jwk: PublicJwk): Keyid => {
  const members = Object.fromEntries(Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url') as Keyid
}

const fieldPrime = 2n ** 255n - 19n

/** RFC 8032 §5.1.3: y below the field's prime, or it is a second spelling of another. */
const isCanonical = (x: string): boolean => {
  const y = Buffer.from(x, 'base64url')
  y[31] = (y[31] as number) & 0x7f
  return BigInt(`0x${Buffer.from(y.toReversed()).toString('hex')}`) < fieldPrime
}

/**
 * The key of a JWK; undefined for one that is not on its curve, is weak (RSA other than 2048 to 4096 bits with e = 65537, Ed25519 of small
 * order), or is written in another way than RFC 7518 §6 has it: a second spelling would be a second keyid for a revoked key.
 */
export const strongKey = (jwk: PublicJwk): KeyObject | undefined => {
  let key: KeyObject
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
  const spelled: Record<string, unknown> = key.export({ format: 'jwk' })
  if (Object.entries(jwk).some(([name, value]) => spelled[name] !== value)) return undefined
  if (isWeak(jwk)) return undefined
  if (jwk.kty === 'OKP') return isCanonical(jwk.x) ? key : undefined
  if (jwk.kty === 'EC') return key
  const { modulusLength = 0, publicExponent } = key.asymmetricKeyDetails ?? {}
  return modulusLength <= 4096 && publicExponent === 65537n ? key : undefined
}
