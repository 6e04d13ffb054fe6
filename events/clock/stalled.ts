// Nothing has been recorded for long of a referral that was accepted: both sides are told, once for each such time.
import type { Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import { policyOf } from '../policy.ts'
import { type ClockRule, type ClockedReferral, days, toBoth } from './rule.ts'

const changedAt = ({ history, submittedAt }: ClockedReferral): Instant =>
  history.at(-1)?.at ?? submittedAt

/** When something was last recorded: a status, a milestone, or that one was wrong. */
const recordedAt = (referral: ClockedReferral): Instant =>
  referral.milestones
    .flatMap(one => [one.recordedAt, one.voidedAt ?? one.recordedAt])
    .reduce((latest, at) => (at > latest ? at : latest), changedAt(referral))

export const stalled: ClockRule = ({ referral, agreement }) => {
  const { status, told, feedback } = referral
  if (status !== 'accepted' && status !== 'in-progress') return undefined
  const since = recordedAt(referral)
  if (told?.['stalled'] === since) return undefined
  // Who may not hear of milestones does not learn when one was recorded either.
  const sinceFor = {
    recipient: since,
    referrer: feedback === 'milestones' ? since : changedAt(referral),
  }
  return {
    at: later(since, policyOf(agreement).stallDays * days),
    deed: {
      action: 'referral.stalled',
      tells: toBoth(to => ({ to, type: 'referral.stalled.v1', data: { since: sinceFor[to] } })),
      changes: { told: { ...told, stalled: since } },
    },
  }
}
