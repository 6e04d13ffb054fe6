// The registry of refusals: every code of schemas/problem.ts is reached here through the running hub, or the test says
// what is missing.
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import { marshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, test } from 'vitest'
import { newKey, publicHalf } from '../../signatures/keys.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import agreement from '../../infra/agreements/igm-ala-2026.json' with { type: 'json' }
import { callerOf, hubNow } from './callers.ts'
import { awsClients } from './aws-clients.ts'
import { raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { ownHub } from './own-hub.ts'
import { type Ask, casesOn } from './problem-cases.ts'
import { withdraw } from './stages.ts'

const hub = await ownHub({ contradicts: true })
const { dynamodb, kms } = awsClients(hub.hub)

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
/** Of a referral whose consent was withdrawn: asked for by its recipient. */
const withdrawn = (await igm.submitReferral(submissionOf(7))).body
await withdraw(hub, igm, withdrawn.consentId)

const cases = await casesOn(hub, kms, {
  open,
  referralId,
  consentId,
  withdrawn,
  revoked,
  unregistered,
})
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
          // Codes of ours, and institutions that the agreement names: nothing that was sent.
          ...(error.allowed && { allowed: error.allowed.filter(one => /^[A-Za-z-]+$/.test(one)) }),
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
