// Clause 8: one action freezes every release, and what it does not freeze; a lift by both, and a termination.
import { expect, test } from 'vitest'
import { callerOf, hubNow } from './callers.ts'
import { idempotencyKey, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { rowsOf } from './drill.ts'
import { ownHub } from './own-hub.ts'
import { stagesOf, withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await ownHub()
const { igm, ala, submitted, pulled, acknowledged } = await stagesOf(hub)
const [igmSigns, alaSigns] = [
  await callerOf(hub, 'igm-signatory'),
  await callerOf(hub, 'ala-signatory'),
]
const id = 'igm-ala-2026'
const state = async () => (await igmSigns.getAgreement(id)).body.state
const release = (referralId: string) =>
  raw(hub, 'ala-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: '{"purpose":"training-referral"}',
  })
const codes = (answers: { status: number; json: { code?: string } }[]) =>
  answers.map(({ status, json }) => [status, json.code])
const frozen = [423, 'agreement-frozen']

test('a breach freezes all that sends or opens, at once; what ends or answers still works; both lift it', async () => {
  const kept = await acknowledged(1)
  const withdrawn = await acknowledged(2)
  const waiting = await submitted(3)
  expect((await release(kept.referralId)).status).toBe(200)

  await alaSigns.giveNotice(id, { kind: 'breach' })
  expect(await state()).toBe('frozen')
  expect(codes([await submitRaw(hub, submissionOf(4)), await release(kept.referralId)])).toEqual([
    frozen,
    frozen,
  ])

  // Its message comes, for it must be answered and acknowledged; its content does not.
  const { messages } = (await ala.pull({ max: 10, waitSeconds: 2 })).body
  const message = messages.find(({ event }) => event.subject === waiting.referralId)
  expect(message).toMatchObject({ withheld: ['all'], event: { type: 'referral.requested.v1' } })
  expect(message).not.toHaveProperty('payload')
  await ala.ack([message?.handle ?? ''])
  const { body, headers } = await ala.getReferral(waiting.referralId)
  expect([body.status, body.contentState]).toEqual(['received', 'sealed'])
  await ala.changeStatus(waiting.referralId, { status: 'accepted' }, headers.get('etag') as string)
  expect((await withdraw(hub, igm, withdrawn.consentId)).body.state).toBe('withdrawn')
  const officer = await callerOf(hub, 'igm-compliance')
  const denied = (await officer.accessLog({ action: 'referral.release', outcome: 'denied' })).body
    .items
  expect(denied.map(({ code }) => code)).toEqual(['agreement-frozen', 'agreement-frozen'])

  await alaSigns.giveNotice(id, { kind: 'lift' })
  expect([await state(), codes([await release(kept.referralId)])]).toEqual(['frozen', [frozen]])
  await igmSigns.giveNotice(id, { kind: 'lift' })
  expect(await state()).toBe('in-force')
  expect((await release(waiting.referralId)).status).toBe(200)
  const gone = await release(withdrawn.referralId)
  expect(codes([gone])).toEqual([[410, 'content-shredded']])
})

test('of releases and a breach at once, none is recorded behind the breach, and none leaves after it', async () => {
  const { referralId } = await pulled(5)
  const breach = igmSigns.giveNotice(id, { kind: 'breach' })
  const races = await Promise.all([...Array.from({ length: 6 }, () => release(referralId)), breach])
  const answers = races.filter(one => 'json' in one)
  for (const { status } of answers) expect([200, 423, 503]).toContain(status)
  const later = await release(referralId)
  expect(codes([later])).toEqual([frozen])
  expect(
    (await rowsOf(hub.hub, 'Directory')).filter(({ pk }) => pk?.S?.includes('gate#')),
  ).toHaveLength(8)
})

test('a termination ends it at once, without time to finish, and for good', async () => {
  // All have been looked at, and are due at their own time.
  await hub.hub.invoke('referral-hub-RunDueWork', {})
  const key = idempotencyKey()
  const end = { kind: 'termination', cause: 'confidentiality' } as const
  const first = (await igmSigns.giveNotice(id, end, key)).body
  expect((await igmSigns.giveNotice(id, end, key)).body).toEqual(first)
  const { body } = await alaSigns.getAgreement(id)
  expect(body).toMatchObject({ state: 'ended', endsAt: first.at })
  expect(body.deadlines.map(({ kind }) => kind)).toEqual(['end', 'evidence'])
  const over = [409, 'agreement-not-in-force']
  const { referralId } = (await ala.listReferrals({ direction: 'received' })).body.items[0] as {
    referralId: string
  }
  // Its work is shut as well, although the clock has not come by.
  const received = (await ala.listReferrals({ direction: 'received', status: 'accepted' })).body
  const [working] = received.items
  const etag = (await ala.getReferral(working?.referralId ?? '')).headers.get('etag') as string
  const post = (path: string, command: object) =>
    raw(hub, 'ala-system', {
      path: `/v1/referrals/${working?.referralId}/${path}`,
      body: JSON.stringify(command),
      headers: { 'idempotency-key': idempotencyKey(), 'if-match': etag },
    })
  const on = new Date(hubNow(hub).getTime() - 6 * 3_600_000).toISOString().slice(0, 10)
  const works = [
    await post('status', { status: 'in-progress' }),
    await post('milestones', { milestone: 'contact-made', on }),
  ]
  expect(codes(works)).toEqual([over, over])
  const notice = await raw(hub, 'ala-signatory', {
    path: `/v1/agreements/${id}/notices`,
    body: '{"kind":"lift"}',
    headers: { 'idempotency-key': idempotencyKey() },
  })
  expect(codes([await submitRaw(hub, submissionOf(6)), await release(referralId), notice])).toEqual(
    [over, over, over],
  )
})

test('and within a minute what was open is cancelled, both sides are told, and the log verifies', async () => {
  const before = (await igm.listReferrals({ direction: 'sent' })).body.items
  const open = before.filter(({ availableTransitions: next }) => next.length > 0)
  expect(open.length).toBeGreaterThan(1)
  await hub.hub.invoke('referral-hub-RunDueWork', {})
  for (const { referralId } of open) {
    const { status, history } = (await igm.getReferral(referralId)).body
    expect([status, history.at(-1)]).toMatchObject([
      'cancelled',
      { by: 'hub', reason: 'agreement-ended' },
    ])
  }
  const told = (await igm.pull({ max: 10, waitSeconds: 2 })).body.messages
  expect(told.map(({ event }) => event.data)).toContainEqual(
    expect.objectContaining({ status: 'cancelled', reason: 'agreement-ended' }),
  )
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
