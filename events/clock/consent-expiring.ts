// The consent of an open referral will end: both sides are told once, a month before. One that was given for less than
// that had no such day; its end was known when it was sent.
import { later } from '../../schemas/instants.ts'
import { isClosed } from '../referral.ts'
import { type ClockRule, days, toBoth } from './rule.ts'

const daysBefore = 30

export const consentExpiring: ClockRule = ({ referral, consent }) => {
  const { status, contentState, submittedAt, told } = referral
  if (consent.state !== 'granted' || contentState === 'shredded' || isClosed(status))
    return undefined
  const { validUntil } = consent.terms
  const at = later(validUntil, -daysBefore * days)
  if (at < submittedAt || told?.['consent-expiring'] !== undefined) return undefined
  return {
    at,
    deed: {
      action: 'consent.expiring',
      tells: toBoth(to => ({ to, type: 'consent.expiring.v1', data: { validUntil } })),
      changes: { told: { ...told, 'consent-expiring': validUntil } },
    },
  }
}
