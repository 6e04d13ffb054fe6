// The three algorithms beside node:crypto: each takes what the other makes, and nothing else.
import { constants, generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { signWith, signingKey, verifies, verifyingKey } from '../../signatures/algorithms.ts'
import { parsePrivateJwk } from '../../signatures/keys.ts'
import { Algorithm, PublicJwk } from '../../schemas/agreement.ts'

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
/** RFC 9421 §3.3.6, §3.3.4, §3.3.1. */
const parameters = {
  ed25519: [null, {}],
  'ecdsa-p256-sha256': ['sha256', { dsaEncoding: 'ieee-p1363' }],
  'rsa-pss-sha512': ['sha512', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }],
} as const
const data = Buffer.from('data')
const publicOf = (alg: Algorithm) =>
  verifyingKey(alg, PublicJwk.parse(pairs[alg].publicKey.export({ format: 'jwk' })))

test.each(Algorithm.options)('%s takes what node:crypto signs, and is taken by it', async alg => {
  const { publicKey, privateKey } = pairs[alg]
  const [hash, options] = parameters[alg]
  const signature = sign(hash, data, { key: privateKey, ...options })
  const key = await publicOf(alg)
  expect(await verifies(alg, key, { data, signature })).toBe(true)
  expect(await verifies(alg, key, { data: Buffer.from('date'), signature })).toBe(false)
  const jwk = parsePrivateJwk(privateKey.export({ format: 'jwk' }))
  const ours = await signWith(alg, await signingKey(alg, jwk), data)
  expect(verify(hash, data, { key: publicKey, ...options }, ours)).toBe(true)
})

test.each(Algorithm.options)(
  'whatever bytes come as a signature of %s, the answer is yes or no',
  async alg => {
    const key = await publicOf(alg)
    for (const length of [0, 1, 31, 63, 64, 65, 255, 256, 257, 5000])
      for (const fill of [0, 1, 255]) {
        const signature = Buffer.alloc(length, fill)
        expect(await verifies(alg, key, { data, signature })).toBe(false)
      }
  },
)

test.each(Algorithm.options)('a key of another kind is none of %s', async alg => {
  for (const other of Algorithm.options.filter(each => each !== alg)) {
    const jwk = PublicJwk.parse(pairs[other].publicKey.export({ format: 'jwk' }))
    await expect(verifyingKey(alg, jwk)).rejects.toThrow()
  }
})
