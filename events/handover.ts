// The rules of a handover: who may refer a person onward, and what comes of it: a referral of its own, under the same
// consent, and a milestone of the one it is part of. Pure: (command, state, now) → fact or refusal.
import type { Agreement, KeptAgreement } from '../schemas/agreement.ts'
import type { Purpose } from '../schemas/consent.ts'
import { dayOf } from '../schemas/guatemala.ts'
import { type HandoverCommand, mostHandovers } from '../schemas/handover.ts'
import type { AgreementId, InstitutionCode, Instant, ReferralId } from '../schemas/ids.ts'
import type { KeptHeader, Status, StatusChange } from '../schemas/referral.ts'
import { gate, respondBy } from './agreement.ts'
import { type Consent, isLive, permitsFeedback } from './consent.ts'
import { type Followed, type MilestoneChanged, isUnderWay, recordMilestone } from './milestone.ts'
import { type Parties, changeStatus, isClosed } from './referral.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What a handover is for, and the only purpose that its content is opened for. */
const handoverPurpose = 'job-placement-handover' satisfies Purpose

/** What sealed content is bound to: the referral that it was submitted with. */
export type Content = {
  referralId: ReferralId
  agreementId: AgreementId
  recipient: InstitutionCode
}

/** The content of a referral. A handover has none of its own: it is its parent's, sealed once for who sent it on. */
export const contentOf = ({
  referralId,
  agreementId,
  referrer,
  recipient,
  partOf,
}: Pick<
  KeptHeader,
  'referralId' | 'agreementId' | 'referrer' | 'recipient' | 'partOf'
>): Content =>
  partOf === undefined
    ? { referralId, agreementId, recipient }
    : { referralId: partOf, agreementId, recipient: referrer }

/** What the rules look at of the referral that is handed over. */
export type Handed = Followed & Pick<KeptHeader, 'agreementId' | 'priority' | 'partOf'>

/** Fact: the referral that comes of it, and what its parent gains where the milestone is not there already. */
export type HandedOver = {
  child: Pick<
    KeptHeader,
    | 'referrer'
    | 'recipient'
    | 'priority'
    | 'services'
    | 'submittedAt'
    | 'respondBy'
    | 'history'
    | 'feedback'
  >
  milestone?: MilestoneChanged
}

/**
 * Hands a referral over, or says why not: not its recipient, the agreement is frozen or over, not under way, nobody
 * that this may be handed to, no consent to that, already there, or too many. The first reason against it is given, in
 * this order.
 *
 * @param around.handovers those that there are of this referral, whatever became of them
 */
export const handOver = (
  { recipient, priority: asked }: HandoverCommand,
  parent: Handed,
  around: {
    agreement: KeptAgreement
    consent: Consent
    handovers: readonly { recipient: InstitutionCode; status: Status }[]
    by: InstitutionCode
    now: Instant
  },
): HandedOver | Refusal => {
  const { agreement, consent, handovers, by, now } = around
  if (by !== parent.recipient) return refuse('forbidden')
  const shut = gate(agreement, now).open
  if (shut) return refuse(shut)
  if (!isUnderWay(parent.status)) return refuse('transition-not-allowed')
  const onward = onwardFrom(parent, agreement)
  if (!onward.includes(recipient))
    return refuse('recipient-not-party', [
      { pointer: '/recipient', code: 'not-allowed', allowed: onward },
    ])
  const permits = consent.terms.purposes.some(
    line => line.purpose === handoverPurpose && line.recipient === recipient,
  )
  if (!permits) return refuse('consent-missing-purpose')
  if (!isLive(consent, now)) return refuse('consent-expired')
  const open = handovers.some(one => one.recipient === recipient && !isClosed(one.status))
  if (open) return refuse('handover-exists')
  if (handovers.length >= mostHandovers) return refuse('handovers-full')
  const recorded = recordMilestone({ milestone: 'handed-over-iom', on: dayOf(now) }, parent, around)
  if ('refused' in recorded && recorded.refused !== 'milestone-exists') return recorded

  const priority = asked ?? parent.priority
  return {
    child: {
      referrer: by,
      recipient,
      priority,
      services: [handoverPurpose],
      submittedAt: now,
      respondBy: respondBy(agreement, priority, now),
      history: [{ status: 'requested', at: now, by }],
      feedback: permitsFeedback(consent.terms, by) ? 'milestones' : 'status-only',
    },
    // Recorded by hand before, or with an earlier handover: it is there once.
    ...('refused' in recorded ? {} : { milestone: recorded }),
  }
}

/** Whom a referral may be handed to (clause 12). What was handed over is not handed on. */
const onwardFrom = (
  { partOf, recipient }: Handed,
  { onwardRecipients }: Agreement,
): InstitutionCode[] =>
  partOf === undefined ? onwardRecipients.filter(one => one !== recipient) : []

/**
 * What becomes of the handovers of a referral that is entered in error: the hub cancels those that are open. What was
 * an error is nobody's to work with, and whoever entered it cannot see them to stop them (decision 500).
 */
export const endedInError = <R extends Parties & { status: Status }>(
  handovers: readonly R[],
  now: Instant,
): { handover: R; change: StatusChange }[] =>
  handovers.flatMap(handover => {
    const command = { status: 'cancelled', reason: 'other' } as const
    const fact = changeStatus(command, handover, { by: 'hub', now })
    return 'refused' in fact ? [] : [{ handover, change: fact.change }]
  })
