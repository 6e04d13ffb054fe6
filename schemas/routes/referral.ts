// Referrals.
import * as z from 'zod'
import { DataCategory, Purpose } from '../consent.ts'
import { HandoverCommand } from '../handover.ts'
import { Instant, ReferralId } from '../ids.ts'
import { MilestoneCommand, MilestoneNumber, VoidCommand } from '../milestone.ts'
import { ProjectedPayload } from '../payload.ts'
import { ReferralHeader, Status, StatusCommand, Submission } from '../referral.ts'
import { type RouteSpec, anyCase, given, page, pageOf, severalOf } from './spec.ts'

const referralParams = z.strictObject({ referralId: anyCase(ReferralId) })

/** As it stands in a path: schemas/milestone.ts `MilestoneNumber`. */
const milestoneNumber = z
  .string()
  .regex(/^[1-9]\d*$/)
  .transform(Number)
  .pipe(MilestoneNumber)

export const referralRoutes = {
  'referral.submit': {
    method: 'POST',
    path: '/v1/referrals',
    summary: 'Refer a person to another institution',
    action: 'referral.submit',
    roles: ['referrer'],
    idempotencyKey: 'required',
    body: Submission,
    answer: { status: 201, schema: ReferralHeader },
    refusals: [
      'external-id-exists',
      'duplicate-active-referral',
      'agreement-not-in-force',
      'agreement-frozen',
      'eligibility-population',
      'eligibility-status',
      'interest-not-declared',
      'consent-missing-purpose',
      'consent-expired',
      'consent-outlives-agreement',
      'minor-needs-guardian-and-assent',
      'recipient-not-party',
    ],
  },
  'referral.read': {
    method: 'GET',
    path: '/v1/referrals/{referralId}',
    summary: 'Read the header of a referral',
    action: 'referral.read',
    roles: ['referrer', 'recipient', 'liaison', 'compliance-officer'],
    idempotencyKey: 'none',
    params: referralParams,
    answer: { status: 200, schema: ReferralHeader },
    refusals: [],
  },
  'referral.list': {
    method: 'GET',
    path: '/v1/referrals',
    summary: 'List the referrals you sent or received, newest change first',
    action: 'referral.list',
    roles: ['referrer', 'recipient', 'liaison', 'compliance-officer'],
    idempotencyKey: 'none',
    query: z.strictObject({
      direction: given(z.enum(['sent', 'received'])),
      status: severalOf(Status),
      updatedSince: given(Instant),
      // As it is read from paper or heard by telephone: events/folio.ts `readFolio`.
      folio: given(z.string().regex(/^[0-9A-Za-z*~$=-]{8,24}$/)),
      overdue: given(z.literal('true')),
      partOf: given(anyCase(ReferralId)),
      ...page,
    }),
    repeated: ['status'],
    answer: { status: 200, schema: pageOf(ReferralHeader) },
    refusals: [],
  },
  'referral.status': {
    method: 'POST',
    path: '/v1/referrals/{referralId}/status',
    summary: 'Change the status of a referral',
    action: 'referral.status',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'required',
    params: referralParams,
    body: StatusCommand,
    answer: { status: 200, schema: ReferralHeader },
    refusals: [
      'transition-not-allowed',
      'version-mismatch',
      'reason-required',
      'precondition-required',
    ],
  },
  'referral.milestone': {
    method: 'POST',
    path: '/v1/referrals/{referralId}/milestones',
    summary: 'Record how far the person has come: a code and a day',
    action: 'referral.milestone',
    roles: ['recipient'],
    idempotencyKey: 'required',
    params: referralParams,
    body: MilestoneCommand,
    answer: { status: 201, schema: ReferralHeader },
    refusals: [
      'transition-not-allowed',
      'consent-missing-purpose',
      'consent-expired',
      'milestone-exists',
      'milestones-full',
    ],
    // At submission the request cannot be processed; here the caller may not.
    statuses: { 'consent-missing-purpose': 403, 'consent-expired': 403 },
  },
  'referral.void-milestone': {
    method: 'POST',
    path: '/v1/referrals/{referralId}/milestones/{n}/void',
    summary: 'Void a milestone that was entered in error: it stays, and counts no more',
    action: 'referral.void-milestone',
    roles: ['recipient'],
    idempotencyKey: 'required',
    params: referralParams.extend({ n: milestoneNumber }),
    body: VoidCommand,
    answer: { status: 200, schema: ReferralHeader },
    refusals: ['milestone-voided'],
  },
  'referral.handover': {
    method: 'POST',
    path: '/v1/referrals/{referralId}/handover',
    summary: 'Hand a person over to an onward recipient, for placement in work',
    action: 'referral.handover',
    roles: ['recipient'],
    idempotencyKey: 'required',
    params: referralParams,
    body: HandoverCommand,
    answer: { status: 201, schema: ReferralHeader },
    refusals: [
      'agreement-frozen',
      'agreement-not-in-force',
      'transition-not-allowed',
      'recipient-not-party',
      'consent-missing-purpose',
      'consent-expired',
      'handover-exists',
      'handovers-full',
      'milestones-full',
    ],
    // At submission the request cannot be processed; here the caller may not.
    statuses: { 'consent-missing-purpose': 403, 'consent-expired': 403 },
  },
  'referral.release': {
    method: 'POST',
    path: '/v1/referrals/{referralId}/release',
    summary:
      'Open the content of a referral, the first time or again, for one purpose of its consent',
    action: 'referral.release',
    roles: ['recipient'],
    idempotencyKey: 'optional',
    params: referralParams,
    body: z.strictObject({ purpose: Purpose }),
    answer: {
      status: 200,
      schema: z.strictObject({
        referral: ReferralHeader,
        payload: ProjectedPayload,
        withheld: z.array(DataCategory),
        proof: z.string().optional(),
      }),
    },
    refusals: [
      'consent-missing-purpose',
      'consent-expired',
      'content-shredded',
      'agreement-not-in-force',
      'agreement-frozen',
      'transition-not-allowed',
      'log-stale',
    ],
    // At submission the request cannot be processed; here the caller may not.
    statuses: { 'consent-missing-purpose': 403, 'consent-expired': 403 },
  },
  'referral.receipt': {
    method: 'GET',
    path: '/v1/referrals/{referralId}/receipt',
    summary: 'Proof that your submission is in the access log (C2SP tlog-proof)',
    action: 'referral.receipt',
    roles: ['referrer'],
    idempotencyKey: 'none',
    params: referralParams,
    answer: { status: 200, schema: z.string(), mediaType: 'text/plain' },
    later: { schema: z.literal('not-yet-sequenced\n'), mediaType: 'text/plain' },
    refusals: ['not-yet-sequenced'],
  },
} as const satisfies Record<string, RouteSpec>
