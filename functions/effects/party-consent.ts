// A consent with its referral, as every door that changes or shows one finds it.
import type { About } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { ConsentId, InstitutionCode, ReferralId } from '../../schemas/ids.ts'
import type { Consents } from '../aws/consents.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { Referrals } from '../aws/referrals.ts'

/**
 * For one of its parties; `forbidden` for everybody else, also where there is none, and after the same two reads.
 *
 * @param request.about told what the request is about, for its entry
 */
export const partyConsent = async (
  consentId: ConsentId,
  {
    caller: { institution },
    about,
    known,
  }: { caller: { institution: InstitutionCode }; about: About; known: KnownRows },
  deps: { consents: Pick<Consents, 'read'>; referrals: Pick<Referrals, 'find'> },
) => {
  const ledger = await deps.consents.read(consentId, known)
  const nobodys: string = consentId
  const referral = await deps.referrals.find(ledger?.consent.referralId ?? (nobodys as ReferralId))
  about.referralId = referral?.referralId
  about.agreementId = referral && seenUnder(referral)
  if (!ledger || !referral || ![referral.referrer, referral.recipient].includes(institution))
    throw new Refused('forbidden')
  return { ...ledger, referral }
}
