// A referral, as a door that changes or shows one finds it for its parties.
import type { About } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { InstitutionCode, ReferralId } from '../../schemas/ids.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { ReferralRow } from '../aws/referral-row.ts'
import type { Referrals } from '../aws/referrals.ts'

type Asked = {
  params: { referralId: ReferralId }
  caller: { institution: InstitutionCode }
  about: About
  known: KnownRows
}

/**
 * For an institution on one of these `sides` of it; `forbidden` for everybody else, also where there is none.
 *
 * @param request.about told under what the referral is, before anybody is refused: its parties see that entry too
 */
export const partyReferral = async (
  { params: { referralId }, caller: { institution }, about, known }: Asked,
  sides: readonly ('referrer' | 'recipient')[],
  { referrals }: { referrals: Pick<Referrals, 'find'> },
): Promise<ReferralRow> => {
  const referral = await referrals.find(referralId, known)
  about.agreementId = referral && seenUnder(referral)
  if (!referral || !sides.some(side => referral[side] === institution))
    throw new Refused('forbidden')
  return referral
}
