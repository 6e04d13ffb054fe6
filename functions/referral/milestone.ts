// POST /v1/referrals/{referralId}/milestones and …/{n}/void: the recipient says how far the person has come. The
// referrer is told where the person consented to that.
import {
  type MilestoneChanged,
  recordMilestone,
  voidMilestone,
  type Followed,
} from '../../events/milestone.ts'
import { etagOf, referralHeader } from '../../events/referral-header.ts'
import { type Refusal, accepted } from '../../events/refusal.ts'
import { lookAfterRecord } from '../../events/clock/look.ts'
import type { Consent } from '../../events/consent.ts'
import type { InstitutionCode, Instant, ReferralId } from '../../schemas/ids.ts'
import { type Given, bind, everySignedDoor, sending } from '../aws/bind.ts'
import type { Message } from '../effects/messages.ts'
import { partyReferral } from '../effects/party-referral.ts'
import { whileUnderWay } from '../effects/under-way.ts'
import type { Ahead } from '../http/identify.ts'
import { byRoute } from '../http/by-route.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:change',
  'progress:count',
  'agreements:ended',
  'consents:read',
  ...sending,
] as const
type Deps = Given<typeof needs>

type MilestoneRoute = 'referral.milestone' | 'referral.void-milestone'
type Rule = (
  referral: Followed,
  around: { consent: Consent; by: InstitutionCode; now: Instant },
) => MilestoneChanged | Refusal

/**
 * Changes the milestones of a referral as a rule says. Its version, which a status change is conditional on, stays: who
 * may not see milestones learns nothing from it. A withdrawal in between changes the row, so that this door judges
 * again.
 */
const change = async (
  action: MilestoneRoute,
  rule: Rule,
  request: RequestOf<MilestoneRoute, Deps>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await partyReferral(request, ['recipient'], deps)
  const { caller, about, now, known, commit } = request
  const { consentId } = referral
  const ledger = await deps.consents.read(consentId)
  if (!ledger) throw new Error('a referral without its consent')
  const around = { consent: ledger.consent, by: caller.institution, now }
  const { milestones, feedback, ...fact } = accepted(rule(referral, around))
  // What is wrong can always be put right.
  if (action === 'referral.milestone')
    await whileUnderWay(referral, { by: caller.institution, now, known }, deps)

  const after = { ...referral, milestones, feedback }
  const answer = {
    headers: { etag: etagOf(after) },
    body: referralHeader(after, caller.institution, now),
  }
  const { n, milestone, on, voidedAt } = fact.changed
  const told: Message =
    voidedAt === undefined
      ? {
          to: 'referrer',
          referral,
          type: 'referral.milestone-recorded.v1',
          data: { n, milestone, on },
        }
      : { to: 'referrer', referral, type: 'referral.milestone-voided.v1', data: { n } }
  await commit({
    // Which milestone it was is not in the log: the referrer's officer reads that, whatever the consent says.
    occurrences: [{ action, outcome: 'allowed', ...about, consentId }],
    writes: [
      deps.referrals.change(
        referral,
        { milestones, feedback, ...lookAfterRecord(referral, now) },
        now,
      ),
    ],
    messages: fact.tells ? [told] : [],
    answer,
  })
  return answer
}

export const postMilestone = (request: RequestOf<'referral.milestone', Deps>, deps: Deps) =>
  change(
    'referral.milestone',
    (referral, around) => recordMilestone(request.body, referral, around),
    request,
    deps,
  )

export const postVoid = (request: RequestOf<'referral.void-milestone', Deps>, deps: Deps) =>
  change(
    'referral.void-milestone',
    (referral, around) => voidMilestone(request.params.n, referral, around),
    request,
    deps,
  )

const ahead: Ahead<{ referralId: ReferralId }, Deps> = (
  { params, caller },
  { referrals, ends },
) => [referrals.at(params.referralId), ends.endedAt(caller.institution)]

const deps = bind(needs)
export const handler = byRoute({
  'referral.milestone': route('referral.milestone', postMilestone, { deps, ahead }),
  'referral.void-milestone': route('referral.void-milestone', postVoid, { deps, ahead }),
})
