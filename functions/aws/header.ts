// The header of a stored referral for one viewer.
import { referralHeader } from '../../events/referral-header.ts'
import type { InstitutionCode, Instant } from '../../schemas/ids.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { openExternalId } from '../crypto/external-id.ts'
import type { GuardMac } from './kms.ts'
import type { ReferralSummary } from './referrals.ts'

/** The header, with the sender's own number where the sender is looking. */
export const headerFor = async (
  referral: ReferralSummary,
  viewer: InstitutionCode,
  now: Instant,
  guard: GuardMac,
): Promise<ReferralHeader> => {
  if (viewer !== referral.referrer) return referralHeader(referral, viewer, now)
  const senderKey = await guard.senderKey(viewer)
  const externalId = await openExternalId(referral.externalIdSealed, senderKey, referral.referralId)
  return referralHeader(referral, viewer, now, externalId)
}
