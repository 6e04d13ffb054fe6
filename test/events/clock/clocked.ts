// A referral as the rules of the clock look at it.
import type { ClockedReferral } from '../../../events/clock/rule.ts'
import { respondBy } from '../../../events/agreement.ts'
import type { Instant } from '../../../schemas/ids.ts'
import type { Status, StatusChange } from '../../../schemas/referral.ts'
import { agreement, ala, igm, now } from '../given.ts'

/** A routine referral of `now`; `changedAt`: when it came to its status, where that is not the first. */
export const clockedReferral = ({
  status = 'requested',
  changedAt = now,
  ...members
}: Partial<ClockedReferral> & { status?: Status; changedAt?: Instant }): ClockedReferral => {
  const submitted: StatusChange = { status: 'requested', at: now, by: igm }
  const moved: StatusChange = { status, at: changedAt, by: ala }
  return {
    referrer: igm,
    recipient: ala,
    priority: 'routine',
    status,
    deliveryState: status === 'requested' ? 'queued' : 'acknowledged',
    contentState: 'sealed',
    version: status === 'requested' ? 1 : 2,
    submittedAt: now,
    respondBy: respondBy(agreement, members.priority ?? 'routine', now),
    history: status === 'requested' ? [submitted] : [submitted, moved],
    milestones: [],
    ...members,
  }
}
