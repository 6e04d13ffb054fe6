// Keys that prove nothing: the points of small order of edwards25519, computed here from the curve, and small RSA keys.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isWeak } from '../../signatures/public-key.ts'
import { PublicJwk } from '../../schemas/agreement.ts'

// RFC 8032 §5.1: −x² + y² = 1 + d·x²·y² over the field of p = 2^255 − 19.
const p = 2n ** 255n - 19n
const mod = (value: bigint) => ((value % p) + p) % p
const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b))
    if (e & 1n) result = mod(result * b)
  return result
}
const inverse = (value: bigint) => power(value, p - 2n)
const d = mod(-121665n * inverse(121666n))
type Point = { x: bigint; y: bigint }
const add = (a: Point, b: Point): Point => {
  const t = mod(d * a.x * b.x * a.y * b.y)
  return {
    x: mod((a.x * b.y + a.y * b.x) * inverse(1n + t)),
    y: mod((a.y * b.y + a.x * b.x) * inverse(1n - t)),
  }
}
/** A square root, or undefined where there is none (§5.1.3). */
const root = (square: bigint): bigint | undefined => {
  const candidate = power(square, (p + 3n) / 8n)
  return [candidate, mod(candidate * power(2n, (p - 1n) / 4n))].find(
    one => mod(one * one) === mod(square),
  )
}
const pointAt = (y: bigint): Point | undefined => {
  const x = root((y * y - 1n) * inverse(d * y * y + 1n))
  return x === undefined ? undefined : { x, y: mod(y) }
}
const times = (point: Point, count: bigint): Point => {
  let result: Point = { x: 0n, y: 1n }
  for (let a = point, n = count; n > 0n; n >>= 1n, a = add(a, a))
    if (n & 1n) result = add(result, a)
  return result
}
const order = 2n ** 252n + 27742317777372353535851937790883648493n
/** All eight: multiples of a point of order 8, found by taking the large prime's part out of any point. */
const smallPoints = (): Point[] => {
  for (let y = 2n; ; y++) {
    const point = pointAt(y)
    const torsion = point && times(point, order)
    if (!torsion || times(torsion, 4n).y === 1n) continue
    return Array.from({ length: 8 }, (_, n) => times(torsion, BigInt(n)))
  }
}
/** §5.1.2: y in 255 bits, little-endian, and the sign of x. `y` may be written unreduced. */
const encoded = (y: bigint, odd: bigint): string => {
  const bytes = Buffer.from((y | (odd << 255n)).toString(16).padStart(64, '0'), 'hex')
  return Buffer.from(bytes.toReversed()).toString('base64url')
}
const okp = (x: string) => PublicJwk.parse({ kty: 'OKP', crv: 'Ed25519', x })

describe('a key of small order', () => {
  const points = smallPoints()
  const ys = [...new Set(points.map(({ y }) => y))]
  const spellings = ys.flatMap(y => [y, y + p]).filter(y => y < 2n ** 255n)

  test('is one of eight points, with five values of y, of which two can be spelled twice', () => {
    expect(new Set(points.map(({ x, y }) => `${x} ${y}`)).size).toBe(8)
    expect([ys.length, spellings.length]).toEqual([5, 7])
  })

  test('is known in every spelling, with either sign', () => {
    for (const y of spellings)
      for (const odd of [0n, 1n]) expect(isWeak(okp(encoded(y, odd)))).toBe(true)
  })
})

test('keys as they are made are not weak', () => {
  for (const { publicKey } of [
    generateKeyPairSync('ed25519'),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ])
    expect(isWeak(PublicJwk.parse(publicKey.export({ format: 'jwk' })))).toBe(false)
})

test('RSA is weak below 2048 bits, or with an exponent that inverts nothing', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2047 })
  expect(isWeak(PublicJwk.parse(publicKey.export({ format: 'jwk' })))).toBe(true)
  const { publicKey: strong } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = strong.export({ format: 'jwk' })
  for (const e of ['AQ', 'Ag', 'AA', '']) expect(isWeak(PublicJwk.parse({ ...jwk, e }))).toBe(true)
})
