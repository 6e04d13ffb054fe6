// Work goes on until its agreement is over for it, and not a minute longer: the clock cancels what is left by and by.
import { gate } from '../../events/agreement.ts'
import { Refused } from '../../events/refusal.ts'
import type { InstitutionCode, Instant } from '../../schemas/ids.ts'
import type { Given } from '../aws/bind.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { ReferralRow } from '../aws/referral-row.ts'

/**
 * Refuses what a party records of a referral whose agreement is over. A termination is in a row of the party's, which
 * is read with its key (`endedAt`). Where the time to finish may be over, the agreement is asked, as the referral came
 * under it: until `dueAt` no rule of the clock is due, and this end is one.
 *
 * @throws Refused `agreement-not-in-force`
 */
export const whileUnderWay = async (
  { agreementId, agreementVersion, dueAt }: ReferralRow,
  { by, now, known }: { by: InstitutionCode; now: Instant; known: KnownRows },
  { directory, ends }: Given<readonly ['directory:read', 'agreements:ended']>,
): Promise<void> => {
  if (await ends.isEnded(agreementId, by, known)) throw new Refused('agreement-not-in-force')
  if (dueAt !== undefined && now < dueAt) return
  const kept = await directory.findAgreement(agreementId)
  if (!kept) throw new Error('a referral without its agreement')
  const { work } = gate(await directory.under(kept, { agreementVersion }), now)
  if (work) throw new Refused(work)
}
