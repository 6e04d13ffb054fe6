// Asking the access log: filters, order, pages, and who is shown what.
import { describe, expect, test } from 'vitest'
import type { LogFilters } from '../../client/hub-client.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { inboxOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { cancelledAndAskedFor, entriesOf, officersOf } from './officers.ts'
import { emptyHub } from './empty-hub.ts'
import { faultSeed } from './test-hub.ts'

const hub = await emptyHub()
const { igm, ala, officers, keyids } = await officersOf(hub)

const inbox = inboxOf(ala)
const submitted: { referralId: string; consentId: string }[] = []
for (let n = 1; n <= 5; n++) {
  const { body } = await igm.submitReferral(submissionOf(n))
  const [message] = await inbox.about(body.referralId)
  await ala.ack([message?.handle as string])
  submitted.push(body)
}
const [cancelled] = submitted as [(typeof submitted)[number]]
await cancelledAndAskedFor(hub, igm, cancelled.referralId)

const all = (filters: LogFilters, client = officers.IGM) => entriesOf(client, filters)

/** The entries that are about a referral, readings of the log apart. */
const under = (entries: AccessLogEntry[]) =>
  entries
    .filter(({ action, referralId }) => referralId && !action.startsWith('access-log'))
    .map(({ id }) => id)

describe('a query', () => {
  test('is answered newest first, and each filter leaves exactly what it says', async () => {
    const entries = await all({})
    const times = entries.map(({ time }) => time)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(entries.length).toBeGreaterThan(15)
    const [from, to] = [times.at(-4) as string, times.at(3) as string]
    const filters: [LogFilters, (entry: AccessLogEntry) => boolean][] = [
      [{ from }, ({ time }) => time >= from],
      [{ to }, ({ time }) => time <= to],
      [
        { from, to, institution: 'ALA' },
        e => e.time >= from && e.time <= to && e.actor.institution === 'ALA',
      ],
      [{ institution: 'OIM' }, ({ actor }) => actor.institution === 'OIM'],
      [{ keyid: keyids['igm-system'] }, ({ actor }) => actor.keyid === keyids['igm-system']],
      [{ action: 'inbox.ack' }, ({ action }) => action === 'inbox.ack'],
      [{ outcome: 'denied' }, ({ outcome }) => outcome === 'denied'],
      [{ purpose: 'training-referral' }, ({ purpose }) => purpose === 'training-referral'],
      [{ consentId: cancelled.consentId }, ({ consentId }) => consentId === cancelled.consentId],
      [
        { referralId: cancelled.referralId },
        ({ referralId }) => referralId === cancelled.referralId,
      ],
      [
        {
          referralId: cancelled.referralId,
          institution: 'IGM',
          action: 'referral.status',
          outcome: 'allowed',
          keyid: keyids['igm-system'],
          consentId: cancelled.consentId,
          from,
          to: times[0],
        },
        e =>
          e.referralId === cancelled.referralId &&
          e.action === 'referral.status' &&
          e.actor.institution === 'IGM',
      ],
      [{ institution: 'IGM', action: 'inbox.ack' }, () => false],
    ]
    for (const [filter, holds] of filters) {
      // What was written since the list was taken is of these queries themselves.
      const found = (await all(filter)).filter(({ id }) => entries.some(entry => entry.id === id))
      expect([filter, found.map(({ id }) => id)]).toEqual([
        filter,
        entries.filter(holds).map(({ id }) => id),
      ])
    }
  })

  test.each<[string, LogFilters]>([
    ['until the last instant that there is', { to: '9999-12-31T23:59:59.999Z' }],
    ['from the first', { from: '0000-01-01T00:00:00.000Z' }],
    ['between them', { from: '0000-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z' }],
  ])('%s shows all that there is', async (_, filter) => {
    const before = (await all({})).map(({ id }) => id)
    const found = new Set((await all(filter)).map(({ id }) => id))
    expect(before.filter(id => !found.has(id))).toEqual([])
  })

  test('is itself an entry, written before it is answered, with what was asked about', async () => {
    const { referralId, consentId } = cancelled
    const query = () => officers.ALA.accessLog({ referralId, consentId })
    const { headers, body } = await query()
    // An index may lag: then it is there a moment later.
    const { items } = faultSeed === undefined ? body : (await query()).body
    const entry = items.find(({ request }) => request.id === headers.get('x-request-id'))
    expect(entry).toMatchObject({
      action: 'access-log.query',
      outcome: 'allowed',
      actor: { institution: 'ALA', role: 'compliance-officer' },
      referralId,
      consentId,
    })
  })

  test('loses nothing and repeats nothing between pages while new entries come in', async () => {
    const before: string[] = (await all({})).map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 60; page++) {
      const { body } = await officers.IGM.accessLog({ limit: 5 }, cursor)
      seen.push(...body.items.map(({ id }) => id))
      cursor = body.next
      if (cursor === undefined) break
      await igm.listReferrals({ direction: 'sent' })
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter(id => before.includes(id))).toEqual(before)
  })

  test('shows both parties the same of their agreement, and others nothing of it', async () => {
    const [theirs, ours] = [await all({}, officers.ALA), await all({}, officers.IGM)]
    expect(under(theirs)).toEqual(under(ours))
    expect(under(ours).length).toBeGreaterThan(15)
    for (const name of ['igm-system', 'ala-system', 'oim-system', 'igm-liaison'] as const)
      expect((await raw(hub, name, { path: '/v1/access-log' })).status).toBe(403)
    // An officer, but of an institution that is party to nothing.
    for (const query of ['', `referralId=${cancelled.referralId}`, 'institution=XXX'])
      expect((await raw(hub, 'stranger', { path: '/v1/access-log', query })).status).toBe(403)
  })

  test.each([
    'from=today',
    'outcome=maybe',
    'action=read',
    'keyid=x',
    'purpose=profit',
    'cursor=ImEi',
    'limit=0',
    'x=1',
  ])('with %s is refused', async query => {
    const { status, json } = await raw(hub, 'igm-compliance', { path: '/v1/access-log', query })
    expect([status, json.code]).toEqual([422, 'invalid-request'])
  })
})
