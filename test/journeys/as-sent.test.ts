// Requests that mean the same and look otherwise: ids in capitals, a field sent twice, a media type in quotes. Answered
// alike, and the evidence of each verifies.
import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { idempotencyKey, raw, signed, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { emptyHub } from './empty-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const igm = await callerOf(hub, 'igm-system')
const { referralId, consentId } = (await igm.submitReferral(submissionOf(1))).body

test('ids in paths and filters are taken in either case, and entered in lower case', async () => {
  const upper = referralId.toUpperCase()
  expect(upper).not.toBe(referralId)
  const read = await raw(hub, 'igm-system', { path: `/v1/referrals/${upper}` })
  expect([read.status, read.json['referralId']]).toEqual([200, referralId])
  const path = `/v1/consents/${consentId.toUpperCase()}`
  expect((await raw(hub, 'igm-liaison', { path })).json['consentId']).toBe(consentId)
  // Refused as any other, and entered under the id that was meant.
  expect((await raw(hub, 'stranger', { path: `/v1/referrals/${upper}` })).status).toBe(403)
  for (const query of [`referralId=${upper}`, `consentId=${consentId.toUpperCase()}`]) {
    const { status, json } = await raw(hub, 'igm-compliance', { path: '/v1/access-log', query })
    const items = json['items'] as { referralId?: string; consentId?: string }[]
    expect([status, items.length > 0]).toEqual([200, true])
    for (const item of items)
      expect([referralId, consentId]).toContain(item.referralId ?? item.consentId)
  }
  const moved = await raw(hub, 'igm-system', {
    path: `/v1/referrals/${upper}/status`,
    body: '{"status":"cancelled","reason":"duplicate"}',
    headers: { 'idempotency-key': idempotencyKey(), 'if-match': '"1"' },
  })
  expect([moved.status, moved.json['status']]).toEqual([200, 'cancelled'])
})

test('a covered field that is sent twice is signed as RFC 9421 joins it', async () => {
  const components = ['@method', '@authority', '@path', '@query', 'x-trace']
  const list = (xTrace: string) =>
    signed(hub, 'igm-system', { path: '/v1/referrals', headers: { 'x-trace': xTrace }, components })
  const twice = async (signedOver: string, sent: string[]) => {
    const { url, headers } = list(signedOver)
    const outgoing = httpRequest(url, {
      headers: { ...Object.fromEntries(headers), 'x-trace': sent },
    })
    outgoing.end()
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
    answer.resume()
    return answer.statusCode
  }
  expect(await twice('a, b', ['a', 'b'])).toBe(200)
  expect(await twice('a,b', ['a,b'])).toBe(200)
  expect(await twice('a, b', ['a, b'])).toBe(200)
  expect(await twice('"x,y", z', ['"x,y"', 'z'])).toBe(200)
  expect(await twice('a, b', ['b', 'a'])).toBe(401)
  expect(await twice('ab', ['a', 'b'])).toBe(401)
})

test('a charset may be in quotes, blank and capital', async () => {
  for (const type of ['application/json; charset="utf-8"', 'Application/JSON ;Charset=UTF-8']) {
    const { status } = await submitRaw(hub, submissionOf(2), { headers: { 'content-type': type } })
    expect([type, status]).toEqual([type, 201])
  }
})

test('the log of all this verifies, signature by signature', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true, referrals: 3 })
})
