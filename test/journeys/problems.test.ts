// The registry of refusals: every code of schemas/problem.ts is reached here through the running hub, or the test says what is missing.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { marshall } from '@aws-sdk/util-dynamodb'
import { afterAll, describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyProposal } from '../../client/institutions.ts'
import { type PrivateJwk, hubKey, newKey, publicHalf } from '../../client/keys.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import agreement from '../../infra/agreements/igm-ala-2026.json' with { type: 'json' }
import {
  type RawAnswer,
  type RawOptions,
  callerOf,
  hubNow,
  idempotencyKey,
  raw,
  send,
  signed,
  submissionOf,
  submitRaw,
} from './callers.ts'
import {
  bare,
  checkpointOf,
  cosignature,
  cosignedBy,
  forgedByLog,
  jwkOf,
  logKeyOf,
  offer,
  secondsNow,
  textOf,
} from './cosigning.ts'
import { ownHub } from './own-hub.ts'
import { withdraw } from './stages.ts'

const hub = await ownHub()
const dynamodb = new DynamoDBClient(hub.hub.aws)
const kms = new KMSClient(hub.hub.aws)
afterAll(() => {
  dynamodb.destroy()
  kms.destroy()
})

const enrol = (row: Record<string, unknown>) =>
  dynamodb.send(new PutItemCommand({ TableName: hub.hub.nameOf('Directory'), Item: marshall(row) }))

/** A key in the directory that is revoked, or whose time is over. */
const keyOfIgm = async (row: object) => {
  const { keyid, jwk, alg } = await newKey()
  const validity = { validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2036-01-01T00:00:00.000Z' }
  const registered = { keyid, institution: 'IGM', roles: ['referrer'], alg, jwk: publicHalf(jwk) }
  await enrol({ pk: `key#${keyid}`, ...registered, ...validity, ...row })
  return { keyid, jwk }
}
const revoked = await keyOfIgm({ revokedAt: hubNow(hub).toISOString() })
const unregistered = await newKey()
await enrol({
  pk: 'agreement#igm-ala-2024',
  ...agreement,
  agreementId: 'igm-ala-2024',
  inForceFrom: '2024-02-05T06:00:00.000Z',
  inForceUntil: '2026-02-05T05:59:59.000Z',
})
await enrol({ pk: 'agreement#broken', parties: 'no list' })

const igm = await callerOf(hub, 'igm-system')
const open = submissionOf(1)
const { referralId, consentId } = (await igm.submitReferral(open)).body

type Ask = (language: Record<string, string>) => Promise<RawAnswer>
const submit =
  (patch: object): Ask =>
  headers =>
    submitRaw(hub, submissionOf(2, patch), { headers })
const list =
  (options: Partial<RawOptions>): Ask =>
  headers =>
    raw(hub, 'igm-system', { path: '/v1/referrals', ...options, headers })
const move =
  (body: object, more: Record<string, string> = { 'if-match': '"1"' }): Ask =>
  headers =>
    raw(hub, 'igm-system', {
      path: `/v1/referrals/${referralId}/status`,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': idempotencyKey(), ...more, ...headers },
    })
const consent = (patch: object) => submit({ consent: patch })
/** Of a referral whose consent was withdrawn: asked for by its recipient. */
const withdrawn = (await igm.submitReferral(submissionOf(7))).body
await withdraw(hub, igm, withdrawn.consentId)

/** Checkpoints that IGM's liaison offers; there is one when a case is run. */
const cosigning =
  (make: (note: string) => string | Promise<string>): Ask =>
  async headers =>
    offer(hub, 'igm-liaison', await make(await checkpointOf(hub)), headers)
const igmLine = (note: string, time: number) =>
  cosignature(textOf(note), { jwk: jwkOf(hub, 'igm-liaison'), time })
/** Proposes the liaison's own key anew, with a proof that says it is for `institution`. */
const liaisonKey = await hubKey(
  JSON.parse(readFileSync(join(hub.data, 'keys/igm-liaison.jwk'), 'utf8')) as PrivateJwk,
)
const proposeKey = async (headers: Record<string, string>, institution: string) => {
  const terms = { roles: ['liaison'], validUntil: '2027-11-21T12:00:00.000Z' } as const
  const about = { institution, authority: hub.hub.authority, now: hubNow(hub) }
  return raw(hub, 'igm-liaison', {
    path: '/v1/institutions/IGM/keys',
    body: JSON.stringify(await keyProposal(liaisonKey, terms, about)),
    headers: { 'idempotency-key': idempotencyKey(), ...headers },
  })
}

/** How each code is met. The type asks for all of them; codes met without an answer of their own say where they are tested. */
const cases: Record<ProblemCode, Ask | { elsewhere: string }> = {
  'malformed-request': headers => submitRaw(hub, '{"externalId":', { headers }),
  'idempotency-key-missing': headers =>
    raw(hub, 'igm-system', { path: '/v1/referrals', body: '{}', headers }),
  'signature-missing': list({ tamper: ({ headers }) => headers.delete('signature-input') }),
  'signature-invalid': list({ tamper: request => (request.url += '?limit=3') }),
  'signature-expired': list({ at: new Date(hubNow(hub).getTime() - 400_000) }),
  'signature-incomplete': list({ components: ['@method', '@authority', '@path'] }),
  'key-unknown': headers => raw(hub, unregistered, { path: '/v1/referrals', headers }),
  'key-revoked': headers => raw(hub, revoked, { path: '/v1/referrals', headers }),
  'digest-mismatch': headers =>
    submitRaw(hub, open, {
      headers,
      tamper: request => {
        request.body = `${request.body as string} `
      },
    }),
  'nonce-reused': async headers => {
    const request = signed(hub, 'igm-system', { path: '/v1/referrals', headers })
    await send(request)
    return send(request)
  },
  forbidden: headers => submitRaw(hub, submissionOf(2), { who: 'ala-system', headers }),
  'not-found': list({ path: '/v1/nowhere' }),
  'not-yet-sequenced': headers =>
    raw(hub, 'igm-compliance', { path: '/v1/access-log/tile/0/999', headers }),
  'external-id-exists': submit({ externalId: open.externalId }),
  'duplicate-active-referral': submit({
    payload: { identity: { documents: open.payload.identity.documents } },
  }),
  'agreement-not-in-force': submit({ agreementId: 'igm-ala-2024' }),
  'transition-not-allowed': move({ status: 'requested' }),
  'nothing-destroyed': list({ path: `/v1/consents/${consentId}/certificate` }),
  'content-shredded': headers =>
    raw(hub, 'ala-system', {
      path: `/v1/referrals/${withdrawn.referralId}/release`,
      body: '{"purpose":"training-referral"}',
      headers,
    }),
  'checkpoint-older': async headers => {
    const older = await checkpointOf(hub)
    await cosigning(note => cosignedBy(hub, 'igm-liaison', note))({})
    return offer(hub, 'igm-liaison', cosignedBy(hub, 'igm-liaison', older), headers)
  },
  'checkpoint-inconsistent': cosigning(async note => {
    const root = Buffer.alloc(32, 9).toString('base64')
    const fork = textOf(note).replace(/[^\n]+\n$/, `${root}\n`)
    return forgedByLog(hub, kms, await logKeyOf(hub), fork)
  }),
  'checkpoint-not-ours': cosigning(note => bare(note).replace(/\n\d+\n/, '\n1\n')),
  'cosignature-invalid': cosigning(bare),
  'cosignature-time': cosigning(note => bare(note) + igmLine(note, secondsNow(hub) - 400)),
  'cosigner-key-unsuitable': { elsewhere: 'test/journeys/cosign.test.ts' },
  'key-exists': headers => proposeKey(headers, 'IGM'),
  'proof-invalid': headers => proposeKey(headers, 'ALA'),
  'request-in-progress': { elsewhere: 'test/functions/aws/dynamodb.test.ts' },
  'version-mismatch': move({ status: 'cancelled', reason: 'other' }, { 'if-match': '"7"' }),
  'body-too-large': headers => submitRaw(hub, `{}${' '.repeat(262_144)}`, { headers }),
  'unsupported-media-type': headers =>
    submitRaw(hub, open, { headers: { 'content-type': 'text/json', ...headers } }),
  'invalid-request': submit({ priority: 'whenever' }),
  'idempotency-key-reused': async headers => {
    const key = { 'idempotency-key': idempotencyKey() }
    await submitRaw(hub, submissionOf(3), { headers: key })
    return submitRaw(hub, submissionOf(4), { headers: { ...key, ...headers } })
  },
  'eligibility-population': submit({ payload: { identity: { nationalities: ['GTM'] } } }),
  'eligibility-status': submit({ payload: { migrationStatus: { status: 'other' } } }),
  'interest-not-declared': submit({ payload: { trainingProfile: { interestDeclared: false } } }),
  'consent-missing-purpose': consent({
    purposes: [{ purpose: 'training-referral', recipient: 'ALA', dataCategories: ['identity'] }],
  }),
  'consent-expired': consent({ validUntil: '2026-11-20T12:00:00.000Z' }),
  'consent-outlives-agreement': consent({ validUntil: '2028-02-05T06:00:00.000Z' }),
  'minor-needs-guardian-and-assent': submit({ payload: { identity: { birthDate: '2009' } } }),
  'recipient-not-party': submit({ recipient: 'OIM' }),
  'reason-required': move({ status: 'cancelled' }),
  'rate-limited': { elsewhere: 'test/journeys/rate.test.ts' },
  'handle-unknown': { elsewhere: 'below: a code of one result, never of a whole answer' },
  'precondition-required': move({ status: 'cancelled', reason: 'other' }, {}),
  // A row that the directory should not have: the hub's own fault, met for real.
  internal: submit({ agreementId: 'broken' }),
  // Before any pull of this hub has found the log in order: for a minute after one the next asks only when it opens something.
  'log-stale': async headers => {
    const KeyId = hub.hub.nameOf('LogKey')
    await kms.send(new DisableKeyCommand({ KeyId }))
    const answer = await raw(hub, 'oim-system', {
      path: '/v1/inbox/pull',
      body: JSON.stringify({ max: 1, waitSeconds: 0 }),
      headers,
    })
    await kms.send(new EnableKeyCommand({ KeyId }))
    return answer
  },
  unavailable: async headers => {
    const KeyId = hub.hub.nameOf('EnvelopeKey')
    await kms.send(new DisableKeyCommand({ KeyId }))
    const answer = await fetch(`${hub.url}/v1/health`, { headers })
    await kms.send(new EnableKeyCommand({ KeyId }))
    const text = await answer.text()
    const { status, headers: fields } = answer
    return { status, headers: fields, text, json: JSON.parse(text) as RawAnswer['json'] }
  },
}
const reached = (Object.entries(cases) as [ProblemCode, Ask | { elsewhere: string }][]).filter(
  (entry): entry is [ProblemCode, Ask] => typeof entry[1] === 'function',
)

test('every code of the catalogue has a case, and no case has a code that is not in it', () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(problems).toSorted())
})

describe('the hub refuses with', () => {
  test.each(reached)('%s, in Spanish, or in English when asked', async (code, ask) => {
    for (const [language, headers] of [
      ['es', {}],
      ['en', { 'accept-language': 'fr, en-GB;q=0.8, es;q=0.3' }],
    ] as const) {
      const { status, headers: fields, json } = await ask(headers)
      const { errors, ...members } = json
      expect(members).toEqual({
        type: `https://referral-hub.example/problems/${code}`,
        title: problems[code][language],
        status: problems[code].status,
        code,
        instance: fields.get('x-request-id'),
      })
      expect(status).toBe(problems[code].status)
      expect(fields.get('content-type')).toBe('application/problem+json')
      expect(fields.get('content-language')).toBe(language)
      for (const error of errors ?? [])
        expect(error).toEqual({
          pointer: expect.stringMatching(/^(\/[A-Za-z0-9]+)*$/) as string,
          code: expect.stringMatching(/^[a-z-]+$/) as string,
        })
      if (status === 503) expect(fields.get('retry-after')).toMatch(/^\d+$/)
    }
  })
})

test('a handle of nobody’s is refused with handle-unknown in its own result', async () => {
  const stranger = await callerOf(hub, 'stranger')
  const [message] = (await (await callerOf(hub, 'ala-system')).pull({ waitSeconds: 5 })).body
    .messages
  const handles = ['bm90LWEtaGFuZGxl', message?.handle as string]
  for (const settle of [stranger.ack, stranger.returnMessages])
    expect((await settle(handles)).body.results).toEqual(
      handles.map(handle => ({ handle, ok: false, code: 'handle-unknown' })),
    )
  expect((await igm.getReferral(referralId)).body).toMatchObject({ status: 'requested' })
})

test('a key outside its validity is refused like a revoked one', async () => {
  for (const validity of [
    { validUntil: '2026-11-21T11:59:59.000Z' },
    { validFrom: '2026-12-21T12:00:00.000Z' },
  ]) {
    const { status, json } = await raw(hub, await keyOfIgm(validity), { path: '/v1/referrals' })
    expect([status, json.code]).toEqual([401, 'key-revoked'])
  }
})

test('a fault of the hub is an entry of the log that says no more than its code', async () => {
  const { json } = await submitRaw(hub, submissionOf(5, { agreementId: 'broken' }))
  const officer = await callerOf(hub, 'igm-compliance')
  const { body } = await officer.accessLog({ outcome: 'failed' })
  const entry = body.items.find(({ request }) => request.id === json.instance)
  expect(entry).toMatchObject({ action: 'referral.submit', outcome: 'failed', code: 'internal' })
  expect(hub.lines.some(line => line.includes('"fault"') && !line.includes('no list'))).toBe(true)
})

test.each(['EnvelopeKey', 'GuardKey'])(
  'while %s is switched off a submission is unavailable, makes nothing, and succeeds later',
  async key => {
    const KeyId = hub.hub.nameOf(key)
    const body = submissionOf(6)
    await kms.send(new DisableKeyCommand({ KeyId }))
    const { status, json, headers } = await submitRaw(hub, body)
    await kms.send(new EnableKeyCommand({ KeyId }))
    expect((await submitRaw(hub, body)).status).toBe(201)
    expect([status, json.code]).toEqual([503, 'unavailable'])
    expect(headers.get('retry-after')).toMatch(/^\d+$/)
  },
)
