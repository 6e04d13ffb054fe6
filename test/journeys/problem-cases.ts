// How each code of schemas/problem.ts is met through a running hub.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DisableKeyCommand, EnableKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { keyProposal } from '../../client/institutions.ts'
import { type PrivateJwk, hubKey } from '../../signatures/keys.ts'
import type { Hub } from '../../infra/local/hub.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { type HubPlace, type Who, hubNow } from './callers.ts'
import {
  type RawAnswer,
  type RawOptions,
  idempotencyKey,
  raw,
  send,
  signed,
  submitRaw,
} from './signed-requests.ts'
import { type Submission, submissionOf } from './submissions.ts'
import { cosignature, cosignedBy, forgedByLog, jwkOf, secondsNow } from './cosigning.ts'
import { bare, textOf } from './checkpoint-notes.ts'
import { checkpointOf, logKeyOf, offer } from './offering.ts'

/** Sends a request that is refused, with these header fields besides its own. */
export type Ask = (headers: Record<string, string>) => Promise<RawAnswer>

/** What is in the hub: a referral and what it was submitted with, a withdrawn one, and keys that are none to it. */
export type Given = {
  open: Submission
  referralId: string
  consentId: string
  withdrawn: { referralId: string }
  revoked: Who
  unregistered: Who
}

/**
 * A case for every code: the type asks for all of them. Codes met without an answer of their own say where they are
 * tested.
 */
export const casesOn = async (
  hub: HubPlace & { hub: Hub },
  kms: KMSClient,
  { open, referralId, consentId, withdrawn, revoked, unregistered }: Given,
): Promise<Record<ProblemCode, Ask | { elsewhere: string }>> => {
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

  /** Checkpoints that IGM's liaison offers; there is one when a case is run. */
  const cosigning =
    (make: (note: string) => string | Promise<string>): Ask =>
    async headers =>
      offer(hub, 'igm-liaison', await make(await checkpointOf(hub)), headers)
  const igmLine = (note: string, time: number) =>
    cosignature(textOf(note), { jwk: jwkOf(hub, 'igm-liaison'), time })
  /** Proposes the liaison's own key again, with a proof that says it is for `institution`. */
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

  return {
    'malformed-request': headers => submitRaw(hub, '{"externalId":', { headers }),
    'idempotency-key-missing': headers =>
      raw(hub, 'igm-system', { path: '/v1/referrals', body: '{}', headers }),
    'idempotency-key-malformed': headers =>
      submitRaw(hub, {}, { headers: { 'idempotency-key': `"${idempotencyKey()}"`, ...headers } }),
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
    'method-not-allowed': list({ method: 'DELETE' }),
    'not-found': list({ path: '/v1/nowhere' }),
    'not-yet-sequenced': headers =>
      raw(hub, 'igm-compliance', { path: '/v1/access-log/tile/0/999', headers }),
    'external-id-exists': submit({ externalId: open.externalId }),
    'duplicate-active-referral': submit({
      payload: { identity: { documents: open.payload.identity.documents } },
    }),
    'agreement-not-in-force': submit({ agreementId: 'igm-ala-2024' }),
    'agreement-frozen': { elsewhere: 'test/journeys/agreement.frozen.whole.test.ts' },
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
    'milestone-exists': { elsewhere: 'test/journeys/milestone.test.ts' },
    'milestone-voided': { elsewhere: 'test/journeys/milestone.test.ts' },
    'milestones-full': { elsewhere: 'test/events/milestone.test.ts' },
    'handover-exists': { elsewhere: 'test/journeys/handover.refused.whole.test.ts' },
    'handovers-full': { elsewhere: 'test/events/handover.test.ts' },
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
    'consent-outlives-agreement': consent({ validUntil: '2028-05-05T06:00:00.000Z' }),
    'minor-needs-guardian-and-assent': submit({ payload: { identity: { birthDate: '2009' } } }),
    'recipient-not-party': submit({ recipient: 'OIM' }),
    'reason-required': move({ status: 'cancelled' }),
    'rate-limited': { elsewhere: 'test/journeys/rate.whole.test.ts' },
    'handle-unknown': { elsewhere: 'below: a code of one result, never of a whole answer' },
    'precondition-required': move({ status: 'cancelled', reason: 'other' }, {}),
    // A row that the directory should not have: the hub's own fault, met for real.
    internal: submit({ agreementId: 'broken' }),
    // Before any pull of this hub has found the log in order: for a minute after one the next asks only when it opens
    // something.
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
}
