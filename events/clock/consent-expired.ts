// A consent's time is over, and its ledger does not say so yet. Releases go by the clock and wait for nothing.
import { type ClockRule, justAfter, toBoth } from './rule.ts'

export const consentExpired: ClockRule = ({ referral, consent }) => {
  if (referral.partOf || consent.state !== 'granted' || referral.contentState === 'shredded')
    return undefined
  const data = { consentId: consent.consentId }
  return {
    at: justAfter(consent.terms.validUntil),
    deed: {
      action: 'consent.expire',
      expires: true,
      tells: toBoth(to => ({ to, type: 'consent.expired.v1', data })),
    },
  }
}
