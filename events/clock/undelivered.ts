// A request that nobody acknowledged: not collected within the hours of its priority, or parked after so many
// deliveries. Its sender is told once. It can be pulled all the same, and an acknowledgement makes it received as ever.
import type { Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import { deliveriesBeforeParking } from '../../schemas/inbox.ts'
import { policyOf } from '../policy.ts'
import { type ClockRule, type Coming, hours, justAfter } from './rule.ts'

export const undelivered: ClockRule = ({ referral, agreement }) => {
  const { status, priority, submittedAt, told } = referral
  if (status !== 'requested' || told?.['undelivered'] !== undefined) return undefined
  const telling = (last: Instant, cause: 'not-collected' | 'parked'): Coming => ({
    at: justAfter(last),
    deed: {
      action: 'referral.undelivered',
      tells: [{ to: 'referrer', type: 'referral.undelivered.v1', data: { cause } }],
      changes: { deliveryState: 'undelivered', told: { ...told, undelivered: cause } },
    },
  })
  const { [priority]: collect } = policyOf(agreement).collectHours
  const uncollected = telling(later(submittedAt, collect * hours), 'not-collected')
  // The queue parks what comes up after its last delivery, and tells nobody: the row knows how often it was delivered.
  const { deliveries = 0, leaseUntil } = referral
  if (deliveries < deliveriesBeforeParking || leaseUntil === undefined) return uncollected
  const parked = telling(leaseUntil, 'parked')
  return parked.at < uncollected.at ? parked : uncollected
}
