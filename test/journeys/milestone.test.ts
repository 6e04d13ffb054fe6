// Milestones through the front door: the recipient records them, and the referrer hears of them where the person
// consented to that, and nowhere else.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { InboxEvent } from '../../schemas/inbox.ts'
import { Milestone } from '../../schemas/milestone.ts'
import { callerOf, hubNow, refusalOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { sharedHub } from './shared-hub.ts'
import { stagesOf, withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await sharedHub()
const { igm, ala, acknowledged, completed, moved } = await stagesOf(hub)
const officer = await callerOf(hub, 'igm-compliance')
const today = '2026-11-21'

const line = (purpose: string, recipient: string) => ({
  purpose,
  recipient,
  dataCategories: ['identity', 'migrationStatus', 'trainingProfile'],
})
const training = line('training-referral', 'ALA')
const feedback = line('status-feedback', 'IGM')
const under = (...purposes: object[]) => ({ consent: { purposes } })
const everything = under(training, feedback, line('job-placement-handover', 'OIM'))

const accepted = async (n: number, patch: object = everything) => {
  const header = await acknowledged(n, patch)
  await moved(header.referralId, 'accepted')
  return header
}
const record = (referralId: string, body: object, headers: Record<string, string> = {}) =>
  raw(hub, 'ala-system', {
    path: `/v1/referrals/${referralId}/milestones`,
    body: JSON.stringify(body),
    headers: { 'idempotency-key': idempotencyKey(), ...headers },
  })
const events: InboxEvent[] = []
/** What IGM is told of a referral, once it is so many events. */
const toldIgm = async (referralId: string, count: number) => {
  const about = () => events.filter(({ subject }) => subject === referralId)
  for (let tries = 0; tries < 20 && about().length < count; tries++) {
    const { messages } = (await igm.pull({ max: 10, waitSeconds: 1 })).body
    if (messages.length > 0) await igm.ack(messages.map(({ handle }) => handle))
    events.push(...messages.map(({ event }) => event))
  }
  return about()
}

describe('a milestone', () => {
  test('is answered with the header and told to the referrer, in sequence with all other news', async () => {
    const { referralId } = await accepted(1)
    const answer = await record(referralId, { milestone: 'profiled', on: today })
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"3"'])
    const [only] = answer.json.milestones as object[]
    expect(only).toMatchObject({ n: 1, milestone: 'profiled', on: today })
    expect(answer.json).toMatchObject({ feedback: 'milestones', status: 'accepted', version: 3 })

    const { body } = await igm.getReferral(referralId)
    expect(body).toMatchObject({ feedback: 'milestones', milestones: [only], version: 3 })
    const { items } = (await igm.listReferrals({ direction: 'sent', limit: 1 })).body
    expect(items[0]).toMatchObject({ referralId, milestones: [only], feedback: 'milestones' })
    // Received, accepted, and this.
    const event = (await toldIgm(referralId, 3)).at(-1)
    expect(event).toMatchObject({
      type: 'referral.milestone-recorded.v1',
      sequence: '3',
      data: { n: 1, milestone: 'profiled', on: today },
    })
    expect(Object.keys(event?.data ?? {}).toSorted()).toEqual(['milestone', 'n', 'on'])
  })

  test('that is voided stays, counts no more, is told as void, and may be recorded again', async () => {
    const { referralId } = await accepted(2)
    await ala.recordMilestone(referralId, { milestone: 'enrolled', on: today })
    const again = await refusalOf(
      ala.recordMilestone(referralId, { milestone: 'enrolled', on: today }),
    )
    expect([again.status, again.code]).toEqual([409, 'milestone-exists'])

    const { status, body } = await ala.voidMilestone(referralId, 1)
    expect([status, body.milestones.length]).toEqual([200, 1])
    expect(body.milestones[0]?.voidedAt).toMatch(/^2026-11-21T/)
    const twice = await refusalOf(ala.voidMilestone(referralId, 1))
    expect([twice.status, twice.code]).toEqual([409, 'milestone-voided'])
    expect((await refusalOf(ala.voidMilestone(referralId, 2))).code).toBe('forbidden')

    const anew = (await ala.recordMilestone(referralId, { milestone: 'enrolled', on: today })).body
    expect(anew.milestones.map(({ n, voidedAt }) => [n, voidedAt === undefined])).toEqual([
      [1, false],
      [2, true],
    ])
    const told = await toldIgm(referralId, 5)
    expect(told.slice(2).map(({ type, data, sequence }) => [type, data, sequence])).toEqual([
      ['referral.milestone-recorded.v1', { n: 1, milestone: 'enrolled', on: today }, '3'],
      ['referral.milestone-voided.v1', { n: 1 }, '4'],
      ['referral.milestone-recorded.v1', { n: 2, milestone: 'enrolled', on: today }, '5'],
    ])
    expect((await igm.getReferral(referralId)).body.milestones).toEqual(anew.milestones)
  })

  test('is recorded once by whoever sends it twice, or by two systems at once', async () => {
    const { referralId } = await accepted(3)
    const same = { 'idempotency-key': idempotencyKey() }
    const first = await record(referralId, { milestone: 'contact-made', on: today }, same)
    const retry = await record(referralId, { milestone: 'contact-made', on: today }, same)
    expect(retry.headers.get('idempotency-replayed')).toBe('true')
    expect(retry.text).toBe(first.text)
    const both = await Promise.all(
      [1, 2].map(() => record(referralId, { milestone: 'profiled', on: today })),
    )
    const answers = both.map(({ status, json }) => `${status} ${json.code}`)
    expect(answers.toSorted()).toEqual(['201 undefined', '409 milestone-exists'])
    // What may come many times comes as often as it is recorded, each with its number.
    await Promise.all(
      [1, 2, 3].map(() =>
        ala.recordMilestone(referralId, { milestone: 'contact-made', on: today }),
      ),
    )
    const { milestones } = (await ala.getReferral(referralId)).body
    expect(milestones.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5])
  })
})

describe('without the consent to feedback', () => {
  test('the referrer learns the status and nothing else, from nothing that it may read', async () => {
    const header = await accepted(4, under(training))
    const { referralId } = header
    expect(header).toMatchObject({ feedback: 'status-only', milestones: [] })
    await ala.recordMilestone(referralId, { milestone: 'psychosocial-group', on: today })
    await ala.voidMilestone(referralId, 1)
    const seen = (await ala.getReferral(referralId)).body
    expect([seen.milestones.length, seen.feedback]).toEqual([1, 'status-only'])

    const { body } = await igm.getReferral(referralId)
    expect(body).toMatchObject({ feedback: 'status-only', milestones: [], version: 3 })
    const { items } = (await igm.listReferrals({ direction: 'sent', limit: 5 })).body
    expect(items.find(item => item.referralId === referralId)).toMatchObject({ milestones: [] })
    // The next news has the next number: nothing was told in between.
    await moved(referralId, 'in-progress')
    const told = await toldIgm(referralId, 3)
    expect(told.map(({ sequence, type }) => [sequence, type])).toEqual(
      ['1', '2', '3'].map(sequence => [sequence, 'referral.status-changed.v1']),
    )

    // The log says that something was recorded; which milestone it was cannot be tried out either.
    const { items: entries } = (
      await officer.accessLog({ referralId, action: 'referral.milestone' })
    ).body
    expect(entries.length).toBe(1)
    const [entry] = entries
    expect(JSON.stringify(entry)).not.toMatch(/psychosocial/)
    for (const milestone of Milestone.options) {
      const guess = JSON.stringify({ milestone, on: today })
      const digest = `sha-256=:${createHash('sha256').update(guess).digest('base64')}:`
      expect(entry?.request.contentDigest).not.toBe(digest)
    }
  })

  test('nor to the handover, what tells of one is not recorded', async () => {
    const { referralId } = await accepted(5, under(training, feedback))
    for (const milestone of ['handed-over-iom', 'placed', 'in-work-30-days'] as const) {
      const refusal = await refusalOf(ala.recordMilestone(referralId, { milestone, on: today }))
      expect([refusal.status, refusal.code]).toEqual([403, 'consent-missing-purpose'])
    }
    expect((await ala.getReferral(referralId)).body.milestones).toEqual([])
  })

  test('a withdrawal ends the telling: milestones stay with the recipient, and new ones are refused', async () => {
    const { referralId, consentId } = await accepted(6)
    await ala.recordMilestone(referralId, { milestone: 'profiled', on: today })
    expect((await igm.getReferral(referralId)).body.milestones.length).toBe(1)
    await withdraw(hub, igm, consentId)
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      feedback: 'status-only',
      milestones: [],
    })
    const late = await refusalOf(
      ala.recordMilestone(referralId, { milestone: 'enrolled', on: today }),
    )
    expect([late.status, late.code]).toEqual([409, 'transition-not-allowed'])
    // What is wrong can still be put right; nobody is told.
    expect((await ala.voidMilestone(referralId, 1)).status).toBe(200)
    const confirmation = { at: hubNow(hub).toISOString() }
    await ala.confirmDeletion(consentId, confirmation)
    const types = (await toldIgm(referralId, 4)).map(({ type }) => type)
    expect(types.slice(2)).toEqual([
      'referral.milestone-recorded.v1',
      'consent.deletion-confirmed.v1',
    ])
  })
})

describe('is refused with its code and its place, and changes nothing,', () => {
  const good = { milestone: 'profiled', on: today }
  test.each([
    [{ ...good, on: '2026-11-22' }, 422, '/on in-the-future'],
    [{ ...good, on: '2026-11-20' }, 422, '/on before-referral'],
    [{ ...good, on: '2026-02-30' }, 422, '/on calendar'],
    [{ ...good, on: '21/11/2026' }, 422, '/on wrong-format'],
    [{ ...good, on: '2026-11-21T12:00:00.000Z' }, 422, '/on wrong-format'],
    [{ milestone: 'profiled' }, 422, '/on required'],
    [{ ...good, milestone: 'cured' }, 422, '/milestone not-allowed'],
    [{ ...good, note: 'una historia' }, 422, ' unknown-member'],
    [{ ...good, salt: 'short' }, 422, '/salt wrong-format'],
    [{ milestone: 'in-work-30-days', on: today }, 422, '/milestone needs-placed'],
  ])('%j', async (body, status, fault) => {
    const { referralId } = await (only ??= accepted(7))
    const answer = await record(referralId, body)
    expect([answer.status, answer.json.code]).toEqual([status, 'invalid-request'])
    const faults = answer.json.errors?.map(({ pointer, code }) => `${pointer} ${code}`)
    expect(faults).toEqual([fault])
    expect(answer.text).not.toMatch(/historia|cured/)
    expect((await ala.getReferral(referralId)).body.milestones).toEqual([])
  })
  let only: ReturnType<typeof accepted> | undefined

  test('at every status but those under way', async () => {
    const { referralId } = await acknowledged(8, everything)
    const done = await completed(9, everything)
    for (const id of [referralId, done.referralId]) {
      const refusal = await refusalOf(ala.recordMilestone(id, { milestone: 'profiled', on: today }))
      expect([refusal.status, refusal.code]).toEqual([409, 'transition-not-allowed'])
    }
    await moved(referralId, 'accepted', 'in-progress')
    expect((await record(referralId, good)).status).toBe(201)
    const { headers } = await ala.getReferral(referralId)
    const hold = { status: 'on-hold', reason: 'waitlisted' } as const
    await ala.changeStatus(referralId, hold, headers.get('etag') ?? '')
    expect((await record(referralId, { milestone: 'enrolled', on: today })).status).toBe(201)
  })

  test('a void that gives another reason, or none', async () => {
    const { referralId } = await accepted(10)
    await ala.recordMilestone(referralId, { milestone: 'profiled', on: today })
    for (const [body, fault] of [
      [{ reason: 'other' }, '/reason not-allowed'],
      [{}, '/reason not-allowed'],
    ] as const) {
      const answer = await raw(hub, 'ala-system', {
        path: `/v1/referrals/${referralId}/milestones/1/void`,
        body: JSON.stringify(body),
        headers: { 'idempotency-key': idempotencyKey() },
      })
      const [first] = answer.json.errors ?? []
      expect([answer.status, `${first?.pointer} ${first?.code}`]).toEqual([422, fault])
    }
    for (const n of ['0', '01', '1e0', '501', '-1', 'x']) {
      const answer = await raw(hub, 'ala-system', {
        path: `/v1/referrals/${referralId}/milestones/${n}/void`,
        body: '{"reason":"entered-in-error"}',
        headers: { 'idempotency-key': idempotencyKey() },
      })
      expect([n, answer.status, answer.json.code]).toEqual([n, 403, 'forbidden'])
    }
    expect((await ala.getReferral(referralId)).body.milestones[0]).not.toHaveProperty('voidedAt')
  })
})

test('after all of it the log holds together, and every milestone is an entry of its own', async () => {
  const { referralId } = await accepted(11)
  await ala.recordMilestone(referralId, { milestone: 'profiled', on: today })
  await ala.voidMilestone(referralId, 1)
  const { items } = (await officer.accessLog({ referralId })).body
  const made = items.filter(({ action }) => action.includes('milestone'))
  expect(
    made.map(({ action, outcome, actor, chain }) => [action, outcome, actor.institution, chain?.n]),
  ).toEqual([
    ['referral.void-milestone', 'allowed', 'ALA', 6],
    ['referral.milestone', 'allowed', 'ALA', 5],
  ])
})

test('at the end the log verifies without the hub, answers given again with it', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
