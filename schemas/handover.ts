// A handover: the recipient of a referral refers its person onward, for placement in work, by the person's own consent
// (clause 12).
import * as z from 'zod'
import { Priority } from './agreement.ts'
import { InstitutionCode } from './ids.ts'

/** So many handovers one referral can have, closed ones included: a withdrawal ends all of them in one transaction. */
export const mostHandovers = 5

/** Body of `POST /v1/referrals/{referralId}/handover`. `priority`: the referral's own, where it is left out. */
export const HandoverCommand = z.strictObject({
  recipient: InstitutionCode,
  priority: Priority.optional(),
})
export type HandoverCommand = z.infer<typeof HandoverCommand>
