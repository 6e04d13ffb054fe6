// A referral that its sender entered in error takes along what was handed over of it, and is still open: its sender sees
// no handover, and could not stop one. What happens at the same moment: handover.gate.whole.test.ts.
import { expect, test } from 'vitest'
import type { HubClient } from '../../client/hub-client.ts'
import { fsck } from '../../fsck/data-folder.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { callerOf } from './callers.ts'
import { emptyHub } from './empty-hub.ts'
import { handedOverOn, line } from './handovers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const { igm, ala, oim, handedOver, answered } = await handedOverOn(hub)
const igmOfficer = await callerOf(hub, 'igm-compliance')
const alaOfficer = await callerOf(hub, 'ala-compliance')

const release = async ({ referralId }: ReferralHeader) => {
  const { status, json } = await raw(hub, 'oim-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: '{"purpose":"job-placement-handover"}',
  })
  return [status, json.code]
}
const enterInError = ({ referralId }: ReferralHeader, key = idempotencyKey()) =>
  igm.changeStatus(referralId, { status: 'entered-in-error' }, '*', key)

/** All that waits for an institution, collected: what a door left to send later is sent before. */
const collected = async (client: HubClient): Promise<PulledMessage[]> => {
  await hub.hub.invoke('referral-hub-RelayOutbox', {})
  const all: PulledMessage[] = []
  for (;;) {
    const { messages } = (await client.pull({ max: 10, waitSeconds: 0 })).body
    if (messages.length === 0) return all
    await client.ack(messages.map(({ handle }) => handle))
    all.push(...messages)
  }
}
const entriesFor = async (officer: HubClient, filter: object) => {
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry(filter)) entries.push(entry)
  return entries
}

test.each([
  ['nobody has collected', async () => {}],
  ['is acknowledged', (child: ReferralHeader) => answered(child)],
  ['is worked with', (child: ReferralHeader) => answered(child, 'accepted', 'in-progress')],
])(
  'a handover that %s is cancelled with it: both sides are told, and nothing is opened',
  async (_, brought) => {
    const { parent, child } = await handedOver(1)
    await brought(child)
    const was = (await oim.getReferral(child.referralId)).body
    await enterInError(parent)

    expect(await release(child)).toEqual([409, 'transition-not-allowed'])
    const { body } = await oim.getReferral(child.referralId)
    const version = was.version + 1
    expect(body).toMatchObject({ status: 'cancelled', version, availableTransitions: [] })
    expect(body.history.at(-1)).toMatchObject({ status: 'cancelled', by: 'hub', reason: 'other' })
    for (const client of [ala, oim]) {
      const told = (await collected(client)).filter(
        ({ event }) => event.subject === child.referralId,
      )
      expect(told.map(({ event }) => event.data)).toContainEqual({
        status: 'cancelled',
        reason: 'other',
        version,
      })
      expect(JSON.stringify(told)).not.toContain('givenNames')
    }
  },
)

test('one that was closed before stays as it was, and the same request again changes nothing more', async () => {
  const { parent, child } = await handedOver(2)
  await answered(child, 'accepted', 'completed')
  const { body: second } = await ala.handOver(parent.referralId, { recipient: 'OIM' })
  const key = idempotencyKey()
  const first = await enterInError(parent, key)
  const again = await enterInError(parent, key)
  expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([first.body, 'true'])
  const states = await Promise.all(
    [child, second].map(async one => (await oim.getReferral(one.referralId)).body),
  )
  expect(states.map(({ status }) => status)).toEqual(['completed', 'cancelled'])
  const entries = await entriesFor(alaOfficer, { referralId: second.referralId })
  expect(entries.filter(({ action }) => action === 'referral.status')).toMatchObject([
    {
      outcome: 'allowed',
      status: 'cancelled',
      actor: { institution: 'IGM' },
      partOf: parent.referralId,
    },
  ])
})

test('any other end of a referral leaves its handover to its own sides', async () => {
  const { parent, child } = await handedOver(3)
  await answered(child, 'accepted')
  const change = { status: 'cancelled', reason: 'declined-by-person' } as const
  await igm.changeStatus(parent.referralId, change, '*')
  expect((await oim.getReferral(child.referralId)).body.status).toBe('accepted')
  expect(await release(child)).toEqual([200, undefined])
})

test.each([
  ['enters a referral in error', (parent: ReferralHeader) => enterInError(parent)],
  ['passes a withdrawal on', ({ consentId }: ReferralHeader) => withdraw(hub, igm, consentId)],
])('who %s does not find by the log what else has ended with it', async (_, ends) => {
  const quiet = [line('training-referral', 'ALA'), line('job-placement-handover', 'OIM')]
  const { parent, child } = await handedOver(4, { consent: { purposes: quiet } })
  const day = parent.submittedAt.slice(0, 10)
  const counted = async (officer: HubClient) => {
    const { days } = (await officer.logSummary({ from: day, to: day })).body
    return days
      .flatMap(({ counts }) => counts)
      .filter(({ action }) => ['referral.status', 'consent.withdraw'].includes(action))
      .reduce((sum, { n }) => sum + n, 0)
  }
  const before = await counted(igmOfficer)
  await ends(parent)
  expect((await counted(igmOfficer)) - before).toBe(1)
  // Nor once they are counted.
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  expect((await counted(igmOfficer)) - before).toBe(1)
  const own = [{ consentId: parent.consentId }, { institution: 'IGM' }, { outcome: 'allowed' }]
  for (const filter of own) {
    const entries = await entriesFor(igmOfficer, filter)
    expect(JSON.stringify(entries)).toContain(parent.referralId)
    expect(JSON.stringify(entries)).not.toContain(child.referralId)
  }
  // Its two sides do.
  const seen = await entriesFor(alaOfficer, { referralId: child.referralId })
  expect(seen.filter(({ actor }) => actor.institution === 'IGM')).toHaveLength(1)
})

test('at the end nothing contradicts itself, and the log verifies without the hub', async () => {
  expect((await fsck(hub.data)).violations).toEqual([])
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
