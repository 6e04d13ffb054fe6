// A signature that does not verify says nothing about why. So the mistakes that partners make are tried one by one:
// where one of them makes the signature verify, that is what was signed.
import { constants, createHash, createPublicKey, verify } from 'node:crypto'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { verifies, verifyingKey } from '../../signatures/algorithms.ts'
import { type Claimed, type Line, baseOf } from '../../signatures/base.ts'
import type { Captured } from './message.ts'

/** What was signed instead: a component's other value, or a way of signing. */
export type Mistake =
  | { kind: 'component'; component: string; signed: string; expected: string }
  | { kind: 'signing'; how: SigningMistake }
type SigningMistake =
  | 'der'
  | 'pkcs1'
  | 'salt'
  | 'sha-256-first'
  | 'sha-512-first'
  | 'crlf'
  | 'trailing-newline'
  | 'no-params-line'

const bare = (text: string) => text.replace(/:\d+$/, '')

/** Other values that clients sign for a component. */
const otherValues = ({ name, value }: Line, request: Captured, authority: string): string[] => {
  const { headers, path, query, target } = request
  const host = headers['host'] ?? ''
  switch (name) {
    case '@method':
      return [value.toLowerCase()]
    case '@authority':
      return [
        host,
        ...[host, authority].flatMap(each => [
          bare(each),
          `${bare(each)}:443`,
          `${bare(each)}:80`,
          each.toUpperCase(),
          `https://${each}`,
          `http://${each}`,
        ]),
        'localhost',
      ]
    case '@path':
      return [`${path}?${query}`, `${path}/`, path.replace(/\/$/, ''), target, encodeURI(path)]
    case '@query':
      return [query, '', '?', `?${decodeURIComponent(safe(query))}`, `?${encodeURI(query)}`]
    case 'content-type':
      return [
        value.replace(/;.*$/, ''),
        `${value.replace(/;.*$/, '')}; charset=utf-8`,
        `${value.replace(/;.*$/, '')};charset=UTF-8`,
        '',
      ]
    case 'content-digest':
      return [
        ...['sha-256', 'sha-512'].map(
          alg =>
            `${alg}=:${createHash(alg.replace('-', '')).update(request.body).digest('base64')}:`,
        ),
        value.toLowerCase(),
        value.replace(/^[^=]+=:?|:$/g, ''),
      ]
    default:
      return [`"${value}"`, value.replace(/^"|"$/g, ''), value.toLowerCase(), '']
  }
}

const safe = (query: string) => query.replaceAll(/%(?![0-9A-Fa-f]{2})/g, '%25')

/** Whether a key made this signature over a base. */
export const isBy = async (
  { alg, jwk }: DirectoryKey,
  base: string | Buffer,
  signature: Uint8Array,
): Promise<boolean> =>
  verifies(alg, await verifyingKey(alg, jwk), { data: Buffer.from(base), signature })

/** The first mistake that explains the signature; undefined where none of them does. */
export const findMistake = async (
  claimed: Claimed,
  lines: readonly Line[],
  request: Captured,
  key: DirectoryKey,
  authority: string,
): Promise<Mistake | undefined> => {
  const { params, signature } = claimed
  const holds = (base: string | Buffer) => isBy(key, base, signature)
  for (const [i, line] of lines.entries())
    for (const value of otherValues(line, request, authority))
      if (value !== line.value && (await holds(baseOf(lines.with(i, { ...line, value }), params))))
        return { kind: 'component', component: line.name, signed: value, expected: line.value }

  const base = baseOf(lines, params)
  const ways: [SigningMistake, () => boolean | Promise<boolean>][] = [
    ['crlf', () => holds(baseOf(lines, params, '\r\n'))],
    ['trailing-newline', () => holds(`${base}\n`)],
    ['no-params-line', () => holds(base.slice(0, base.lastIndexOf('\n')))],
    ['sha-256-first', () => holds(createHash('sha256').update(base).digest())],
    ['sha-512-first', () => holds(createHash('sha512').update(base).digest())],
    ...otherFormats(key, base, signature),
  ]
  for (const [how, isSo] of ways) if (await isSo()) return { kind: 'signing', how }
  return undefined
}

/** The right base under the right key, in another signature format than RFC 9421 §3.3 fixes. */
const otherFormats = (
  { alg, jwk }: DirectoryKey,
  base: string,
  signature: Uint8Array,
): [SigningMistake, () => boolean][] => {
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const data = Buffer.from(base)
  if (alg === 'ecdsa-p256-sha256')
    return [['der', () => verify('sha256', data, { key, dsaEncoding: 'der' }, signature)]]
  if (alg !== 'rsa-pss-sha512') return []
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING }
  const anySalt = { ...pss, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
  return [
    ['salt', () => verify('sha512', data, anySalt, signature)],
    ['pkcs1', () => ['sha512', 'sha256'].some(hash => verify(hash, data, key, signature))],
  ]
}
