// The rules of milestones: how far a person has come in the programme, and who is told. Pure: (command, state, now) →
// fact or refusal.
import type { FieldCode } from '../schemas/field-codes.ts'
import { dayOf } from '../schemas/guatemala.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import {
  type Feedback,
  type Milestone,
  type MilestoneCommand,
  type RecordedMilestone,
  mostMilestones,
} from '../schemas/milestone.ts'
import type { Status } from '../schemas/referral.ts'
import { laterDay } from './calendar.ts'
import { type Consent, isLive, permitsFeedback } from './consent.ts'
import type { Parties } from './referral.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What the rules look at. */
export type Followed = Parties & {
  status: Status
  submittedAt: Instant
  milestones: readonly RecordedMilestone[]
}
type Around = { consent: Consent; by: InstitutionCode; now: Instant }

/** While a referral has one of these statuses its recipient works with the person. */
const underWay: readonly Status[] = ['accepted', 'in-progress', 'on-hold']
export const isUnderWay = (status: Status): boolean => underWay.includes(status)

/** What happens again and again; every other milestone is there once, unless it was voided. */
const repeatable: readonly Milestone[] = [
  'contact-made',
  'scheduled',
  'no-show',
  'psychosocial-group',
  'stipend-granted',
]

/** So many days after the placement, at the earliest. */
const daysInWork: Partial<Record<Milestone, number>> = {
  'in-work-30-days': 30,
  'in-work-180-days': 180,
  'in-work-365-days': 365,
}

/** What tells that somebody was handed over: only with the person's consent to that (clause 12). */
const needsHandover = (milestone: Milestone): boolean =>
  milestone === 'handed-over-iom' || milestone === 'placed' || milestone in daysInWork

/**
 * Fact: the milestones after this one, what the referrer may be told of the referral, and whether it may be told now.
 */
export type MilestoneChanged = {
  changed: RecordedMilestone
  milestones: RecordedMilestone[]
  feedback: Feedback
  tells: boolean
}

/** The milestones that count. */
const standing = (milestones: readonly RecordedMilestone[]): RecordedMilestone[] =>
  milestones.filter(({ voidedAt }) => voidedAt === undefined)

/**
 * Records a milestone, or says why not: not the recipient, not under way, no consent to a handover, there already, or
 * not on that day. The first reason against it is given, in this order.
 */
export const recordMilestone = (
  { milestone, on }: MilestoneCommand,
  referral: Followed,
  around: Around,
): MilestoneChanged | Refusal => {
  const { consent, by, now } = around
  if (by !== referral.recipient) return refuse('forbidden')
  if (!isUnderWay(referral.status)) return refuse('transition-not-allowed')
  if (needsHandover(milestone)) {
    if (!consent.terms.purposes.some(({ purpose }) => purpose === 'job-placement-handover'))
      return refuse('consent-missing-purpose')
    if (!isLive(consent, now)) return refuse('consent-expired')
  }
  const counting = standing(referral.milestones)
  if (!repeatable.includes(milestone) && counting.some(one => one.milestone === milestone))
    return refuse('milestone-exists')
  if (referral.milestones.length >= mostMilestones) return refuse('milestones-full')
  const fault = dayFault({ milestone, on }, { ...referral, milestones: counting }, now)
  if (fault) return fault

  const n = referral.milestones.length + 1
  const changed = { n, milestone, on, recordedAt: now }
  return told(changed, [...referral.milestones, changed], referral, around)
}

/**
 * Voids a milestone that was entered in error, whatever the status is by now: what is wrong can always be put right.
 * One that is not there is answered as everything that is not there.
 */
export const voidMilestone = (
  n: number,
  referral: Followed,
  around: Around,
): MilestoneChanged | Refusal => {
  if (around.by !== referral.recipient) return refuse('forbidden')
  const wrong = referral.milestones.find(one => one.n === n)
  if (!wrong) return refuse('forbidden')
  if (wrong.voidedAt !== undefined) return refuse('milestone-voided')
  const changed = { ...wrong, voidedAt: around.now }
  const milestones = referral.milestones.map(one => (one === wrong ? changed : one))
  return told(changed, milestones, referral, around)
}

/**
 * What is told is judged at the moment at which it would be: what the consent says, and that it still does. Telling it
 * later, in a header, is judged there (events/referral-header.ts).
 */
const told = (
  changed: RecordedMilestone,
  milestones: RecordedMilestone[],
  { referrer }: Parties,
  { consent, now }: Around,
): MilestoneChanged => {
  const permitted = permitsFeedback(consent.terms, referrer)
  return {
    changed,
    milestones,
    feedback: permitted ? 'milestones' : 'status-only',
    tells: permitted && isLive(consent, now),
  }
}

const wrong = (pointer: '/on' | '/milestone', code: FieldCode): Refusal =>
  refuse('invalid-request', [{ pointer, code }])

/** `milestones`: those that count. Days of one form compare as text. */
const dayFault = (
  { milestone, on }: Pick<RecordedMilestone, 'milestone' | 'on'>,
  { submittedAt, milestones }: Pick<Followed, 'submittedAt' | 'milestones'>,
  now: Instant,
): Refusal | undefined => {
  if (on > dayOf(now)) return wrong('/on', 'in-the-future')
  if (on < dayOf(submittedAt)) return wrong('/on', 'before-referral')
  const days = daysInWork[milestone]
  if (days !== undefined) {
    const placed = milestones.find(one => one.milestone === 'placed')
    if (!placed) return wrong('/milestone', 'needs-placed')
    if (on < laterDay(placed.on, days)) return wrong('/on', 'too-early')
  }
  // A placement that is recorded again must still bear what was recorded of it.
  if (milestone === 'placed') {
    const borne = (one: RecordedMilestone) => {
      const after = daysInWork[one.milestone]
      return after === undefined || laterDay(on, after) <= one.on
    }
    if (!milestones.every(borne)) return wrong('/on', 'too-late')
  }
  return undefined
}
