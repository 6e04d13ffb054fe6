// Consents: read, withdrawn, run out, and what is destroyed then.
import { expect } from 'vitest'
import { Certificate } from '../../../schemas/certificate.ts'
import { hubNow } from '../callers.ts'
import { type Tools, well } from './tools.ts'
import { withdrawalAt } from '../stages.ts'

export const consentScenarios = (tools: Tools) => {
  const { hub, igm, stage, next, get, post, twice, sent, rowOf, put, personOf, place } = tools
  const ended = async (first: (referralId: string) => Promise<void> = async () => {}) => {
    const { referralId, consentId } = await stage.acknowledged(next())
    await first(referralId)
    // As if the consent had run out, and the time for which content is kept with it, years ago.
    const key = { consentId, n: 1 }
    const granted = (await rowOf('ConsentLedger', key)) as { terms: object }
    const times = {
      grantedAt: '2020-01-01T00:00:00.000Z',
      validUntil: '2021-01-01T00:00:00.000Z',
    }
    await put('ConsentLedger', { ...granted, terms: { ...granted.terms, ...times } })
    const row = await rowOf('Referrals', { pk: `referral#${referralId}` })
    await put('Referrals', { ...row, due: 'due', dueAt: times.validUntil })
    // Each side hears that the consent has expired, and that the referral is cancelled.
    await sent('ALA', 2, () => sent('IGM', 2, () => hub.invoke('referral-hub-RunDueWork', {})))
    expect(await rowOf('ReferralKeys', { referralId })).toBeUndefined()
    const after = await rowOf('Referrals', { pk: `referral#${referralId}` })
    expect(after).toMatchObject({ contentState: 'shredded', status: 'cancelled' })
  }

  return {
    'get-consent': async () => {
      const { consentId } = await stage.submitted(next())
      well(await get('igm-system', `/v1/consents/${consentId}`))
      await post('igm-system', `/v1/consents/${consentId}/withdrawal`, withdrawalAt(place))
      const { json } = well(await get('igm-system', `/v1/consents/${consentId}/certificate`))
      // Placed and signed before it is shown.
      const { logEntries, checkpoint = '' } = Certificate.parse(json)
      const size = Number(checkpoint.split('\n')[1])
      expect(logEntries.filter(({ index = Infinity }) => index >= size)).toEqual([])
    },

    'withdraw-consent': async () => {
      const shared = await stage.submitted(next())
      await personOf(shared.referralId, { referrals: 2 })
      await igm.withdrawConsent(shared.consentId, withdrawalAt(place))
      const { consentId, referralId } = await stage.submitted(next())
      // That it is cancelled, and that what they hold is to be deleted.
      await sent('ALA', 2, () =>
        twice('igm-system', `/v1/consents/${consentId}/withdrawal`, withdrawalAt(place)),
      )
      expect(await rowOf('ReferralKeys', { referralId })).toBeUndefined()
    },

    'confirm-deletion': async () => {
      const { consentId } = await stage.acknowledged(next())
      await igm.withdrawConsent(consentId, withdrawalAt(place))
      const at = hubNow(place).toISOString()
      await sent('IGM', 1, () =>
        twice('ala-system', `/v1/consents/${consentId}/deletion-confirmation`, { at }),
      )
    },

    'run-due-work': async () => {
      await ended(async referralId => void (await personOf(referralId, { referrals: 2 })))
      await ended()
    },
  }
}
