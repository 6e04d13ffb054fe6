// A consent with the referrals under it, as every door that changes or shows one finds them.
import type { About } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { ConsentId, InstitutionCode, ReferralId } from '../../schemas/ids.ts'
import type { Consents } from '../aws/consents.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { ReferralRow } from '../aws/referral-row.ts'
import type { Referrals } from '../aws/referrals.ts'

/** The referral that a consent was given with, and what was handed over of it: all that there is under the consent. */
export type UnderConsent = [ReferralRow, ...ReferralRow[]]

/** All referrals under a consent, by the first of them; one call more where something was handed over. */
export const underConsent = async (
  first: ReferralRow,
  { referrals }: { referrals: Pick<Referrals, 'findAll'> },
): Promise<UnderConsent> => {
  const { handovers = [] } = first
  if (handovers.length === 0) return [first]
  const ids = handovers.map(({ referralId }) => referralId)
  const found = await referrals.findAll(ids)
  const rows = ids.map(id => found.get(id))
  if (!rows.every(row => row !== undefined)) throw new Error('a handover without its row')
  return [first, ...rows]
}

const isSide = ({ referrer, recipient }: ReferralRow, institution: InstitutionCode) =>
  institution === referrer || institution === recipient

/**
 * For an institution that holds a referral under it; `forbidden` for everybody else, also where there is none, and
 * after the same two reads.
 *
 * @param request.about told what the request is about, for its entry: the caller's own referral
 * @returns `held`: the caller's referrals, its own first: the one of the consent, or else what was handed over to it
 * last
 */
export const partyConsent = async (
  {
    params: { consentId },
    caller: { institution },
    about,
    known,
  }: {
    params: { consentId: ConsentId }
    caller: { institution: InstitutionCode }
    about: About
    known: KnownRows
  },
  deps: {
    consents: Pick<Consents, 'read'>
    referrals: Pick<Referrals, 'find' | 'findAll'>
  },
) => {
  const ledger = await deps.consents.read(consentId, known)
  const nobodys: string = consentId
  const first = await deps.referrals.find(ledger?.consent.referralId ?? (nobodys as ReferralId))
  about.referralId = first?.referralId
  about.agreementId = first && seenUnder(first)
  const onward = first?.handovers?.some(({ recipient }) => recipient === institution)
  if (!ledger || !first || !(isSide(first, institution) || onward)) throw new Refused('forbidden')
  const referrals = await underConsent(first, deps)
  const [own = first, ...others] = isSide(first, institution)
    ? referrals.filter(row => isSide(row, institution))
    : referrals.filter(row => isSide(row, institution)).toReversed()
  about.referralId = own.referralId
  about.agreementId = seenUnder(own)
  const held: UnderConsent = [own, ...others]
  return { ...ledger, referrals, held }
}
