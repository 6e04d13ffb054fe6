// What time alone does: a consent runs out, content is destroyed when its retention ends. One folder, a hub started on
// later and later days.
import { expect, test } from 'vitest'
import type { Hub } from '../../infra/local/hub.ts'
import { everyFunction } from '../every-function.ts'
import { type HubPlace, callerOf, hubNow } from './callers.ts'
import { raw } from './signed-requests.ts'
import { rowsOf } from './drill.ts'
import { hubOnDays, runDueWork } from './hub-on-days.ts'
import { stagesOf, withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const day = 86_400_000
const startAt = hubOnDays({ warm: everyFunction })

const start = Date.parse('2026-11-21T12:00:00.000Z')
const first = await startAt(start)
const given = await stagesOf(first)
const validUntil = new Date(start + 60_000).toISOString()
/** Accepted, and waiting for a place: nobody is late with anything. */
const onHold = async (n: number, patch: object = {}) => {
  const header = await given.acknowledged(n, patch)
  await given.moved(header.referralId, 'accepted')
  const etag = (await given.ala.getReferral(header.referralId)).headers.get('etag') as string
  const status = { status: 'on-hold', reason: 'waitlisted' } as const
  await given.ala.changeStatus(header.referralId, status, etag)
  return header
}
const expiring = await onHold(1, { consent: { validUntil } })
const completed = await given.completed(2)
const open = await onHold(3)
const { body: closedHeader } = await given.igm.getReferral(completed.referralId)
const closedAt = Date.parse(closedHeader.history.at(-1)?.at as string)

const release = (place: HubPlace, referralId: string) =>
  raw(place, 'ala-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: '{"purpose":"training-referral"}',
  })
const contentOf = async (place: HubPlace, referralId: string) => {
  const { body } = await (await callerOf(place, 'igm-system')).getReferral(referralId)
  return body.contentState
}
const keysLeft = async (place: { hub: Hub }) =>
  (await rowsOf(place.hub, 'ReferralKeys')).map(row => row['referralId']?.S ?? '').toSorted()

/** What the hub wrote of its own accord, as the officers of both parties see it. */
const ownEntries = async (place: HubPlace, referralId: string) => {
  const seen = await Promise.all(
    (['igm-compliance', 'ala-compliance'] as const).map(async name => {
      const officer = await callerOf(place, name)
      return (await officer.accessLog({ referralId, institution: 'HUB' })).body.items.toReversed()
    }),
  )
  expect(seen[0]).toEqual(seen[1])
  for (const { actor, outcome, request } of seen[0] ?? []) {
    expect(actor).toEqual({ institution: 'HUB', role: 'hub' })
    expect(outcome).toBe('allowed')
    expect(request).toMatchObject({ method: 'SCHEDULE' })
    expect(request).not.toHaveProperty('signature')
  }
  return seen[0] ?? []
}
const heard = async (place: HubPlace, name: 'igm-system' | 'ala-system', referralId: string) => {
  const client = await callerOf(place, name)
  const events: [string, unknown][] = []
  for (;;) {
    const { messages } = (await client.pull({ max: 10 })).body
    if (messages.length === 0) return events
    await client.ack(messages.map(({ handle }) => handle))
    for (const { event } of messages)
      if (event.subject === referralId) events.push([event.type, event.data])
  }
}

test('on the day itself nothing is due, however often the clock’s work runs', async () => {
  await runDueWork(first)
  await runDueWork(first)
  expect(await keysLeft(first)).toEqual(
    [expiring, completed, open].map(({ referralId }) => referralId).toSorted(),
  )
  expect((await release(first, completed.referralId)).status).toBe(200)
  for (const { referralId } of [expiring, completed, open])
    expect(await ownEntries(first, referralId)).toEqual([])
  for (const name of ['igm-system', 'ala-system'] as const)
    await heard(first, name, expiring.referralId)
})

test('a consent that ran out gets its event, once; both sides are told, and its content stays until retention ends', async () => {
  const { referralId, consentId } = expiring
  const place = await startAt(start + day)
  await runDueWork(place)
  await runDueWork(place)
  const { body } = await (await callerOf(place, 'ala-liaison')).getConsent(consentId)
  expect(body).toMatchObject({ state: 'expired', deletion: 'none' })
  expect(body.events.map(({ event, by }) => [event, by])).toEqual([
    ['granted', 'IGM'],
    ['expired', 'hub'],
  ])
  expect((await ownEntries(place, referralId)).map(({ action }) => action)).toEqual([
    'consent.expire',
  ])
  for (const name of ['igm-system', 'ala-system'] as const)
    expect(await heard(place, name, referralId)).toEqual([['consent.expired.v1', { consentId }]])
  expect(await contentOf(place, referralId)).toBe('released')
  const { status, json } = await release(place, referralId)
  expect([status, json.code]).toEqual([403, 'consent-expired'])
  expect((await release(place, open.referralId)).status).toBe(200)
})

test('a completed referral keeps its content 90 days from its closing; then it is destroyed', async () => {
  const { referralId, consentId } = completed
  const end = closedAt + 90 * day
  // The last second itself: test/events/clock/consent-end.test.ts.
  const eve = await startAt(end - 30_000)
  await runDueWork(eve)
  expect((await release(eve, referralId)).status).toBe(200)
  expect(await keysLeft(eve)).toContain(referralId)
  expect(hubNow(eve).getTime()).toBeLessThan(end)

  const place = await startAt(end)
  await runDueWork(place)
  expect(await contentOf(place, referralId)).toBe('shredded')
  expect(await keysLeft(place)).not.toContain(referralId)
  const { status, json } = await release(place, referralId)
  expect([status, json.code]).toEqual([410, 'content-shredded'])
  const entries = await ownEntries(place, referralId)
  expect(entries.map(({ action }) => action)).toEqual(['referral.shred'])
  expect(entries[0]?.destroyedKeyDigest).toMatch(/^[0-9a-f]{64}$/)
  const igm = await callerOf(place, 'igm-system')
  expect((await igm.getReferral(referralId)).body).toMatchObject({ status: 'completed' })
  const certificate = (await igm.certificate(consentId)).body
  expect(certificate).toMatchObject({ cause: 'retention', deletion: 'none' })
  expect(certificate).not.toHaveProperty('requestedBy')
})

test('a referral whose consent ran out is closed and destroyed 90 days later; one that is open and consented stays', async () => {
  const { referralId } = expiring
  const place = await startAt(Date.parse(validUntil) + 90 * day + 1000)
  await runDueWork(place)
  const igm = await callerOf(place, 'igm-system')
  const header = (await igm.getReferral(referralId)).body
  expect(header).toMatchObject({ status: 'cancelled', contentState: 'shredded' })
  expect(header.history.at(-1)).toMatchObject({ by: 'hub', reason: 'consent-expired' })
  const actions = (await ownEntries(place, referralId)).map(({ action }) => action)
  expect(actions).toEqual(['consent.expire', 'referral.shred'])
  const told = [
    'referral.status-changed.v1',
    { status: 'cancelled', reason: 'consent-expired', version: header.version },
  ]
  for (const name of ['igm-system', 'ala-system'] as const)
    expect(await heard(place, name, referralId)).toEqual([told])

  expect(await keysLeft(place)).toEqual([open.referralId])
  expect((await release(place, open.referralId)).status).toBe(200)

  // A withdrawal that comes later asks the recipient to delete; what had been destroyed by then was destroyed for its
  // age.
  await withdraw(place, igm, expiring.consentId)
  const certificate = (await igm.certificate(expiring.consentId)).body
  expect(certificate).toMatchObject({ cause: 'retention', deletion: 'requested' })
  expect(certificate).not.toHaveProperty('requestedBy')

  // Months later, and after several starts under other ports: the log is still one log.
  expect(await verifiedLog(place)).toMatchObject({ ok: true, referrals: 3 })
})
