// A second implementation of RFC 9421 that shares no code with ours, http-message-signatures: on good requests both
// agree, whichever of the two has signed. (For bad ones it is no measure: it accepts several, which is why nothing but
// this test uses it.)
import { constants, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto'
import { createSigner, createVerifier, httpbis } from 'http-message-signatures'
import { describe, expect, test } from 'vitest'
import { hubKey } from '../../signatures/keys.ts'
import type { PrivateJwk } from '../../signatures/keys.ts'
import { signRequest, signerOf } from '../../signatures/sign.ts'
import type { RawRequest } from '../../functions/http/request.ts'
import { Algorithm } from '../../schemas/agreement.ts'
import { type Change, drafted, get, judge, withParameters, without } from './judging.ts'
import { type Draft, authority, baseOf, digestOf, now, seconds, signed } from './signing.ts'
import { directoryKey, pairs } from './key-pairs.ts'

const publicKeyOf = (alg: Algorithm) => createPublicKey(pairs[alg].privateKey)
const urlOf = ({ path, query }: Pick<RawRequest, 'path' | 'query'>) =>
  `https://${authority}${path}${query && `?${query}`}`

/** What the other one makes of a request. Its clock is ours: it has none that could be set. */
const others = (request: RawRequest, alg: Algorithm) =>
  httpbis.verifyMessage(
    {
      keyLookup: async ({ keyid }) =>
        keyid === directoryKey(alg).keyid
          ? { id: keyid, algs: [alg], verify: createVerifier(publicKeyOf(alg), alg) }
          : null,
      notAfter: seconds + 60,
      tolerance: 1e9,
      requiredParams: ['created', 'expires', 'nonce', 'keyid', 'tag'],
      requiredFields: ['@method', '@authority', '@path', '@query'],
    },
    { method: request.method, url: urlOf(request), headers: { ...request.headers } },
  )

const goods: [string, Change][] = [
  ['a write', () => ({})],
  ['a read', get],
  [
    'a read with a query',
    given => ({ ...get(given), query: 'direction=sent&limit=5&cursor=a_b-c' }),
  ],
  ['a query that is there and empty of values', given => ({ ...get(given), query: 'a=&b' })],
  [
    'SHA-512',
    given => ({ headers: { ...given.headers, 'content-digest': digestOf(given.body, 'sha-512') } }),
  ],
  ['its components in another order', given => ({ components: given.components.toReversed() })],
  [
    'one header more',
    given => ({
      headers: { ...given.headers, accept: 'a, b' },
      components: [...given.components, '"accept"'],
    }),
  ],
  ['no alg', without('alg')],
  ['a parameter more', withParameters({ extra: '"x"' })],
]

describe.each(Algorithm.options)('by %s', alg => {
  test.each(goods)('both accept what was signed by hand: %s', async (_, change) => {
    const request = signed(drafted(change, alg))
    expect(await judge(request)).toMatchObject({ outcome: 'accepted' })
    expect(await others(request, alg)).toBe(true)
  })

  test.each(goods)('both make the same signature base: %s', (_, change) => {
    const given = drafted(change, alg)
    const base = httpbis.createSignatureBase(
      { fields: given.components },
      { method: given.method, url: urlOf(given), headers: given.headers },
    )
    expect(`${httpbis.formatSignatureBase(base)}\n`).toBe(
      baseOf(given).replace(/"@signature-params".*$/, ''),
    )
  })

  test('it accepts what our client signs', async () => {
    const key = await hubKey(pairs[alg].privateKey.export({ format: 'jwk' }) as PrivateJwk)
    const body = new Uint8Array(Buffer.from('{"prueba":"ñ"}'))
    const headers = new Headers({
      'content-type': 'application/json',
      'idempotency-key': 'key-of-sixteen-characters',
    })
    const url = urlOf({ path: '/v1/referrals', query: 'a=1' })
    const made = await signRequest(
      { method: 'POST', url, headers, body },
      await signerOf(key),
      key.keyid,
      new Date(now),
    )
    const request = {
      method: 'POST',
      path: '/v1/referrals',
      query: 'a=1',
      headers: Object.fromEntries(made),
      body: Buffer.from(body),
    }
    expect(await others(request, alg)).toBe(true)
    expect(await judge(request)).toMatchObject({ outcome: 'accepted' })
  })

  test.each(goods)('the hub accepts what it signs: %s', async (_, change) => {
    const request = await signedByOther(drafted(change, alg))
    expect(await judge(request)).toMatchObject({ outcome: 'accepted', lookups: 1 })
    expect(await judge({ ...request, method: 'PATCH' })).toMatchObject({
      outcome: 'signature-invalid',
    })
  })
})

/** Its own signer takes the largest salt that RSA allows; RFC 9421 §3.3.1 wants 64 octets. */
const rsaSigner = {
  alg: 'rsa-pss-sha512',
  sign: async (data: Buffer) =>
    signBytes('sha512', data, {
      key: pairs['rsa-pss-sha512'].privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 64,
    }),
}

const signedByOther = async (given: Draft): Promise<RawRequest> => {
  const { alg, method, path, query, body } = given
  const key = createPrivateKey(pairs[alg].privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const { headers } = await httpbis.signMessage(
    {
      key: alg === 'rsa-pss-sha512' ? rsaSigner : createSigner(key, alg),
      name: 'hub',
      fields: given.components.map(one => one.slice(1, -1)),
      params: Object.keys(given.parameters),
      paramValues: {
        created: new Date(now),
        expires: new Date(Date.parse(now) + 300_000),
        nonce: 'bm9uY2Utb2YtMTYtYnl0ZQ',
        keyid: directoryKey(alg).keyid,
        tag: 'referral-hub',
        extra: 'x',
      },
    },
    { method, url: urlOf(given), headers: { ...given.headers } },
  )
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return { method, path, query, body, headers: Object.fromEntries(lower) as Record<string, string> }
}
