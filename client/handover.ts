// The client's half about handovers: a recipient refers its person onward, by the person's own consent.
import type { HandoverCommand } from '../schemas/handover.ts'
import type { ReferralHeader } from '../schemas/referral.ts'
import { randomToken } from '../signatures/keys.ts'
import type { Request } from './request.ts'

type Sent = Omit<HandoverCommand, 'recipient'> & { recipient: string }

export const handoverMethods = (request: Request) => ({
  /**
   * Hands a referral that was sent to us over to an onward recipient, for placement in work. The answer is the header
   * of the referral that comes of it, of which we are the sender. `priority`: the referral's own, where it is left out.
   */
  handOver: (referralId: string, command: Sent, idempotencyKey = randomToken(16)) =>
    request<ReferralHeader>('POST', `/v1/referrals/${referralId}/handover`, {
      body: command,
      idempotencyKey,
    }),
})
