// What somebody who is party to nothing is refused, and who sees that.
import { describe, expect, test } from 'vitest'
import { systemsOf } from './callers.ts'
import { bodyOf, deniedIn, forbidden } from './denials.ts'
import { emptyHub } from './empty-hub.ts'
import { handedOverOn } from './handovers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const { igm } = await systemsOf(hub)
const submitted = async (n: number): Promise<string> =>
  (await igm.submitReferral(submissionOf(n))).body.referralId
const existing = await submitted(1)
/** The id of a referral that there is not. */
const absent = existing.replace(/.{12}$/, '0123456789ab')
// Until something is signed there is nothing that an officer could verify.
await hub.hub.invoke('referral-hub-SequenceAccessLog', {})

describe('an attempt on a referral by somebody who is no party', () => {
  test('is seen by the officers of both parties, at once for each referral', async () => {
    for (const caller of ['stranger', 'oim-system'] as const) {
      const referralId = await submitted(caller === 'stranger' ? 2 : 3)
      const { json } = await raw(hub, caller, { path: `/v1/referrals/${referralId}` })
      for (const officer of ['igm-compliance', 'ala-compliance'] as const) {
        const entries = await deniedIn(hub, officer, caller)
        expect(entries.find(({ request }) => request.id === json.instance)).toMatchObject({
          action: 'referral.read',
          outcome: 'denied',
          code: 'forbidden',
          referralId,
          refusals: 1,
        })
      }
    }
  })

  test('that asks on and on is summed, so that no stranger fills the log', async () => {
    const referralId = await submitted(4)
    for (let n = 0; n < 20; n++) {
      await raw(hub, 'stranger', { path: `/v1/referrals/${referralId}` })
      await raw(hub, 'stranger', { path: `/v1/referrals/${absent}` })
    }
    const entries = await deniedIn(hub, 'ala-compliance', 'stranger')
    const about = entries.filter(entry => entry.referralId === referralId)
    const told = about.map(entry => entry.refusals)
    expect(told).toEqual([16, 8, 4, 2, 1])
    // A party's refusals are entries each, however many.
    for (let n = 0; n < 5; n++) await raw(hub, 'igm-liaison', { path: '/v1/access-log' })
    const ours = await deniedIn(hub, 'igm-compliance', 'igm-liaison')
    expect(ours.slice(0, 5).map(({ action }) => action)).toEqual(
      Array.from({ length: 5 }, () => 'access-log.query'),
    )
    expect(ours.some(entry => entry.refusals !== undefined)).toBe(false)
  })

  test('by an onward recipient on what was handed over to it is an entry each', async () => {
    const { handedOver } = await handedOverOn(hub)
    const { parent, child } = await handedOver(5)
    const ask = (who: 'stranger' | 'oim-system', { referralId }: { referralId: string }) =>
      raw(hub, who, {
        path: `/v1/referrals/${referralId}/release`,
        body: '{"purpose":"training-referral"}',
      })
    for (let n = 0; n < 6; n++) {
      expect((await ask('oim-system', child)).json.code).toBe('consent-missing-purpose')
      await ask('oim-system', parent)
      await raw(hub, 'stranger', { path: `/v1/referrals/${child.referralId}` })
    }
    const of = async (caller: 'stranger' | 'oim-system', { referralId }: { referralId: string }) =>
      (await deniedIn(hub, 'ala-compliance', caller))
        .filter(entry => entry.referralId === referralId)
        .map(({ refusals }) => refusals)
    expect(await of('oim-system', child)).toEqual(Array.from({ length: 6 }, () => undefined))
    // What it does not hold is summed, as a handover is for strangers.
    expect(await of('oim-system', parent)).toEqual([4, 2, 1])
    expect(await of('stranger', child)).toEqual([4, 2, 1])
  })

  test('is seen by nobody outside the agreement, nor is anything else of it', async () => {
    // Could a stranger see what was written about their attempts, the log would tell what the refusal does not.
    for (const caller of ['stranger', 'oim-system'] as const)
      for (const query of ['', `referralId=${existing}`, `referralId=${absent}`, 'institution=XXX'])
        expect(bodyOf(await raw(hub, caller, { path: '/v1/access-log', query }))).toEqual(forbidden)
  })
})

test('the log verifies, with what is not told of them', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
