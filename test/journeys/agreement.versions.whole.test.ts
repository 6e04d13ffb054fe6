// Referrals keep the terms they came under, at every door and by the clock; and when their time to finish is over,
// their work is shut at once, although the clock has not come by.
import { expect, test } from 'vitest'
import { type HubPlace, callerOf, hubNow } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { hubOnDays, runDueWork } from './hub-on-days.ts'
import { stagesOf, withdraw } from './stages.ts'

const id = 'igm-ala-2026'
const day = 86_400_000
const start = Date.parse('2026-11-21T12:00:00.000Z')
const startAt = hubOnDays()
const statusOf = async (place: HubPlace, ...ids: string[]) => {
  const igm = await callerOf(place, 'igm-system')
  return Promise.all(ids.map(async one => (await igm.getReferral(one)).body.status))
}
/** What the recipient is answered that works on a referral: a status, a milestone, an opening. */
const works = async (place: HubPlace, referralId: string, status: string) => {
  const ala = await callerOf(place, 'ala-system')
  const etag = (await ala.getReferral(referralId)).headers.get('etag') as string
  const post = (path: string, body: object, headers = {}) =>
    raw(place, 'ala-system', {
      path: `/v1/referrals/${referralId}/${path}`,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': idempotencyKey(), ...headers },
    })
  const on = new Date(hubNow(place).getTime() - day).toISOString().slice(0, 10)
  const answers = [
    await post('status', { status, reason: 'other' }, { 'if-match': etag }),
    await post('milestones', { milestone: 'contact-made', on }),
    await post('release', { purpose: 'training-referral' }),
  ]
  return answers.map(({ status: answered, json }) => [answered, json.code])
}
const over = [409, 'agreement-not-in-force']
const open = [
  [200, undefined],
  [201, undefined],
  [200, undefined],
]

const first = await startAt(start)
const given = await stagesOf(first)
const [inFull, inForce] = ['2028-05-05T05:59:59.999Z', '2028-02-05T05:59:59.999Z']
const until = (validUntil: string) => ({ consent: { validUntil } })
const old = {
  working: await given.acknowledged(1, until(inFull)),
  silent: await given.submitted(2, until(inFull)),
}
await given.moved(old.working.referralId, 'accepted', 'in-progress')
const change = {
  policy: {
    answerHours: { routine: 24, urgent: 24, stat: 24 },
    stallDays: 5,
    expireDays: 10,
    completionDays: 0,
  },
}
for (const name of ['igm-signatory', 'ala-signatory'] as const)
  await (await callerOf(first, name)).giveNotice(id, { kind: 'amendment', change })
const young = {
  working: await given.acknowledged(3, until(inForce)),
  silent: await given.submitted(4, until(inForce)),
}
await given.moved(young.working.referralId, 'accepted', 'in-progress')

const hoursOf = ({ submittedAt, respondBy }: { submittedAt: string; respondBy: string }) =>
  (Date.parse(respondBy) - Date.parse(submittedAt)) / 3_600_000

test('an answer deadline, a silence and an end unanswered are those of the version it came under', async () => {
  expect([hoursOf(old.silent), hoursOf(young.silent)]).toEqual([336, 24])
  const place = await startAt(start + 12 * day)
  await runDueWork(place)
  expect(await statusOf(place, old.silent.referralId, young.silent.referralId)).toEqual([
    'requested',
    'cancelled',
  ])
  const officer = await callerOf(place, 'igm-compliance')
  const stalled = async () =>
    (await officer.accessLog({ action: 'referral.stalled' })).body.items.map(one => one.referralId)
  expect(await stalled()).toEqual([young.working.referralId])
  const later = await startAt(start + 31 * day)
  await runDueWork(later)
  const officerThen = await callerOf(later, 'igm-compliance')
  const { items } = (await officerThen.accessLog({ action: 'referral.stalled' })).body
  expect(items.map(one => one.referralId)).toEqual([
    old.working.referralId,
    young.working.referralId,
  ])
})

test('the time to finish is that of its version: one goes on where the other is shut, before the clock comes by', async () => {
  const place = await startAt(Date.parse('2028-02-05T06:00:00.000Z'))
  const signatory = await callerOf(place, 'ala-signatory')
  expect((await signatory.getAgreement(id)).body).toMatchObject({ version: 2, state: 'ended' })
  expect(await works(place, young.working.referralId, 'completed')).toEqual([over, over, over])
  expect(await works(place, old.working.referralId, 'on-hold')).toEqual(open)
  expect(await statusOf(place, young.working.referralId)).toEqual(['in-progress'])
  await runDueWork(place)
  expect(await statusOf(place, old.working.referralId, young.working.referralId)).toEqual([
    'on-hold',
    'cancelled',
  ])
})

test('and when that is over too, nothing but what puts right or ends is left', async () => {
  const place = await startAt(Date.parse('2028-05-05T05:58:00.000Z'))
  expect(await works(place, old.working.referralId, 'in-progress')).toEqual(open)
  const then = await startAt(Date.parse('2028-05-05T06:00:00.000Z'))
  const { referralId, consentId } = old.working
  const shut = await works(then, referralId, 'completed')
  // Its consent has ended with the same millisecond; what is shut by the agreement is said first.
  expect(shut).toEqual([over, over, over])
  const ala = await callerOf(then, 'ala-system')
  const { milestones } = (await ala.getReferral(referralId)).body
  expect(milestones).toHaveLength(2)
  const voided = await raw(then, 'ala-system', {
    path: `/v1/referrals/${referralId}/milestones/1/void`,
    body: '{"reason":"entered-in-error"}',
    headers: { 'idempotency-key': idempotencyKey() },
  })
  expect(voided.status).toBe(200)
  const igm = await callerOf(then, 'igm-system')
  expect((await withdraw(then, igm, consentId)).body.state).toBe('withdrawn')
  expect(await statusOf(then, referralId)).toEqual(['cancelled'])
}, 60_000)
