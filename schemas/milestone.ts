// How far a person has come in the programme: codes and days, never a note or an amount (clause 4.B.1).
import * as z from 'zod'
import { Instant, Salt } from './ids.ts'
import { CalendarDate } from './standards.ts'

export const Milestone = z.enum([
  'contact-made',
  'profiled',
  'enrolment-guided',
  'scheduled',
  'no-show',
  'enrolled',
  'not-enrolled-on-waitlist',
  'attending',
  'psychosocial-group',
  'stipend-granted',
  'training-completed',
  'dropped-out',
  'handed-over-iom',
  'placed',
  'in-work-30-days',
  'in-work-180-days',
  'in-work-365-days',
])
export type Milestone = z.infer<typeof Milestone>

/** So many milestones one referral can hold, voided ones included: its row and its header stay small. */
export const mostMilestones = 500

/** A place among the milestones of a referral, from 1. */
export const MilestoneNumber = z.int().positive().max(mostMilestones)
export type MilestoneNumber = z.infer<typeof MilestoneNumber>

/** A milestone as it is kept. One that was entered in error stays, with the time it was voided, and counts no more. */
export const RecordedMilestone = z.strictObject({
  n: MilestoneNumber,
  milestone: Milestone,
  /** The calendar day in Guatemala. */
  on: CalendarDate,
  recordedAt: Instant,
  voidedAt: Instant.optional(),
})
export type RecordedMilestone = z.infer<typeof RecordedMilestone>

/** What the referrer is told: milestones only where the person consented to `status-feedback` for it. */
export const Feedback = z.enum(['milestones', 'status-only'])
export type Feedback = z.infer<typeof Feedback>

/**
 * Body of `POST /v1/referrals/{referralId}/milestones`. There are few codes and few days: without a `salt` the digest
 * of the body, which the access log keeps, could be guessed by whoever may read the log and not the milestones.
 */
export const MilestoneCommand = z.strictObject({
  milestone: Milestone,
  on: CalendarDate,
  salt: Salt.optional(),
})
export type MilestoneCommand = z.infer<typeof MilestoneCommand>

/** Body of `POST /v1/referrals/{referralId}/milestones/{n}/void`. */
export const VoidCommand = z.strictObject({ reason: z.literal('entered-in-error') })
export type VoidCommand = z.infer<typeof VoidCommand>
