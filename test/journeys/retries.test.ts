// What the log says of answers that were given again, and which If-Match fits.
import { describe, expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { idempotencyKey, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await sharedHub()
const igm = await callerOf(hub, 'igm-system')
const officer = await callerOf(hub, 'ala-compliance')

test('an answer given again is an entry of its own, found with the first one and told apart from it', async () => {
  const body = submissionOf(1)
  const headers = { 'idempotency-key': idempotencyKey() }
  const first = await submitRaw(hub, body, { headers })
  for (let n = 0; n < 3; n++) await submitRaw(hub, body, { headers })
  const referralId = String(first.json.referralId)
  const filter = { referralId, action: 'referral.submit' } as const
  const { items } = (await officer.accessLog(filter)).body
  expect(items.map(({ code }) => code)).toEqual(['replayed', 'replayed', 'replayed', undefined])
  expect(new Set(items.map(({ consentId }) => consentId)).size).toBe(1)
  // The receipt is the first one's.
  const receipt = await raw(hub, 'igm-system', { path: `/v1/referrals/${referralId}/receipt` })
  expect(receipt.text).toContain(`\nindex ${items.at(-1)?.index}\n`)
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})

describe('If-Match (RFC 9110 §13.1.1)', () => {
  test.each([
    ['*', 200],
    ['"1"', 200],
    ['"7", "1"', 200],
    ['"7","8"', 412],
    ['W/"1"', 412],
    ['"7",W/"1","1"', 200],
    ['"7,"', 412],
    ['1', 400],
    ['', 400],
    ["'1'", 400],
    ['"1', 400],
    ['"7" "1"', 400],
    ['*, "1"', 400],
  ])('%s: %i', async (ifMatch, status) => {
    const { referralId } = (await igm.submitReferral(submissionOf(2))).body
    const answer = await raw(hub, 'igm-system', {
      path: `/v1/referrals/${referralId}/status`,
      body: '{"status":"cancelled","reason":"duplicate"}',
      headers: { 'idempotency-key': idempotencyKey(), 'if-match': ifMatch },
    })
    expect(answer.status).toBe(status)
    if (status === 400)
      expect([answer.json.code, answer.json.errors]).toEqual([
        'malformed-request',
        [{ pointer: '', code: 'if-match-form' }],
      ])
  })
})
