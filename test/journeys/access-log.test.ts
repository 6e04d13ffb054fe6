// The access log as compliance officers read it: one entry per thing done, with the evidence of who asked for it.
import { verify as verifyBytes, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { LogFilters } from '../../client/hub-client.ts'
import { hubFileOf, inboxOf } from './callers.ts'
import { send, signed } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { cancelledAndAskedFor, entriesOf, officersOf } from './officers.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const { igm, ala, officers, keyids } = await officersOf(hub)

const submitted: { referralId: string; consentId: string; evidence: Headers }[] = []
for (let n = 1; n <= 6; n++) {
  const body = JSON.stringify(
    submissionOf(n, n === 3 ? { payload: { protection: { handling: ['security-alert'] } } } : {}),
  )
  const request = signed(hub, 'igm-system', {
    path: '/v1/referrals',
    body,
    headers: { 'idempotency-key': `idempotency-key-${n}` },
  })
  const { json } = await send(request)
  const { referralId, consentId } = json as { referralId: string; consentId: string }
  submitted.push({ referralId, consentId, evidence: request.headers })
}
const inbox = inboxOf(ala)
for (const { referralId } of submitted) await inbox.about(referralId)
await ala.ack(
  submitted.map(
    ({ referralId }) =>
      inbox.pulled.find(({ event }) => event.subject === referralId)?.handle as string,
  ),
)
const [cancelled] = submitted as [(typeof submitted)[number]]
await cancelledAndAskedFor(hub, igm, cancelled.referralId)

const all = (filters: LogFilters, client = officers.IGM) => entriesOf(client, filters)

describe('an entry', () => {
  test('is there for every referral released, in a batch too, with what was released and for what', async () => {
    const entries = await all({ action: 'referral.release' })
    expect(entries.map(({ referralId }) => String(referralId)).toSorted()).toEqual(
      submitted.map(({ referralId }) => referralId).toSorted(),
    )
    for (const { referralId, categories, purpose, outcome, actor, consentId } of entries) {
      const message = inbox.pulled.find(({ event }) => event.subject === referralId)
      expect(categories?.toSorted()).toEqual(Object.keys(message?.payload ?? {}).toSorted())
      expect({ purpose, outcome, actor, consentId }).toEqual({
        purpose: 'training-referral',
        outcome: 'allowed',
        actor: { institution: 'ALA', keyid: keyids['ala-system'], role: 'recipient' },
        consentId: submitted.find(each => each.referralId === referralId)?.consentId,
      })
    }
  })

  test('names on release the very ciphertext that was submitted, and on submission all that it holds', async () => {
    for (const [n, { referralId }] of submitted.entries()) {
      const [release, submit] = [
        await all({ referralId, action: 'referral.release' }),
        await all({ referralId, action: 'referral.submit' }),
      ]
      expect([release.length, submit.length]).toEqual([1, 1])
      expect(submit[0]?.envelopeDigest).toMatch(/^[0-9a-f]{64}$/)
      expect(release[0]?.envelopeDigest).toBe(submit[0]?.envelopeDigest)
      expect(submit[0]?.categories?.includes('protection')).toBe(n === 2)
      expect(release[0]?.categories).not.toContain('protection')
    }
  })

  test('carries the signature as it was sent, which still verifies with the caller’s key alone', async () => {
    const { referralId, evidence } = cancelled
    const [entry] = (await all({ referralId, action: 'referral.submit' })) as [AccessLogEntry]
    const { request } = entry
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/referrals',
      contentDigest: evidence.get('content-digest'),
      signatureInput: evidence.get('signature-input'),
      signature: evidence.get('signature'),
    })
    const params = (request.signatureInput as string).replace(/^hub=/, '')
    const base = [
      '"@method": POST',
      `"@authority": ${hubFileOf(hub).authority}`,
      '"@path": /v1/referrals',
      '"@query": ?',
      '"content-type": application/json',
      `"content-digest": ${request.contentDigest}`,
      '"idempotency-key": idempotency-key-1',
      `"@signature-params": ${params}`,
    ].join('\n')
    const { file } = hubFileOf(hub).keys.find(({ name }) => name === 'igm-system') ?? { file: '' }
    const { d: _, ...jwk } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    const signature = Buffer.from(/:(.*):/.exec(request.signature as string)?.[1] ?? '', 'base64')
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    expect(verifyBytes(null, Buffer.from(base), key, signature)).toBe(true)
  })

  test('is there for every step of a referral’s life, in its order', async () => {
    const entries = await all({ referralId: cancelled.referralId })
    expect(
      entries
        .toReversed()
        .map(({ action, outcome, actor }) => `${actor.institution} ${action} ${outcome}`)
        .filter(line => !line.includes('access-log')),
    ).toEqual([
      'IGM referral.submit allowed',
      'ALA referral.release allowed',
      'ALA inbox.ack allowed',
      'IGM referral.status allowed',
      'OIM referral.read denied',
    ])
  })
})

test('entries get their places in the log, behind the first keys’ and without a gap, and its size grows', async () => {
  const size = async () =>
    Number((await igm.listReferrals({ direction: 'sent' })).headers.get('access-log-size'))
  const before = await size()
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const placed = new Map<number, string>()
  for (const officer of Object.values(officers))
    for (const { index, id } of await all({}, officer))
      if (index !== undefined) placed.set(index, id)
  const indexes = [...placed.keys()].toSorted((a, b) => a - b)
  // The deployment's own come first, one for each key and one for the console; they are of no agreement.
  const deployed = hubFileOf(hub).keys.length + 1
  expect(indexes).toEqual(indexes.map((_, n) => deployed + n))
  expect(indexes.length).toBeGreaterThan(30)
  expect(new Set(placed.values()).size).toBe(placed.size)
  // At most a second old.
  await new Promise(resolve => setTimeout(resolve, 1100))
  expect(await size()).toBeGreaterThanOrEqual(Math.max(before + 1, indexes.length))

  const first = (await all({ referralId: cancelled.referralId })).at(-1)
  await igm.getReferral(cancelled.referralId)
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const later = await all({ referralId: cancelled.referralId })
  expect(later.find(({ id }) => id === first?.id)).toEqual(first)
  expect(later.find(({ action }) => action === 'referral.read')?.index).toBeGreaterThan(
    first?.index ?? 0,
  )
})
