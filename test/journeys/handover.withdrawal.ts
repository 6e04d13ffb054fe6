// One withdrawal ends all referrals under a consent, by whichever of the institutions that hold one: nothing opens
// afterwards, everybody is asked to delete, and no handover outlives it, whatever happens at once.
import { expect, test } from 'vitest'
import { type CallerName, callerOf, hubNow, refusalOf } from './callers.ts'
import { rowsOf } from './drill.ts'
import { handedOverOn, line } from './handovers.ts'
import { emptyHub } from './empty-hub.ts'
import { raw } from './signed-requests.ts'
import { withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

/** Withdrawals passed on by each of these; so many `rounds` of one beside a handover. */
export const handoverWithdrawals = async (
  passedOnBy: readonly ('igm-system' | 'ala-system' | 'oim-system')[],
  rounds: number,
): Promise<void> => {
  const hub = await emptyHub()
  const { igm, ala, oim, accepted, handedOver, answered } = await handedOverOn(hub)

  const release = async (who: CallerName, referralId: string, purpose: string) => {
    const { status, json } = await raw(hub, who, {
      path: `/v1/referrals/${referralId}/release`,
      body: JSON.stringify({ purpose }),
    })
    return `${status} ${json.code}`
  }
  /** Types of what an inbox is told of a referral: what a door left to send later is sent before. */
  const toldTo = async (who: CallerName, ...referralIds: string[]) => {
    const client = await callerOf(hub, who)
    const told: string[] = []
    await hub.hub.invoke('referral-hub-RelayOutbox', {})
    for (;;) {
      const { messages } = (await client.pull({ max: 10, waitSeconds: 0, content: 'none' })).body
      if (messages.length === 0) break
      await client.ack(messages.map(({ handle }) => handle))
      for (const { event } of messages) {
        const place = referralIds.indexOf(event.subject)
        if (place >= 0) told.push(`${place} ${event.type.split('.')[1]}`)
      }
    }
    return told.filter(each => !/requested|milestone/.test(each))
  }
  const [parentIs, childIs] = ['0', '1']

  test.each(passedOnBy)('passed on by %s it ends both, and shreds what they share', async who => {
    const { parent, child } = await handedOver(1)
    await answered(child, 'accepted')
    const ids = [parent.referralId, child.referralId] as const
    for (const name of ['igm-system', 'ala-system', 'oim-system'] as const)
      await toldTo(name, ...ids)
    const keys = (await rowsOf(hub.hub, 'ReferralKeys')).length
    const { body: consent } = await withdraw(hub, await callerOf(hub, who), parent.consentId)
    expect(consent).toMatchObject({
      state: 'withdrawn',
      deletion: 'requested',
      referralId: who === 'oim-system' ? child.referralId : parent.referralId,
    })
    expect((await rowsOf(hub.hub, 'ReferralKeys')).length).toBe(keys - 1)
    const own = who.slice(0, 3).toUpperCase()
    const ended = { status: 'cancelled', contentState: 'shredded' }
    const last = { status: 'cancelled', by: own, reason: 'consent-withdrawn' }
    for (const id of ids) {
      const { body } = await ala.getReferral(id)
      expect(body).toMatchObject(ended)
      expect(body.history.at(-1)).toMatchObject(last)
    }
    expect(await release('ala-system', ids[0], 'training-referral')).toBe('410 content-shredded')
    expect(await release('oim-system', ids[1], 'job-placement-handover')).toBe(
      '410 content-shredded',
    )

    // Every recipient is asked to delete; who did not pass it on hears that its referrals are closed.
    const news = {
      IGM: [`${parentIs} status-changed`, `${parentIs} withdrawn`],
      ALA: [
        `${parentIs} status-changed`,
        `${parentIs} withdrawn`,
        `${childIs} status-changed`,
        `${childIs} withdrawn`,
      ],
      OIM: [`${childIs} status-changed`, `${childIs} withdrawn`],
    }
    const asked = { IGM: [], ALA: [`${parentIs} withdrawn`], OIM: [`${childIs} withdrawn`] }
    for (const name of ['igm-system', 'ala-system', 'oim-system'] as const) {
      const institution = name.slice(0, 3).toUpperCase() as keyof typeof news
      const expected = institution === own ? asked[institution] : news[institution]
      expect([name, (await toldTo(name, ...ids)).toSorted()]).toEqual([name, expected.toSorted()])
    }

    // A second one finds it done.
    expect((await withdraw(hub, oim, parent.consentId)).body.state).toBe('withdrawn')
  })

  test('each recipient confirms for itself, and is seen to by those who hold its referral', async () => {
    const { parent, child } = await handedOver(2)
    await answered(child)
    const { consentId } = parent
    await withdraw(hub, igm, consentId)
    const confirmed = { at: hubNow(hub).toISOString() }
    expect((await oim.confirmDeletion(consentId, confirmed)).body.deletion).toBe('confirmed')
    const seen = async () =>
      Promise.all(
        [igm, ala, oim].map(async client => (await client.getConsent(consentId)).body.deletion),
      )
    expect(await seen()).toEqual(['requested', 'requested', 'confirmed'])
    await ala.confirmDeletion(consentId, confirmed)
    expect(await seen()).toEqual(['confirmed', 'confirmed', 'confirmed'])
    expect((await refusalOf(igm.confirmDeletion(consentId, confirmed))).code).toBe('forbidden')
    const { events } = (await igm.getConsent(consentId)).body
    expect(events.flatMap(({ event, by }) => (event === 'deletion-confirmed' ? [by] : []))).toEqual(
      ['ALA'],
    )
  })

  test.each(passedOnBy)(
    'passed on by %s it counts the releases under way of its own referrals alone',
    async who => {
      const { parent, child } = await handedOver(5)
      for (const [by, { referralId }, purpose] of [
        ['ala-system', parent, 'training-referral'],
        ['oim-system', child, 'job-placement-handover'],
        ['oim-system', child, 'job-placement-handover'],
      ] as const)
        await release(by, referralId, purpose)
      const releases = { parent: 0, child: 0 }
      const officer = await callerOf(hub, 'ala-compliance')
      for (const [name, { referralId }] of Object.entries({ parent, child })) {
        const filter = { referralId, action: 'referral.release', outcome: 'allowed' } as const
        for await (const _ of officer.everyEntry(filter)) releases[name as 'parent'] += 1
      }
      // Where its inbox was collected there are more of them.
      expect([releases.parent > 0, releases.child]).toEqual([true, 2])
      const { body } = await withdraw(hub, await callerOf(hub, who), parent.consentId)
      const own = {
        'igm-system': releases.parent,
        'ala-system': releases.parent + releases.child,
        'oim-system': releases.child,
      }
      expect(body.releasesInFlight).toBe(own[who])
    },
  )

  test('its certificate names every referral that ended, to who knows of it', async () => {
    const quiet = [line('training-referral', 'ALA'), line('job-placement-handover', 'OIM')]
    for (const [n, patch, named] of [
      [3, undefined, 2],
      [4, { consent: { purposes: quiet } }, 1],
    ] as const) {
      const { parent, child } = await handedOver(n, patch)
      await withdraw(hub, oim, parent.consentId)
      const of = async (client: typeof igm) => (await client.certificate(parent.consentId)).body
      const both = [parent, child].map(({ referralId, folio }) => ({ referralId, folio }))
      expect((await of(ala)).referrals).toEqual(both)
      const own = await of(oim)
      expect(own).toMatchObject({
        referralId: child.referralId,
        referrals: both,
        cause: 'withdrawal',
      })
      expect(own.requestedBy).toEqual({ institution: 'OIM', capacity: 'self' })
      const actions = own.logEntries.map(({ action }) => action)
      expect(actions).toEqual(['referral.handover', 'consent.withdraw'])
      const senders = await of(igm)
      expect(senders.referralId).toBe(parent.referralId)
      expect(senders.referrals).toEqual(both.slice(0, named))
      expect(senders.destroyed[0]?.digest).toBe(own.destroyed[0]?.digest)
    }
  })

  test('a handover and a withdrawal at once: nothing is open afterwards that the one began', async () => {
    for (let round = 0; round < rounds; round++) {
      const parent = await accepted(10 + round)
      const [handed] = await Promise.allSettled([
        ala.handOver(parent.referralId, { recipient: 'OIM' }),
        withdraw(hub, igm, parent.consentId),
      ])
      const { items } = (await ala.listReferrals({ partOf: parent.referralId })).body
      expect(items.length).toBe(handed?.status === 'fulfilled' ? 1 : 0)
      for (const { status, contentState } of items)
        expect([status, contentState]).toEqual(['cancelled', 'shredded'])
      expect((await refusalOf(ala.handOver(parent.referralId, { recipient: 'OIM' }))).code).toBe(
        'transition-not-allowed',
      )
    }
  })

  test('at the end the log verifies without the hub', async () => {
    expect(await verifiedLog(hub)).toMatchObject({ ok: true })
  })
}
