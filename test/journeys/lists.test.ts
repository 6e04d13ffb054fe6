// What both sides see of their referrals: headers, lists and their pages; and what every answer carries.
import { expect, test } from 'vitest'
import { callerOf, systemsOf } from './callers.ts'
import { raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const { igm, ala } = await systemsOf(hub)
const liaison = await callerOf(hub, 'ala-liaison')

const sent: string[] = []
for (let n = 1; n <= 23; n++) sent.push((await igm.submitReferral(submissionOf(n))).body.referralId)
const cancelled = sent.slice(0, 3)
for (const referralId of cancelled)
  await igm.changeStatus(referralId, { status: 'cancelled', reason: 'duplicate' }, '"1"')

const sorted = (ids: readonly string[]) => ids.toSorted()

test('a list is walked page by page without a miss and without a repetition', async () => {
  for (const limit of [1, 7, 23, 200]) {
    const seen: string[] = []
    for await (const { referralId } of igm.everyReferral({ direction: 'sent', limit }))
      seen.push(referralId)
    expect(seen.length).toBe(23)
    expect(sorted(seen)).toEqual(sorted(sent))
    // Newest change first: the three that were cancelled last come before all others.
    expect(sorted(seen.slice(0, 3))).toEqual(sorted(cancelled))
  }
})

test('a page is no longer than asked for, and 50 when not asked', async () => {
  const page = await igm.listReferrals({ direction: 'sent', limit: 10 })
  expect([page.body.items.length, typeof page.body.next]).toEqual([10, 'string'])
  const whole = await igm.listReferrals({ direction: 'sent' })
  expect([whole.body.items.length, whole.body.next]).toEqual([23, undefined])
})

test('pages hold their filter and do not lose a referral that changed meanwhile elsewhere', async () => {
  const first = await ala.listReferrals({ direction: 'received', status: 'requested', limit: 8 })
  await igm.submitReferral(submissionOf(30)).then(({ body }) => sent.push(body.referralId))
  const seen = first.body.items.map(item => item.referralId)
  let { next } = first.body
  for (let page = 0; next !== undefined && page < 10; page++) {
    const query = { direction: 'received', status: 'requested', limit: 8 } as const
    const { body } = await ala.listReferrals(query, next)
    seen.push(...body.items.map(item => item.referralId))
    next = body.next
  }
  expect(sorted(seen)).toEqual(sorted(sent.slice(3, 23)))
})

test('lists are told apart by direction, status and the moment of the last change', async () => {
  const ids = async (list: ReturnType<typeof igm.listReferrals>) =>
    sorted((await list).body.items.map(item => item.referralId))
  expect(await ids(igm.listReferrals({ direction: 'received' }))).toEqual([])
  expect(await ids(ala.listReferrals({ direction: 'sent' }))).toEqual([])
  expect(await ids(ala.listReferrals({ direction: 'received', status: 'cancelled' }))).toEqual(
    sorted(cancelled),
  )
  expect(await ids(liaison.listReferrals({ direction: 'received', status: 'cancelled' }))).toEqual(
    sorted(cancelled),
  )
  const { history } = (await igm.getReferral(cancelled[0] as string)).body
  const updatedSince = history.at(-1)?.at as string
  const since = await ids(igm.listReferrals({ direction: 'sent', updatedSince }))
  expect(since).toEqual(sorted([...cancelled, ...sent.slice(23)]))
})

test('without a direction a referrer lists what it sent and a recipient what it received', async () => {
  for (const [name, count] of [
    ['igm-system', sent.length],
    ['ala-system', sent.length],
  ] as const) {
    const { json } = await raw(hub, name, { path: '/v1/referrals' })
    expect([name, (json.items as unknown[]).length]).toEqual([name, count])
  }
})

test('the sender’s own number is shown to the sender alone', async () => {
  const own = await igm.listReferrals({ direction: 'sent' })
  for (const item of own.body.items) expect(item.externalId).toMatch(/^IGM-PRUEBA-/)
  const [referralId] = sent as [string]
  expect((await igm.getReferral(referralId)).body.externalId).toMatch(/^IGM-PRUEBA-/)
  for (const theirs of [ala, liaison]) {
    const list = await theirs.listReferrals({ direction: 'received' })
    expect(list.body.items.length).toBe(sent.length)
    expect(JSON.stringify(list.body)).not.toMatch(/IGM-PRUEBA|externalId/)
    const header = await theirs.getReferral(referralId)
    expect(JSON.stringify(header.body)).not.toMatch(/IGM-PRUEBA|externalId/)
  }
})

test('each side sees the transitions that are its own', async () => {
  const referralId = sent[5] as string
  const transitions = async (client: typeof igm) =>
    (await client.getReferral(referralId)).body.availableTransitions.toSorted()
  expect(await transitions(igm)).toEqual(['cancelled', 'entered-in-error'])
  expect(await transitions(ala)).toEqual(['cancelled'])
})

test.each([
  ['limit=0', '/limit'],
  ['limit=201', '/limit'],
  ['limit=ten', '/limit'],
  ['direction=both', '/direction'],
  ['status=lost', '/status'],
  ['updatedSince=yesterday', '/updatedSince'],
  ['cursor=AAAA', '/cursor'],
  ['other=1', ''],
  ['limit=', '/limit'],
  ['cursor=', '/cursor'],
  ['direction=', '/direction'],
  ['status=', '/status'],
  ['status=&status=requested', '/status'],
  ['updatedSince=', '/updatedSince'],
  ['folio=', '/folio'],
  ['overdue=', '/overdue'],
  ['overdue=false', '/overdue'],
])('a list with %s is refused at %s', async (query, pointer) => {
  const { status, json } = await raw(hub, 'igm-system', { path: '/v1/referrals', query })
  expect([status, json.code]).toEqual([422, 'invalid-request'])
  expect(json.errors?.map(error => error.pointer)).toEqual([pointer])
})

test('a cursor of another list opens nothing that its caller may not see', async () => {
  const { next } = (await igm.listReferrals({ direction: 'sent', limit: 2 })).body
  const stranger = await callerOf(hub, 'stranger')
  expect((await stranger.listReferrals({ direction: 'sent' }, next)).body.items).toEqual([])
})

test('every signed exchange says its request id and the size of the log, refusals too', async () => {
  const path = `/v1/referrals/${sent[4]}`
  const exchanges = [
    await raw(hub, 'igm-system', { path }),
    await raw(hub, 'ala-system', { path: '/v1/inbox/pull', body: '{"max":1,"waitSeconds":0}' }),
    await raw(hub, 'igm-compliance', { path: '/v1/access-log' }),
    await submitRaw(hub, submissionOf(31)),
    await submitRaw(hub, { nothing: 'right' }),
    await submitRaw(hub, 'not json'),
    await raw(hub, 'oim-system', { path }),
    await raw(hub, 'igm-compliance', { path: '/v1/inbox/pull', body: '{}' }),
  ]
  expect(exchanges.map(({ status }) => status)).toEqual([200, 200, 200, 201, 422, 400, 403, 403])
  for (const { headers } of exchanges) {
    expect(headers.get('access-log-size')).toMatch(/^\d+$/)
    expect(headers.get('cache-control')).toBe('no-store')
  }
  const ids = exchanges.map(({ headers }) => headers.get('x-request-id'))
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/)
  expect(new Set(ids).size).toBe(ids.length)
})
