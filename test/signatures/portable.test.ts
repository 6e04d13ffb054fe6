// The profile is for browsers too: bundled for one, it needs nothing of Node, and it signs and verifies where there is
// nothing of Node.
import { expect, test } from 'vitest'
import { Algorithm } from '../../schemas/agreement.ts'
import { bundled, filesOf, inBrowser } from '../bundled.ts'
import { draft, now, signed } from './signing.ts'
import { directoryKey, pairs } from './key-pairs.ts'

const bundle = await bundled(...filesOf('signatures'))

test('the profile needs the libraries of signatures and shapes alone: no module of Node, no rule of the hub', () => {
  expect(bundle.packages).toEqual(['http-message-sig', 'structured-headers', 'zod'])
  expect(bundle.own.filter(file => !/^(signatures|schemas)\//.test(file))).toEqual([])
  expect(bundle.text).not.toMatch(/\bBuffer\.|\bprocess\./)
})

/** In the browser: whether a request is taken, by the rule that refuses it otherwise. */
const judging = `(async ({ request, key, now }) => {
  const deps = { authority: 'hub.example:8443', now, findKey: async () => key }
  try {
    return (await bundle.verifyRequest(request, deps)).key.keyid
  } catch (error) {
    return error.rule ?? String(error)
  }
})(given)`

test.each(Algorithm.options)(
  'where nothing of Node is, a request of %s is verified, and refused when it was tampered with',
  async alg => {
    const key = directoryKey(alg)
    const { body, ...request } = signed(draft(alg))
    const given = { request: { ...request, body: new Uint8Array(body) }, key, now }
    expect(await inBrowser(bundle, judging, given)).toBe(key.keyid)
    const other = { ...given, request: { ...given.request, path: '/v1/inbox/pull' } }
    expect(await inBrowser(bundle, judging, other)).toBe('verification-failed')
    const emptied = { ...given, request: { ...given.request, body: new Uint8Array(3) } }
    expect(await inBrowser(bundle, judging, emptied)).toBe('digest-matches')
  },
)

test.each(Algorithm.options)(
  'where nothing of Node is, a key of %s is read and signs',
  async alg => {
    const given = { jwk: pairs[alg].privateKey.export({ format: 'jwk' }), now }
    const answer = await inBrowser(
      bundle,
      `(async ({ jwk, now }) => {
      const key = await bundle.hubKey(bundle.parsePrivateJwk(jwk))
      const strong = await bundle.strongKey(bundle.publicHalf(key.jwk))
      const request = { method: 'GET', url: 'https://hub.example/v1/me', headers: new Headers() }
      const headers = await bundle.signRequest(request, await bundle.signerOf(key), key.keyid, new Date(now))
      return { keyid: key.keyid, strong: strong?.type, alg: /alg="([^"]+)"/.exec(headers.get('signature-input'))[1] }
    })(given)`,
      given,
    )
    expect(answer).toEqual({ keyid: directoryKey(alg).keyid, strong: 'public', alg })
  },
)
