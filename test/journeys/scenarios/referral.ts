// Referrals: submitted, read, moved, handed over, opened.
import { expect } from 'vitest'
import { submissionOf } from '../submissions.ts'
import { rowsOf } from '../drill.ts'
import { handoverConsent } from '../handovers.ts'
import { type Tools, well } from './tools.ts'

export const referralScenarios = (tools: Tools) => {
  const { hub, stage, next, get, post, twice, sent, rowOf, personOf } = tools

  return {
    'post-referral': async () => {
      const submission = submissionOf(next())
      const { json } = await sent('ALA', 1, () => twice('igm-system', '/v1/referrals', submission))
      expect(await rowOf('ReferralKeys', { referralId: json.referralId })).toBeDefined()
      // The same person, again.
      const path = `/v1/referrals/${String(json.referralId)}/status`
      const cancelled = { status: 'cancelled', reason: 'duplicate' }
      well(await post('igm-system', path, cancelled, { 'if-match': '"1"' }))
      const { payload } = submission
      well(await post('igm-system', '/v1/referrals', { ...submissionOf(next()), payload }))
    },

    'get-referral': async () => {
      const { referralId } = await stage.submitted(next())
      const { json } = well(await get('igm-system', `/v1/referrals/${referralId}`))
      expect(json.externalId).toMatch(/PRUEBA/)
      for (const [who, direction] of [
        ['igm-system', 'sent'],
        ['ala-system', 'received'],
      ] as const) {
        const list = well(await get(who, '/v1/referrals', `direction=${direction}`))
        expect((list.json.items as object[]).length).toBeGreaterThan(0)
      }
    },

    'post-status': async () => {
      const { referralId } = await stage.submitted(next())
      const change = { status: 'cancelled', reason: 'duplicate' }
      const path = `/v1/referrals/${referralId}/status`
      const { json } = await sent('ALA', 1, () =>
        twice('igm-system', path, change, { 'if-match': '"1"' }),
      )
      expect([json.status, json.externalId]).toEqual(['cancelled', expect.stringMatching(/PRUEBA/)])
      const guards = (await rowsOf(hub, 'Referrals')).filter(
        ({ heldBy }) => heldBy?.S === referralId,
      )
      // The external id stays taken; the person may be referred again.
      expect(guards.filter(({ pk }) => /^(person|document)/.test(pk?.S ?? ''))).toEqual([])
      const again = await stage.acknowledged(next())
      await personOf(again.referralId, { accepted: 1 })
      await stage.moved(again.referralId, 'accepted')
    },

    'post-milestone': async () => {
      const { referralId } = await stage.acknowledged(next())
      await stage.moved(referralId, 'accepted')
      await personOf(referralId, { profiled: 1 })
      const path = `/v1/referrals/${referralId}/milestones`
      const profiled = { milestone: 'profiled', on: '2026-11-21' }
      const { json } = await sent('IGM', 1, () => twice('ala-system', path, profiled))
      expect(json.milestones).toMatchObject([{ n: 1, ...profiled }])
      const wrong = { reason: 'entered-in-error' }
      await sent('IGM', 1, () => twice('ala-system', `${path}/1/void`, wrong))
    },

    'post-handover': async () => {
      const { referralId } = await stage.acknowledged(next(), handoverConsent())
      await stage.moved(referralId, 'accepted')
      await personOf(referralId, { handedOver: 1 })
      const path = `/v1/referrals/${referralId}/handover`
      const { json } = await sent('OIM', 1, () => twice('ala-system', path, { recipient: 'OIM' }))
      expect(json).toMatchObject({ partOf: referralId, recipient: 'OIM', status: 'requested' })
    },

    'release-referral': async () => {
      const { referralId } = await stage.acknowledged(next())
      const body = { purpose: 'training-referral' }
      const { json } = well(await post('ala-system', `/v1/referrals/${referralId}/release`, body))
      expect(json.payload).toBeDefined()
    },

    'get-receipt': async () => {
      const { referralId } = await stage.submitted(next())
      await hub.invoke('referral-hub-SequenceAccessLog', {})
      well(await get('igm-system', `/v1/referrals/${referralId}/receipt`))
    },
  }
}
