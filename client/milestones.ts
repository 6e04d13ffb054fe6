// The client's half about milestones: the recipient records how far a person has come, and voids what was wrong.
import type { Milestone } from '../schemas/milestone.ts'
import type { ReferralHeader } from '../schemas/referral.ts'
import { randomToken } from '../signatures/keys.ts'
import type { Request } from './request.ts'

export const milestoneMethods = (request: Request) => ({
  /**
   * Records a milestone of a referral sent to us. `on` is a day of Guatemala, `YYYY-MM-DD`. A salt goes with it, so
   * that the digest in the access log tells nobody which milestone it was.
   */
  recordMilestone: (
    referralId: string,
    { milestone, on }: { milestone: Milestone; on: string },
    idempotencyKey = randomToken(16),
  ) =>
    request<ReferralHeader>('POST', `/v1/referrals/${referralId}/milestones`, {
      body: { milestone, on, salt: randomToken(16) },
      idempotencyKey,
    }),

  /** Voids the milestone `n` of a header: it was entered in error. It stays, and counts no more. */
  voidMilestone: (referralId: string, n: number, idempotencyKey = randomToken(16)) =>
    request<ReferralHeader>('POST', `/v1/referrals/${referralId}/milestones/${n}/void`, {
      body: { reason: 'entered-in-error' },
      idempotencyKey,
    }),
})
