// A handover through the front door, from one end to the other: IGM refers to ALA, ALA hands over to OIM, and OIM works
// with it as ALA does, with what the person consented to for that and no more.
import { describe, expect, test } from 'vitest'
import { callerOf, refusalOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { forPlacement, handedOverOn, handoverConsent, line } from './handovers.ts'
import { enrolledHolder } from './key-holders.ts'
import { emptyHub } from './empty-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const { igm, igmInbox, ala, oim, accepted, handedOver, answered } = await handedOverOn(hub)
const igmOfficer = await callerOf(hub, 'igm-compliance')
const alaOfficer = await callerOf(hub, 'ala-compliance')
const oimOfficer = await enrolledHolder(hub, 'OIM', ['compliance-officer'])
const today = '2026-11-21'

/** What OIM's officer is answered. */
const asOimOfficer = async (path: string, query = '') => {
  const { status, json } = await raw(hub, oimOfficer, { path, query })
  return { status, json }
}
type Shown = { action: string; referralId?: string; outcome: string }

describe('a handover', () => {
  test('is a referral of its own under the same consent, and its parent has the milestone', async () => {
    const parent = await accepted(1)
    const {
      status,
      headers,
      body: child,
    } = await ala.handOver(parent.referralId, { recipient: 'OIM', priority: 'urgent' })
    expect([status, headers.get('etag')]).toEqual([201, '"1"'])
    expect(headers.get('location')).toBe(`/v1/referrals/${child.referralId}`)
    const { referralId: partOf, agreementId, consentId } = parent
    expect(child).toMatchObject({
      partOf,
      agreementId,
      consentId,
      referrer: 'ALA',
      recipient: 'OIM',
      priority: 'urgent',
      services: ['job-placement-handover'],
      status: 'requested',
      deliveryState: 'queued',
      contentState: 'sealed',
      version: 1,
      history: [{ status: 'requested', by: 'ALA' }],
      milestones: [],
      feedback: 'status-only',
      overdue: false,
      availableTransitions: ['cancelled', 'entered-in-error'],
    })
    expect(child).not.toHaveProperty('externalId')
    expect(child.folio).not.toBe(parent.folio)
    expect(Date.parse(child.respondBy) - Date.parse(child.submittedAt)).toBe(72 * 3_600_000)

    const milestone = { n: 1, milestone: 'handed-over-iom', on: today }
    for (const client of [ala, igm]) {
      const { body } = await client.getReferral(partOf)
      expect(body).toMatchObject({ milestones: [milestone], version: 3, status: 'accepted' })
      expect(body).not.toHaveProperty('partOf')
    }
    const told = (await igmInbox.about(partOf, 1)).at(-1)?.event
    expect(['referral.status-changed.v1', 'referral.milestone-recorded.v1']).toContain(told?.type)
  })

  test('goes its way to the placement: pulled with its proof, acknowledged, accepted, placed', async () => {
    const { parent, child } = await handedOver(2)
    const { referralId } = child
    const message = await answered(child, 'accepted', 'in-progress')
    expect(message?.event).toMatchObject({
      type: 'referral.requested.v1',
      subject: referralId,
      sequence: '1',
      data: { partOf: parent.referralId, referrer: 'ALA', recipient: 'OIM' },
    })
    expect(Object.keys(message?.payload ?? {}).toSorted()).toEqual([...forPlacement].toSorted())
    expect(message?.withheld?.toSorted()).toEqual(['contact', 'supportNeeds'])
    expect(message?.proof).toContain('c2sp.org/tlog-proof@v1')

    const { body: released } = await oim.release(referralId, 'job-placement-handover')
    expect(released.payload).toEqual(message?.payload)
    expect(released.referral).toMatchObject({ referralId, contentState: 'released' })
    const placed = await oim.recordMilestone(referralId, { milestone: 'placed', on: today })
    expect(placed.body.milestones).toMatchObject([{ n: 1, milestone: 'placed' }])
    const early = { milestone: 'in-work-30-days', on: today } as const
    expect((await refusalOf(oim.recordMilestone(referralId, early))).code).toBe('invalid-request')
    // ALA, its sender, follows its status; milestones are for whom the person said.
    const { body } = await ala.getReferral(referralId)
    expect(body).toMatchObject({ status: 'in-progress', milestones: [], feedback: 'status-only' })
  })

  test('is opened for placement alone, whatever else the consent gives its recipient', async () => {
    const more = line('aggregate-reporting', 'OIM', ['contact'])
    const { parent, child } = await handedOver(3, handoverConsent(more))
    await answered(child)
    for (const purpose of [
      'aggregate-reporting',
      'training-referral',
      'status-feedback',
    ] as const) {
      const refusal = await refusalOf(oim.release(child.referralId, purpose))
      expect([refusal.status, refusal.code]).toEqual([403, 'consent-missing-purpose'])
    }
    const refusal = await refusalOf(ala.release(parent.referralId, 'job-placement-handover'))
    expect(refusal.code).toBe('consent-missing-purpose')
    // Its sender holds the parent, and opens that.
    expect((await refusalOf(ala.release(child.referralId, 'training-referral'))).code).toBe(
      'forbidden',
    )
  })

  test('may be made again once the one before is closed, and its milestone is there once', async () => {
    const { parent, child } = await handedOver(4)
    await answered(child)
    const { headers } = await oim.getReferral(child.referralId)
    const change = { status: 'cancelled', reason: 'no-capacity' } as const
    await oim.changeStatus(child.referralId, change, headers.get('etag') ?? '')
    const again = await ala.handOver(parent.referralId, { recipient: 'OIM' })
    expect(again.body.referralId).not.toBe(child.referralId)
    expect((await ala.getReferral(parent.referralId)).body.milestones.length).toBe(1)
    const { items } = (await ala.listReferrals({ partOf: parent.referralId })).body
    expect(items.map(item => item.referralId)).toEqual([again.body.referralId, child.referralId])
    const first = (await ala.listReferrals({ partOf: parent.referralId, limit: 1 })).body
    const { next } = first
    const second = await ala.listReferrals({ partOf: parent.referralId, limit: 1 }, next)
    expect([first, second.body].map(page => page.items[0]?.referralId)).toEqual([
      again.body.referralId,
      child.referralId,
    ])
    expect(second.body).not.toHaveProperty('next')
  })

  test('is made once by whoever sends it twice, or by two systems at once', async () => {
    const parent = await accepted(5)
    const hand = (key: string) =>
      raw(hub, 'ala-system', {
        path: `/v1/referrals/${parent.referralId}/handover`,
        body: '{"recipient":"OIM"}',
        headers: { 'idempotency-key': key },
      })
    const both = await Promise.all([1, 2].map(() => hand(idempotencyKey())))
    const answers = both.map(({ status, json }) => `${status} ${json.code}`)
    expect(answers.toSorted()).toEqual(['201 undefined', '409 handover-exists'])
    const other = await accepted(6)
    const path = `/v1/referrals/${other.referralId}/handover`
    const same = {
      path,
      body: '{"recipient":"OIM"}',
      headers: { 'idempotency-key': idempotencyKey() },
    }
    const [one, two] = [await raw(hub, 'ala-system', same), await raw(hub, 'ala-system', same)]
    expect(two.text).toBe(one.text)
    expect((await ala.listReferrals({ partOf: other.referralId })).body.items.length).toBe(1)
  })
})

describe('the referrer of the one that was handed over', () => {
  test('sees the milestone where the person consented to feedback, and the handover nowhere', async () => {
    const quiet = {
      consent: {
        purposes: [line('training-referral', 'ALA'), line('job-placement-handover', 'OIM')],
      },
    }
    for (const [n, patch, milestones] of [
      [7, handoverConsent(), 1],
      [8, quiet, 0],
    ] as const) {
      const { parent, child } = await handedOver(n, patch)
      await answered(child, 'accepted')
      expect((await igm.getReferral(parent.referralId)).body.milestones.length).toBe(milestones)
      for (const client of [igm, igmOfficer]) {
        expect((await refusalOf(client.getReferral(child.referralId))).code).toBe('forbidden')
        const lists = await Promise.all([
          client.listReferrals({ direction: 'sent', limit: 200 }),
          client.listReferrals({ direction: 'received' }),
          client.listReferrals({ partOf: parent.referralId }),
          client.listReferrals({ folio: child.folio }),
        ])
        expect(JSON.stringify(lists.map(({ body }) => body))).not.toContain(child.referralId)
      }
      const filters = [
        { consentId: child.consentId },
        { institution: 'OIM' },
        { referralId: child.referralId },
      ]
      for (const filter of filters)
        for await (const entry of igmOfficer.everyEntry(filter)) {
          // What IGM itself asked for, and was refused, is there.
          if (entry.actor.institution === 'IGM') continue
          expect(entry.referralId).not.toBe(child.referralId)
          expect(JSON.stringify(entry)).not.toContain(child.referralId)
        }
      const told: Shown[] = []
      for await (const entry of igmOfficer.everyEntry({ referralId: parent.referralId }))
        told.push(entry as Shown)
      expect(told.some(({ action }) => action === 'referral.handover')).toBe(milestones === 1)
      const { events } = (await igm.getConsent(child.consentId)).body
      expect(JSON.stringify(events)).not.toContain('OIM')
    }
  })
})

describe('officers', () => {
  test('of either side of it read its entries, query, summary and each by itself', async () => {
    const { parent, child } = await handedOver(9)
    await answered(child, 'accepted')
    const { items } = (await alaOfficer.accessLog({ referralId: child.referralId })).body
    const query = `referralId=${child.referralId}`
    const { status, json } = await asOimOfficer('/v1/access-log', query)
    // Their own questions are seen by their own institution alone.
    const besides = (all: Shown[]) => all.filter(({ action }) => action !== 'access-log.query')
    const told = besides(items as Shown[]).toReversed()
    expect([status, besides(json.items as Shown[]).length]).toEqual([200, told.length])
    expect(told.map(({ action }) => action)).toEqual([
      'referral.handover',
      'referral.release',
      'inbox.ack',
      'referral.read',
      'referral.status',
    ])
    expect(items.at(-1)).toMatchObject({ partOf: parent.referralId, actor: { institution: 'ALA' } })
  })
})

test('at the end the log verifies without the hub', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
