// A referral that ALA follows up, and the consents it may be under, for the tests of milestones.
import { foldConsent } from '../../events/consent.ts'
import { type Followed } from '../../events/milestone.ts'
import type { ConsentTerms } from '../../schemas/consent.ts'
import type { Milestone, RecordedMilestone } from '../../schemas/milestone.ts'
import { after, ala, igm, now, oim } from './given.ts'
import { type LaterName, basicTerms, ledger } from './ledger.ts'

export const day = 86_400_000
export const today = '2026-11-21'
export const line = (
  purpose: ConsentTerms['purposes'][number]['purpose'],
  recipient: typeof ala,
) => ({
  purpose,
  recipient,
  dataCategories: ['identity' as const],
})
export const training = line('training-referral', ala)
export const feedback = line('status-feedback', igm)
export const handover = line('job-placement-handover', oim)
export const consentTo = (purposes: ConsentTerms['purposes'], ...events: LaterName[]) =>
  foldConsent(ledger(events, { ...basicTerms, purposes }))
export const everything = consentTo([training, feedback, handover])

/** A referral of 1 November that is accepted, with these milestones, each of its own day. */
export const followed = (
  milestones: (readonly [milestone: Milestone, on: string, voided?: 'voided'])[] = [],
  more: Partial<Followed> = {},
): Followed => ({
  referrer: igm,
  recipient: ala,
  status: 'accepted',
  submittedAt: after(now, -20 * day),
  milestones: milestones.map(([milestone, on, voided], i): RecordedMilestone => ({
    n: i + 1,
    milestone,
    on,
    recordedAt: now,
    ...(voided ? { voidedAt: now } : {}),
  })),
  ...more,
})
export const around = { consent: everything, by: ala, now }
