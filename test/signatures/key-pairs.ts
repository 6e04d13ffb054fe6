// A key pair of each algorithm, how node:crypto signs with it, and its entry in a directory.
import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto'
import { type Algorithm, DirectoryKey } from '../../schemas/agreement.ts'

export const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

/** RSA-PSS over any hash, with a salt of any length. */
export const pss =
  (hash: string, saltLength: number, key = pairs['rsa-pss-sha512'].privateKey) =>
  (base: string): Buffer =>
    signBytes(hash, Buffer.from(base), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    })

/** RFC 9421 §3.3.6, §3.3.4 and §3.3.1. */
export const signWith: Record<Algorithm, (base: string, key?: KeyObject) => Buffer> = {
  ed25519: (base, key = pairs.ed25519.privateKey) => signBytes(null, Buffer.from(base), key),
  'ecdsa-p256-sha256': (base, key = pairs['ecdsa-p256-sha256'].privateKey) =>
    signBytes('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' }),
  'rsa-pss-sha512': (base, key) => pss('sha512', 64, key)(base),
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
