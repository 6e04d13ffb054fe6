// A hub that was away while an answer to a handover fell due and the consent ended tells both, in one run, in the order
// in which they fell due; and ends what nobody answered before it destroys what they shared.
import { afterAll, expect, test } from 'vitest'
import type { Hub } from '../../infra/local/hub.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { type HubPlace, callerOf } from './callers.ts'
import { handedOverOn, handoverConsent } from './handovers.ts'
import { verifiedLog } from './verified-log.ts'
import { startHub } from './test-hub.ts'
import { takeAll } from './take-all.ts'

const data = temporaryFolder('outage')
const start = Date.parse('2026-11-21T12:00:00.000Z')
const [hour, day] = [3_600_000, 86_400_000]
let hub: Hub | undefined
afterAll(() => hub?.stop())
const startAt = async (later: number): Promise<HubPlace & { hub: Hub }> => {
  await hub?.stop()
  const now = start + later
  hub = await startHub({ port: 0, data, now: new Date(now), schedules: false, log: () => {} })
  return { url: hub.url, data, aheadMs: now - Date.now(), hub }
}

const first = await startAt(0)
const { accepted, ala } = await handedOverOn(first)
const validUntil = new Date(start + 80 * hour).toISOString()
const under = { consent: { ...handoverConsent().consent, validUntil } }
/** Nine of them, so that some are walked side by side with their handovers, which wait for each other. */
const pairs: { parent: ReferralHeader; child: ReferralHeader }[] = []
for (let n = 1; n <= 9; n++) {
  const parent = await accepted(n, under)
  const handover = { recipient: 'OIM', priority: 'urgent' } as const
  pairs.push({ parent, child: (await ala.handOver(parent.referralId, handover)).body })
}
const [{ child }] = pairs as [(typeof pairs)[number]]

/** What comes to an inbox about the handover, in its order, acknowledged. */
const toldTo = async (place: HubPlace, name: 'ala-system' | 'oim-system') => {
  const client = await callerOf(place, name)
  const told = (await takeAll(client, 'none')).map(({ event }) => event)
  return told
    .filter(({ subject }) => subject === child.referralId)
    .map(({ type }) => type.replace(/\.v1$/, ''))
}

test('a handover that nobody answered by 72 hours, under a consent that ended after 80: both are told', async () => {
  const place = await startAt(90 * hour)
  await place.hub.invoke('referral-hub-RunDueWork', {})
  expect(await toldTo(place, 'ala-system')).toEqual([
    'referral.undelivered',
    'referral.overdue',
    'consent.expired',
  ])
  const { body } = await (await callerOf(place, 'ala-system')).getReferral(child.referralId)
  expect(body).toMatchObject({ overdue: true, status: 'requested', contentState: 'sealed' })
})

test('and away for half a year, it ends unanswered, and its content goes with that of its parent', async () => {
  const place = await startAt(180 * day)
  await place.hub.invoke('referral-hub-RunDueWork', {})
  expect(await toldTo(place, 'ala-system')).toEqual(['referral.status-changed'])
  expect(await toldTo(place, 'oim-system')).toEqual([
    'referral.requested',
    'referral.overdue',
    'consent.expired',
    'referral.status-changed',
  ])
  const client = await callerOf(place, 'ala-system')
  const endOf = async ({ referralId }: ReferralHeader) => {
    const { status, history, contentState } = (await client.getReferral(referralId)).body
    return [status, history.at(-1)?.reason, contentState]
  }
  for (const pair of pairs) {
    expect(await endOf(pair.child)).toEqual(['cancelled', 'not-answered', 'shredded'])
    expect(await endOf(pair.parent)).toEqual(['cancelled', 'consent-expired', 'shredded'])
  }
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
})
