// Requests that must be refused for what their signature states of itself, or for a digest that is not of their body.
import { type Hostile, altered, stating } from './hostile-rows.ts'
import { times, withHeaders, withParameters, without } from './judging.ts'
import { digestOf, draft, seconds, signed } from './signing.ts'
import { eventOf } from '../functions/http/stack.ts'

const [invalid, incomplete, expired, mismatch] = [
  'signature-invalid',
  'signature-incomplete',
  'signature-expired',
  'digest-mismatch',
]
const raw = (given: Buffer) => given.toString('base64')

const parameters: Hostile[] = [
  ...['created', 'expires', 'nonce', 'keyid', 'tag'].map(name =>
    stating(`without ${name}`, incomplete, without(name)),
  ),
  stating('a tag for another application', invalid, withParameters({ tag: '"web-bot-auth"' })),
  stating('a tag in capitals', invalid, withParameters({ tag: '"Referral-Hub"' })),
  stating('a nonce of 21 characters', invalid, withParameters({ nonce: `"${'a'.repeat(21)}"` })),
  stating('a nonce of 129 characters', invalid, withParameters({ nonce: `"${'a'.repeat(129)}"` })),
  stating(
    'a nonce in base64 instead of base64url',
    invalid,
    withParameters({ nonce: `"${'+/'.repeat(12)}"` }),
  ),
  stating(
    'a nonce with another row’s name in it',
    invalid,
    withParameters({ nonce: `"${'a'.repeat(22)}#b"` }),
  ),
  stating('a nonce that is a token', invalid, withParameters({ nonce: 'a'.repeat(24) })),
  stating('created as text', invalid, withParameters({ created: `"${seconds}"` })),
  stating('created at half a second', invalid, withParameters({ created: `${seconds}.5` })),
  stating('created as a date of RFC 9651', invalid, withParameters({ created: `@${seconds}` })),
  stating('created of sixteen digits', invalid, withParameters({ created: '1000000000000000' })),
  stating('created 31 seconds ahead', expired, times(31, 200)),
  stating('created 301 seconds ago', expired, times(-301, -1)),
  stating('created before 1970', expired, withParameters({ created: '-1' })),
  stating('expired a second ago', expired, times(-200, -1)),
  stating('a life of 301 seconds', expired, times(0, 301)),
  stating('a life of no second', expired, times(0, 0)),
  stating('expires before created', expired, times(20, 10)),
  stating(
    'a keyid that is no thumbprint',
    'key-unknown',
    withParameters({ keyid: '"igm-system"' }),
  ),
  stating(
    'a keyid that leads elsewhere',
    'key-unknown',
    withParameters({ keyid: `"${'../functions/'.repeat(14)}a"` }),
  ),
  stating(
    'a keyid that nobody has',
    'key-unknown',
    withParameters({ keyid: `"${'A'.repeat(43)}"` }),
    1,
  ),
  ...['hmac-sha256', 'none', 'rsa-v1_5-sha256', 'ecdsa-p384-sha384', 'ED25519', ''].map(alg =>
    stating(`alg “${alg}”`, invalid, withParameters({ alg: `"${alg}"` })),
  ),
]

const both512 = (given: { body: Buffer }) =>
  `${digestOf(given.body)}, ${digestOf(Buffer.from('x'), 'sha-512')}`
const digests: Hostile[] = [
  altered('another body', mismatch, event => (event.body = '{"prueba":"n"}')),
  altered(
    'another body in base64',
    mismatch,
    event => (event.body = raw(Buffer.from('{"prueba":"n"}'))),
    0,
    () => eventOf(signed(draft()), { base64: true }),
  ),
  altered(
    'base64 taken for text',
    mismatch,
    event => (event.isBase64Encoded = false),
    0,
    () => eventOf(signed(draft()), { base64: true }),
  ),
  altered('text taken for base64', mismatch, event => (event.isBase64Encoded = true)),
  stating(
    'the digest of another body',
    mismatch,
    withHeaders({ 'content-digest': digestOf(Buffer.from('x')) }),
  ),
  stating('two digests, the second wrong', mismatch, given => ({
    headers: { ...given.headers, 'content-digest': both512(given) },
  })),
  stating('two digests, the first wrong', mismatch, given => ({
    headers: { ...given.headers, 'content-digest': both512(given).split(', ').toReversed().join() },
  })),
  stating('the right digest, then a wrong one of the same name', mismatch, given => ({
    headers: {
      ...given.headers,
      'content-digest': `${digestOf(given.body)},${digestOf(Buffer.from('x'))}`,
    },
  })),
  stating(
    'MD5 only',
    mismatch,
    withHeaders({ 'content-digest': 'md5=:1B2M2Y8AsgTpgAmY7PhCfg==:' }),
  ),
  stating('an algorithm in capitals', mismatch, given => ({
    headers: { ...given.headers, 'content-digest': digestOf(given.body).replace('sha', 'SHA') },
  })),
  stating('a digest cut short', mismatch, withHeaders({ 'content-digest': 'sha-256=:AAAA:' })),
  stating('an empty digest', mismatch, withHeaders({ 'content-digest': 'sha-256=::' })),
  stating('a digest as text', mismatch, given => ({
    headers: { ...given.headers, 'content-digest': digestOf(given.body).replaceAll(':', '"') },
  })),
  stating('a digest that is no dictionary', mismatch, withHeaders({ 'content-digest': '::' })),
  altered('the body taken away', mismatch, event => delete event.body),
]

export const byStatement: Hostile[] = [...parameters, ...digests]
