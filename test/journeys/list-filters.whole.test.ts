// The filters of a list: by folio as people write it, several statuses, and what waits for an answer too long.
import { describe, expect, test } from 'vitest'
import { everyFunction } from '../every-function.ts'
import { type CallerName, callerOf, systemsOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { hubOnDays } from './hub-on-days.ts'

const startAt = hubOnDays({ warm: everyFunction })

const first = await startAt(Date.parse('2026-11-21T12:00:00.000Z'))
const { igm, ala } = await systemsOf(first)
const submit = async (n: number, priority = 'routine') =>
  (await igm.submitReferral(submissionOf(n, { priority }))).body
const waiting = await submit(1)
const urgent = await submit(2, 'urgent')
const cancelled = await submit(3)
const accepted = await submit(4, 'stat')
await igm.changeStatus(cancelled.referralId, { status: 'cancelled', reason: 'duplicate' }, '"1"')
const { messages } = (await ala.pull({ max: 10, waitSeconds: 5 })).body
await ala.ack(
  messages.filter(({ event }) => event.subject === accepted.referralId).map(({ handle }) => handle),
)
const { headers } = await ala.getReferral(accepted.referralId)
await ala.changeStatus(accepted.referralId, { status: 'accepted' }, headers.get('etag') as string)

let place = first
const idsOf = async (query: string, who: CallerName = 'igm-system') => {
  const { status, json } = await raw(place, who, { path: '/v1/referrals', query })
  expect(status).toBe(200)
  return (json.items as { referralId: string }[]).map(({ referralId }) => referralId).toSorted()
}
const set = (...headersOf: { referralId: string }[]) =>
  headersOf.map(({ referralId }) => referralId).toSorted()
const folio = encodeURIComponent(waiting.folio)

describe('a folio finds its referral', () => {
  test('in either case, with and without hyphens, prefix and check symbol', async () => {
    const [, digits = '', more = '', check = ''] = waiting.folio.split('-')
    const spellings = [
      waiting.folio,
      waiting.folio.toLowerCase(),
      `REF-${digits}-${more}`,
      `ref${digits}${more}`.toLowerCase(),
      `REF${digits}${more}${check}`,
      `${digits}-${more}`,
      `${digits}${more}${check}`.toLowerCase(),
    ]
    for (const spelling of spellings)
      expect(await idsOf(`folio=${encodeURIComponent(spelling)}`)).toEqual(set(waiting))
  })

  test('for either party and whoever reads headers there, and for nobody else', async () => {
    const readers = ['igm-system', 'igm-liaison', 'igm-compliance', 'ala-system'] as const
    for (const reader of readers)
      expect(await idsOf(`folio=${folio}`, reader)).toEqual(set(waiting))
    for (const other of ['stranger', 'oim-system'] as const)
      expect(await idsOf(`folio=${folio}`, other)).toEqual([])
  })

  test('on the asked side only, and where the other filters fit', async () => {
    expect(await idsOf(`folio=${folio}&direction=sent`)).toEqual(set(waiting))
    expect(await idsOf(`folio=${folio}&direction=received`)).toEqual([])
    expect(await idsOf(`folio=${folio}&direction=received`, 'ala-system')).toEqual(set(waiting))
    expect(await idsOf(`folio=${folio}&status=requested`)).toEqual(set(waiting))
    expect(await idsOf(`folio=${folio}&status=accepted`)).toEqual([])
    expect(await idsOf(`folio=${folio}&updatedSince=2026-11-22T00:00:00.000Z`)).toEqual([])
    expect(await idsOf(`folio=${folio}&overdue=true`)).toEqual([])
  })

  test('and one that nobody has is an empty list, as is one of others', async () => {
    const [unknown, foreign] = await Promise.all([
      raw(place, 'stranger', { path: '/v1/referrals', query: 'folio=REF-0000-0000-0' }),
      raw(place, 'stranger', { path: '/v1/referrals', query: `folio=${folio}` }),
    ])
    expect(unknown.text).toBe('{"items":[]}')
    expect(foreign.text).toBe(unknown.text)
    expect([...foreign.headers.keys()]).toEqual([...unknown.headers.keys()])
  })

  test.each([
    ['folio=REF-0000-0000', 200],
    ['folio=REF-0000-0000-1', 422],
    ['folio=REF-0000-000U-0', 422],
    ['folio=REF-0000-00000-00', 422],
    ['folio=REF', 422],
    ['folio=%C3%B1', 422],
  ])('%s is answered with %i', async (query, status) => {
    const answer = await raw(place, 'igm-system', { path: '/v1/referrals', query })
    expect(answer.status).toBe(status)
    if (status === 422)
      expect(answer.json.errors).toEqual([{ pointer: '/folio', code: 'wrong-format' }])
  })
})

describe('several statuses', () => {
  test('are any of them', async () => {
    const query = 'direction=sent&status=requested&status=cancelled'
    expect(await idsOf(query)).toEqual(set(waiting, urgent, cancelled))
    expect(await idsOf('direction=received&status=accepted&status=received', 'ala-system')).toEqual(
      set(accepted),
    )
    const page = await ala.listReferrals({ direction: 'received', status: ['accepted', 'failed'] })
    expect(set(...page.body.items)).toEqual(set(accepted))
  })

  test('one of which is wrong are refused at the parameter', async () => {
    for (const query of ['status=requested&status=lost', 'status=lost&status=requested']) {
      const { status, json } = await raw(place, 'igm-system', { path: '/v1/referrals', query })
      expect([status, json.errors]).toEqual([422, [{ pointer: '/status', code: 'not-allowed' }]])
    }
    const query = 'direction=sent&direction=received'
    const { status, json } = await raw(place, 'igm-system', { path: '/v1/referrals', query })
    expect([status, json.errors?.[0]?.code]).toEqual([400, 'query-repeated'])
  })
})

test('a compliance officer reads headers, without the sender’s own number', async () => {
  const officer = await callerOf(place, 'igm-compliance')
  expect((await igm.getReferral(waiting.referralId)).body.externalId).toMatch(/^IGM-PRUEBA-/)
  const one = (await officer.getReferral(waiting.referralId)).body
  expect(one).toMatchObject({ folio: waiting.folio, status: 'requested' })
  const all = (await officer.listReferrals({ direction: 'sent' })).body.items
  expect(all.length).toBe(4)
  expect(JSON.stringify([one, all])).not.toMatch(/externalId|IGM-PRUEBA/)
})

test('what waits for an answer past its time is overdue, and a filter finds just that', async () => {
  expect(waiting.overdue).toBe(false)
  expect(await idsOf('direction=sent&overdue=true')).toEqual([])
  // Urgent: 72 hours. The accepted one was due first, and is answered; the cancelled one needs no answer.
  place = await startAt(Date.parse('2026-11-25T12:00:00.000Z'))
  const expected = { [waiting.folio]: false, [urgent.folio]: true }
  for (const who of ['igm-system', 'ala-system', 'ala-compliance'] as const) {
    const direction = who === 'igm-system' ? 'sent' : 'received'
    expect(await idsOf(`direction=${direction}&overdue=true`, who)).toEqual(set(urgent))
    expect(await idsOf(`direction=${direction}&overdue=true&status=cancelled`, who)).toEqual([])
    const client = await callerOf(place, who)
    const { items } = (await client.listReferrals({ direction })).body
    const told = Object.fromEntries(items.map(item => [item.folio, item.overdue]))
    expect(told).toEqual({ ...expected, [cancelled.folio]: false, [accepted.folio]: false })
    expect((await client.getReferral(urgent.referralId)).body.overdue).toBe(true)
  }
  expect(await idsOf(`folio=${encodeURIComponent(urgent.folio)}&overdue=true`)).toEqual(set(urgent))
})
