// A signed request as a partner's client would write it to the wire, with what it gets wrong.
import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto'
import { hubKey, parsePrivateJwk, publicHalf } from '../../signatures/keys.ts'
import { type DirectoryKey, PublicJwk } from '../../schemas/agreement.ts'
import { InstitutionCode, Instant, Keyid } from '../../schemas/ids.ts'
import { covered } from '../signatures/signing.ts'

export const authority = 'hub.example.org'
export const created = Date.parse('2026-11-21T12:00:00Z') / 1000
export const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
type Alg = keyof typeof pairs
const directoryKey = async (alg: Alg): Promise<DirectoryKey> => {
  const jwk = parsePrivateJwk(pairs[alg].privateKey.export({ format: 'jwk' }))
  return {
    keyid: Keyid.parse((await hubKey(jwk)).keyid),
    institution: InstitutionCode.parse('IGM'),
    roles: ['referrer'],
    alg,
    jwk: PublicJwk.parse(publicHalf(jwk)),
    validFrom: Instant.parse('2026-01-01T00:00:00.000Z'),
    validUntil: Instant.parse('2027-01-01T00:00:00.000Z'),
  }
}
export const keys = Object.fromEntries(
  await Promise.all((Object.keys(pairs) as Alg[]).map(async alg => [alg, await directoryKey(alg)])),
) as Record<Alg, DirectoryKey>

export type CaptureOptions = {
  alg?: Alg
  body?: string
  sentBody?: string
  target?: string
  headers?: Record<string, string>
  components?: string[]
  parameters?: Record<string, string | number | undefined>
  /** Values that the client signs instead of the right ones. */
  signs?: Record<string, string>
  base?: (base: string) => string | Buffer
  sign?: (base: Buffer) => Buffer
  without?: string[]
}

/** A request as a partner's client would write it, with what it gets wrong. */
export const captured = (options: CaptureOptions = {}): string => {
  const { alg = 'ed25519', body = '{"a":1}', target = '/v1/referrals?x=1', signs = {} } = options
  const digest = createHash('sha256').update(body).digest('base64')
  const headers: Record<string, string> = {
    host: 'hub.example.org',
    'content-type': 'application/json',
    'content-digest': `sha-256=:${digest}:`,
    'idempotency-key': 'key-of-sixteen-characters',
    ...options.headers,
  }
  const [path = '', query = ''] = target.split('?')
  const components = options.components ?? covered
  const values: Record<string, string> = {
    '@method': 'POST',
    '@authority': authority,
    '@path': path,
    '@query': `?${query}`,
    ...headers,
    ...signs,
  }
  const parameters = Object.entries({
    created,
    expires: created + 120,
    nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
    keyid: keys[alg].keyid,
    tag: 'referral-hub',
    ...options.parameters,
  })
  const params = `(${components.map(name => `"${name}"`).join(' ')})${parameters
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `;${name}=${typeof value === 'number' ? value : `"${value}"`}`)
    .join('')}`
  const base = [
    ...components.map(name => `"${name}": ${values[name] ?? ''}`),
    `"@signature-params": ${params}`,
  ].join('\n')
  const data = Buffer.from(options.base?.(base) ?? base)
  const { privateKey: key } = pairs[alg]
  const signature =
    options.sign?.(data) ??
    (alg === 'ed25519'
      ? sign(null, data, key)
      : alg === 'ecdsa-p256-sha256'
        ? sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
        : sign('sha512', data, {
            key,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: 64,
          }))
  const all: Record<string, string> = {
    ...headers,
    'signature-input': `hub=${params}`,
    signature: `hub=:${signature.toString('base64')}:`,
  }
  const fields = Object.entries(all).filter(([name]) => !options.without?.includes(name))
  return [
    `POST ${target} HTTP/1.1`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
    '',
    options.sentBody ?? body,
  ].join('\r\n')
}
