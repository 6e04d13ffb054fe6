// Who may not change keys, and what is no proposal: through the running hub. Every role × every route is in
// refused.test.ts.
import { describe, expect, test } from 'vitest'
import { type Who, callerOf, hubFileOf, hubNow } from './callers.ts'
import { type RawAnswer, idempotencyKey, raw } from './signed-requests.ts'
import { type Holder, enrolledHolder, newHolder } from './key-holders.ts'
import { type Terms, changeKey, oneYear, proposalOf } from './key-changes.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const second = await enrolledHolder(hub, 'IGM', ['liaison'])
const signatory = await enrolledHolder(hub, 'IGM', ['signatory'])
const officer = await enrolledHolder(hub, 'IGM', ['compliance-officer', 'referrer', 'recipient'])
const theirs = await enrolledHolder(hub, 'ALA', ['liaison', 'signatory'])
const keyidOf = (name: string) => hubFileOf(hub).keys.find(key => key.name === name)?.keyid ?? ''

const waiting = newHolder()
const propose = async (
  holder: Holder,
  more: Parameters<typeof proposalOf>[3] = {},
  who: Who = 'igm-liaison',
) => changeKey(hub, who, 'IGM/keys', await proposalOf(hub, holder, 'IGM', more))
expect((await propose(waiting)).status).toBe(201)

const confirmation = { roles: oneYear.roles, validUntil: oneYear.validUntil }
const revocation = { reason: 'superseded' }
const told = ({ status, json: { instance: _, ...json } }: RawAnswer) => ({ status, json })
const forbidden = {
  status: 403,
  json: {
    type: 'https://referral-hub.example/problems/forbidden',
    title: 'No tiene permiso para esto, o no existe',
    status: 403,
    code: 'forbidden',
  },
}
const errorsOf = ({ json }: RawAnswer) => [
  json.code,
  ...(json.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
]

const year = (years: number) => `${2026 + years}-11-21T12:00:00.000Z`

describe('the same 403, whether institution and key exist or not, for', () => {
  const places = [
    `IGM/keys/${waiting.keyid}`,
    `IGM/keys/${keyidOf('igm-system')}`,
    `IGM/keys/${'A'.repeat(43)}`,
    `ZZZ/keys/${waiting.keyid}`,
    'IGM/keys/no-keyid',
  ]
  test.each<[string, Who]>([
    ['a liaison and signatory of another institution', theirs],
    ['a stranger', 'stranger'],
    ['another institution’s system', 'oim-system'],
  ])('%s, who confirms or revokes', async (_, who) => {
    for (const place of places) {
      expect(told(await changeKey(hub, who, `${place}/confirmation`, confirmation))).toEqual(
        forbidden,
      )
      expect(told(await changeKey(hub, who, `${place}/revocation`, revocation))).toEqual(forbidden)
    }
  })

  test('whoever proposes a key for an institution that is not theirs', async () => {
    for (const institution of ['ALA', 'ZZZ', 'HUB']) {
      const body = await proposalOf(hub, newHolder(), institution)
      const answer = await changeKey(hub, 'igm-liaison', `${institution}/keys`, body)
      expect(told(answer)).toEqual(forbidden)
    }
  })

  test('the institution’s own keys without the role', async () => {
    const body = await proposalOf(hub, newHolder(), 'IGM')
    for (const who of [signatory, officer, 'igm-system', 'igm-compliance'] as const)
      expect(told(await changeKey(hub, who, 'IGM/keys', body))).toEqual(forbidden)
    for (const who of [officer, 'igm-system', 'igm-compliance'] as const)
      for (const place of places) {
        expect(told(await changeKey(hub, who, `${place}/confirmation`, confirmation))).toEqual(
          forbidden,
        )
        if (who === 'igm-system' && place.endsWith(keyidOf('igm-system'))) continue
        expect(told(await changeKey(hub, who, `${place}/revocation`, revocation))).toEqual(
          forbidden,
        )
      }
  })

  test('its own liaison, of a key of another institution', async () => {
    const foreign = `IGM/keys/${keyidOf('ala-system')}`
    for (const act of [`${foreign}/confirmation`, `IGM/keys/${'A'.repeat(43)}/confirmation`])
      expect(told(await changeKey(hub, second, act, confirmation))).toEqual(forbidden)
    for (const act of [`${foreign}/revocation`, `IGM/keys/${'A'.repeat(43)}/revocation`])
      expect(told(await changeKey(hub, second, act, revocation))).toEqual(forbidden)
  })

  test('its proposer, who would be both persons', async () => {
    const answer = await changeKey(hub, 'igm-liaison', `${places[0]}/confirmation`, confirmation)
    expect(told(answer)).toEqual(forbidden)
  })
})

test('whoever was refused is written down with the key that it was about', async () => {
  const { json } = await changeKey(hub, theirs, `IGM/keys/${waiting.keyid}/revocation`, revocation)
  const compliance = await callerOf(hub, 'ala-compliance')
  const { items } = (await compliance.accessLog({ outcome: 'denied', limit: 200 })).body
  expect(items.find(({ request }) => request.id === json.instance)).toMatchObject({
    action: 'key.revoke',
    code: 'forbidden',
    subjectKeyid: waiting.keyid,
  })
})

describe('a proposal is refused', () => {
  const soon = Math.floor(hubNow(hub).getTime() / 1000)
  test.each<[string, NonNullable<Parameters<typeof proposalOf>[3]>]>([
    ['whose proof another key made', { by: newHolder() }],
    ['whose proof is for another institution', { claims: { institution: 'ALA' } }],
    ['whose proof is for another hub', { claims: { aud: 'other.example' } }],
    ['whose proof is for another key', { claims: { keyid: waiting.keyid } }],
    ['whose proof is for other roles', { claims: { roles: ['liaison'] } }],
    ['whose proof is older than a day', { claims: { iat: soon - 86_500 } }],
    ['whose proof is from the future', { claims: { iat: soon + 600 } }],
  ])('%s', async (_, more) => {
    const answer = await propose(newHolder(), more)
    expect([answer.status, answer.json.code]).toEqual([422, 'proof-invalid'])
  })

  test('whose proof was changed on its way', async () => {
    const holder = newHolder()
    const body = (await proposalOf(hub, holder, 'IGM')) as { proof: string }
    const proof = body.proof.replace(/.{4}$/, end => (end === 'AAAA' ? 'BBBA' : 'AAAA'))
    const answer = await changeKey(hub, 'igm-liaison', 'IGM/keys', { ...body, proof })
    expect(answer.json.code).toBe('proof-invalid')
  })

  test.each<[string, Terms, string]>([
    ['in the past', { ...oneYear, validUntil: year(-1) }, '/validUntil in-the-past'],
    ['before it begins', { ...oneYear, validFrom: year(2) }, '/validUntil before-valid-from'],
    ['in more than two years', { ...oneYear, validUntil: year(3) }, '/validUntil too-long'],
  ])('that ends %s', async (_, terms, error) => {
    expect(errorsOf(await propose(newHolder(), { terms }))).toEqual(['invalid-request', error])
  })

  const { publicJwk } = newHolder()
  const rsa = newHolder('rsa').publicJwk as { n: string }
  const modulus = Buffer.from(rsa.n, 'base64url')
  test.each<[string, object, string]>([
    [
      'of a weak RSA key',
      { jwk: { ...rsa, n: modulus.subarray(0, 128).toString('base64url') }, alg: 'rsa-pss-sha512' },
      '/jwk weak-key',
    ],
    [
      'of an Ed25519 key of small order',
      { jwk: { ...publicJwk, x: `AQ${'A'.repeat(41)}` } },
      '/jwk weak-key',
    ],
    [
      'with a private key in it',
      { jwk: { ...publicJwk, d: 'A'.repeat(43) } },
      '/jwk unknown-member',
    ],
    ['under another algorithm', { alg: 'ecdsa-p256-sha256' }, '/alg not-allowed'],
    ['with a role that there is not', { roles: ['administrator'] }, '/roles/0 not-allowed'],
    ['with a role twice', { roles: ['referrer', 'referrer'] }, '/roles repeated'],
    ['without roles', { roles: [] }, '/roles too-small'],
    ['with a member that nobody knows', { institution: 'IGM' }, ' unknown-member'],
    ['without a proof', { proof: undefined }, '/proof required'],
  ])('%s', async (_, patch, error) => {
    const body = { ...(await proposalOf(hub, newHolder(), 'IGM')), ...patch }
    expect(errorsOf(await changeKey(hub, 'igm-liaison', 'IGM/keys', body))).toEqual([
      'invalid-request',
      error,
    ])
  })

  test('of a key that is in the directory, in the same words whosever it is and whatever its state', async () => {
    const revoked = await enrolledHolder(hub, 'IGM', ['referrer'])
    await changeKey(hub, second, `IGM/keys/${revoked.keyid}/revocation`, revocation)
    const answers = [
      await propose(waiting, {}, second),
      await propose(revoked, {}, second),
      await propose(second, {}, second),
      await propose(theirs, {}, second),
    ].map(told)
    expect(answers[0]).toMatchObject({ status: 409, json: { code: 'key-exists' } })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  test('without an Idempotency-Key', async () => {
    const body = JSON.stringify(await proposalOf(hub, newHolder(), 'IGM'))
    const answer = await raw(hub, 'igm-liaison', { path: '/v1/institutions/IGM/keys', body })
    expect(answer.json.code).toBe('idempotency-key-missing')
  })
})

const say = async (words: object) =>
  errorsOf(await changeKey(hub, second, `IGM/keys/${waiting.keyid}/confirmation`, words))

test('a confirmation that says other roles or another end than were proposed is refused', async () => {
  expect(await say({ ...confirmation, roles: ['referrer', 'liaison'] })).toEqual([
    'invalid-request',
    '/roles not-as-proposed',
  ])
  expect(await say({ ...confirmation, validUntil: '2027-11-22T12:00:00.000Z' })).toEqual([
    'invalid-request',
    '/validUntil not-as-proposed',
  ])
})

test('nothing of all this changed a key', async () => {
  const { items } = (await (await callerOf(hub, 'igm-system')).getKeys('IGM')).body
  const kept = items.map(({ state, revokedAt }) => [state, revokedAt === undefined])
  expect(kept.filter(([state]) => state === 'proposed')).toEqual([['proposed', true]])
  // The one that was revoked on purpose.
  expect(kept.filter(([, whole]) => !whole)).toHaveLength(1)
})

test('an id in a path is not a way to another route', async () => {
  for (const id of ['..', '.', 'A'.repeat(44), `${'A'.repeat(42)}.`]) {
    const { status } = await raw(hub, second, {
      path: `/v1/institutions/IGM/keys/${id}/revocation`,
      body: JSON.stringify(revocation),
      headers: { 'idempotency-key': idempotencyKey() },
      method: 'POST',
    })
    expect([400, 401, 403, 404]).toContain(status)
  }
})
