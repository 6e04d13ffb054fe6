// Whose officers read what of the access log. Of a referral: the officers of its agreement's parties. Of a handover:
// its own two sides alone, for whoever sent the referral before it never sees it. Pure.
import type { AgreementId, InstitutionCode, SeenUnder } from '../schemas/ids.ts'
import type { KeptHeader } from '../schemas/referral.ts'

/** No agreement's id has this sign. */
const and = '+'

/** What is not about a single referral. */
export const underAgreement = (agreementId: AgreementId): SeenUnder =>
  agreementId as string as SeenUnder

export const seenUnder = ({
  agreementId,
  partOf,
  referrer,
  recipient,
}: Pick<KeptHeader, 'agreementId' | 'partOf' | 'referrer' | 'recipient'>): SeenUnder =>
  partOf === undefined
    ? underAgreement(agreementId)
    : (`${referrer}${and}${recipient}` as SeenUnder)

/** The sides that alone see an entry; none where it is seen under an agreement. */
export const sidesOf = (seen: string | undefined): InstitutionCode[] =>
  seen?.includes(and) ? (seen.split(and) as InstitutionCode[]) : []
