import { ReferralId } from '../../../schemas/ids.ts'

/** What is sealed for one referral opens for no other. */
export const referralId = ReferralId.parse('019aa5d4-7c00-7abc-8def-0123456789ab')
export const other = ReferralId.parse('019aa5d4-7c00-7abc-8def-0123456789ac')
