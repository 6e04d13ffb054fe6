// Entries whose request is really signed, by a key of the test's own: by node:crypto and nothing of ours.
import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { type Bench, type Json } from './log-bench.ts'

export const algorithms = ['ed25519', 'ecdsa-p256-sha256', 'rsa-pss-sha512'] as const
type Algorithm = (typeof algorithms)[number]

/** RFC 9421 §3.3.6, §3.3.4 (r ‖ s) and §3.3.1 (salt of 64 octets). */
const signers: Record<Algorithm, (base: Buffer, key: KeyObject) => Buffer> = {
  ed25519: (base, key) => sign(null, base, key),
  'ecdsa-p256-sha256': (base, key) => sign('sha256', base, { key, dsaEncoding: 'ieee-p1363' }),
  'rsa-pss-sha512': (base, key) =>
    sign('sha512', base, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }),
}

const pairOf = (alg: Algorithm) =>
  alg === 'ed25519'
    ? generateKeyPairSync('ed25519')
    : alg === 'rsa-pss-sha512'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })

/**
 * Enrols a key of IGM's, in keys.json and in the log, and gives what makes an entry's text into one that this key
 * signed.
 */
export const signedEntries = (bench: Bench, alg: Algorithm, roles = ['referrer']) => {
  const { publicKey, privateKey } = pairOf(alg)
  const { kty, ...rest } = publicKey.export({ format: 'jwk' })
  const members = ['crv', 'x', 'y', 'n', 'e'] as const
  const jwk = {
    kty,
    ...Object.fromEntries(
      members.filter(name => name in rest).map(name => [name, (rest as Json)[name] as string]),
    ),
  }
  // RFC 7638 §3.2: members in the order of their names.
  const named = Object.fromEntries(Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const keyid = createHash('sha256').update(JSON.stringify(named)).digest('base64url')
  const actor = { institution: 'IGM', keyid, role: roles[0] }
  bench.enrol({
    keyid,
    institution: 'IGM',
    roles,
    alg,
    jwk,
    validFrom: '2026-01-01T00:00:00.000Z',
    validUntil: '2036-01-01T00:00:00.000Z',
  })

  return (wanted: {
    action: string
    path: string
    method?: string
    authority?: string
    /** Seconds that the signature is older than the entry. */
    age?: number
    /** What else the entry says. */
    more?: Json
    /** Signs something else than the base. */
    bend?: (base: string) => string
  }) =>
    (text: string): string => {
      const { id, time, request } = JSON.parse(text) as Json
      const { action, path, method = 'GET', bend, age = 0, more = {} } = wanted
      const { authority = request.covered['@authority'] } = wanted
      const created = Math.floor(Date.parse(time as string) / 1000) - age
      const nonce = randomBytes(16).toString('base64url')
      const params = `("@method" "@authority" "@path" "@query");created=${created};expires=${created + 60};nonce="${nonce}";keyid="${keyid}";tag="referral-hub"`
      const base = `"@method": ${method}\n"@authority": ${authority}\n"@path": ${path}\n"@query": ?\n"@signature-params": ${params}`
      const signature = signers[alg](Buffer.from(bend?.(base) ?? base), privateKey)
      return JSON.stringify({
        id,
        time,
        action,
        outcome: 'allowed',
        actor,
        ...more,
        request: {
          id: request.id,
          method,
          path,
          signatureInput: `hub=${params}`,
          signature: `hub=:${signature.toString('base64')}:`,
          covered: { '@authority': authority, '@query': '?' },
        },
      })
    }
}
