// Every route of the HTTP contract: who may call it and the shapes of what goes in and comes out.
// Doors, OpenAPI, the deployed API and the tests of who is refused are all made from this list.
import * as z from 'zod'
import {
  AccessLogEntry,
  Action,
  CosignAnswer,
  CosignCommand,
  CosignedCheckpoint,
  Outcome,
} from './access-log.ts'
import { DirectoryKey, type Role } from './agreement.ts'
import { Certificate } from './certificate.ts'
import {
  ConsentView,
  DataCategory,
  DeletionConfirmation,
  Purpose,
  WithdrawalCommand,
} from './consent.ts'
import { ConsentId, InstitutionCode, Instant, Keyid, ReferralId } from './ids.ts'
import { InstitutionView, KeyConfirmation, KeyProposal, KeyRevocation } from './institution.ts'
import { AckCommand, PullCommand, PulledMessage, ReturnCommand, SettleAnswer } from './inbox.ts'
import type { ProblemCode } from './problem.ts'
import { Payload, ReferralHeader, Status, StatusCommand, Submission } from './referral.ts'

export type RouteSpec = {
  method: 'GET' | 'POST'
  path: string
  summary: string
  /** Written to the access log; absent on open routes, which are neither signed nor logged. */
  action?: Action
  /** A key with any of these roles may call. */
  roles: readonly Role[]
  /** `required`: a POST with an effect. `optional`: may carry one, has no effect (api.md). `none`: reads. */
  idempotencyKey: 'required' | 'optional' | 'none'
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  answer: { status: 200 | 201; schema: z.ZodType }
  /** Refusals of this route's own, beside those of every signed request. */
  refusals: readonly ProblemCode[]
  /** Where this route answers a code with another status than the catalogue's. */
  statuses?: Partial<Record<ProblemCode, number>>
}

/** A query parameter that is there but empty counts as absent. */
const given = <T extends z.ZodType>(shape: T) =>
  z.preprocess(value => (value === '' ? undefined : value), shape.optional())

const page = {
  limit: given(
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .pipe(z.int().min(1).max(200)),
  ),
  cursor: given(z.string().regex(/^[A-Za-z0-9_-]{1,512}$/)),
}

const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() })

/** C2SP tlog-tiles: `<N>` in groups of three digits, all but the last behind an x, and `.p/<W>` where the tile is not full. */
const tilePath = (before: string) =>
  new RegExp(String.raw`^${before}(x\d{3}\/)*\d{3}(\.p\/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$`)

/** Whoever signs anything may see whose keys there are. */
const anyRole = ['referrer', 'recipient', 'compliance-officer', 'liaison', 'signatory'] as const

const institutionParams = z.strictObject({ institution: InstitutionCode })
const keyParams = z.strictObject({ institution: InstitutionCode, keyid: Keyid })
const consentParams = z.strictObject({ consentId: ConsentId })
const referralParams = z.strictObject({ referralId: ReferralId })

export const routes = {
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
    roles: ['referrer', 'recipient', 'liaison'],
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
    roles: ['referrer', 'recipient', 'liaison'],
    idempotencyKey: 'none',
    query: z.strictObject({
      direction: given(z.enum(['sent', 'received'])),
      status: given(Status),
      updatedSince: given(Instant),
      ...page,
    }),
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
  'referral.release': {
    method: 'POST',
    path: '/v1/referrals/{referralId}/release',
    summary: 'Open the content of a referral again, for one purpose of its consent',
    action: 'referral.release',
    roles: ['recipient'],
    idempotencyKey: 'optional',
    params: referralParams,
    body: z.strictObject({ purpose: Purpose }),
    answer: {
      status: 200,
      schema: z.strictObject({
        referral: ReferralHeader,
        payload: Payload.partial(),
        withheld: z.array(DataCategory),
        proof: z.string().optional(),
      }),
    },
    refusals: [
      'consent-missing-purpose',
      'consent-expired',
      'content-shredded',
      'transition-not-allowed',
    ],
    // At submission the request cannot be processed; here the caller may not.
    statuses: { 'consent-missing-purpose': 403, 'consent-expired': 403 },
  },
  'inbox.pull': {
    method: 'POST',
    path: '/v1/inbox/pull',
    summary: 'Pull messages from your institution’s inbox; opens what the consent permits',
    action: 'inbox.pull',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'optional',
    body: PullCommand,
    answer: { status: 200, schema: z.strictObject({ messages: z.array(PulledMessage) }) },
    refusals: [],
  },
  'inbox.ack': {
    method: 'POST',
    path: '/v1/inbox/ack',
    summary: 'Acknowledge pulled messages: they will not come again',
    action: 'inbox.ack',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'optional',
    body: AckCommand,
    answer: { status: 200, schema: SettleAnswer },
    refusals: [],
  },
  'inbox.return': {
    method: 'POST',
    path: '/v1/inbox/return',
    summary: 'Give pulled messages back: they will come again',
    action: 'inbox.return',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'optional',
    body: ReturnCommand,
    answer: { status: 200, schema: SettleAnswer },
    refusals: [],
  },
  'consent.read': {
    method: 'GET',
    path: '/v1/consents/{consentId}',
    summary: 'Read what a consent permits and what happened to it',
    action: 'consent.read',
    roles: ['referrer', 'recipient', 'liaison', 'compliance-officer'],
    idempotencyKey: 'none',
    params: consentParams,
    answer: { status: 200, schema: ConsentView },
    refusals: [],
  },
  'consent.withdraw': {
    method: 'POST',
    path: '/v1/consents/{consentId}/withdrawal',
    summary: 'Withdraw a consent for the person: its content is destroyed at once',
    action: 'consent.withdraw',
    roles: ['referrer', 'recipient'],
    idempotencyKey: 'required',
    params: consentParams,
    body: WithdrawalCommand,
    answer: { status: 200, schema: ConsentView },
    refusals: [],
  },
  'consent.confirm-deletion': {
    method: 'POST',
    path: '/v1/consents/{consentId}/deletion-confirmation',
    summary: 'Confirm that you deleted what you held under a withdrawn consent',
    action: 'consent.confirm-deletion',
    roles: ['recipient'],
    idempotencyKey: 'required',
    params: consentParams,
    body: DeletionConfirmation,
    answer: { status: 200, schema: ConsentView },
    refusals: ['transition-not-allowed'],
  },
  'consent.certify': {
    method: 'GET',
    path: '/v1/consents/{consentId}/certificate',
    summary:
      'What was destroyed, when, by whose request, and what remains and why (JSON, or a page with Accept: text/html)',
    action: 'consent.certify',
    roles: ['referrer', 'recipient', 'liaison', 'compliance-officer'],
    idempotencyKey: 'none',
    params: consentParams,
    answer: { status: 200, schema: Certificate },
    refusals: ['nothing-destroyed'],
  },
  'access-log.query': {
    method: 'GET',
    path: '/v1/access-log',
    summary: 'Who did what with the referrals of your agreements, newest first',
    action: 'access-log.query',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    query: z.strictObject({
      from: given(Instant),
      to: given(Instant),
      institution: given(InstitutionCode),
      keyid: given(Keyid),
      action: given(Action),
      outcome: given(Outcome),
      referralId: given(ReferralId),
      consentId: given(ConsentId),
      purpose: given(Purpose),
      ...page,
    }),
    answer: { status: 200, schema: pageOf(AccessLogEntry) },
    refusals: [],
  },
  'access-log.checkpoint': {
    method: 'GET',
    path: '/v1/access-log/checkpoint',
    summary:
      'The last signed checkpoint of the access log, with its cosignatures (C2SP tlog-checkpoint)',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.string() },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.public-key': {
    method: 'GET',
    path: '/v1/access-log/public-key',
    summary: 'The verifier key of the access log (C2SP signed-note vkey)',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.string() },
    refusals: [],
  },
  'access-log.proof': {
    method: 'GET',
    path: '/v1/access-log/entries/{index}/proof',
    summary: 'Proof that an entry is in the log (C2SP tlog-proof)',
    action: 'access-log.read',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    params: z.strictObject({ index: z.string().regex(/^(0|[1-9]\d{0,14})$/) }),
    answer: { status: 200, schema: z.string() },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.tile': {
    method: 'GET',
    path: '/v1/access-log/tile/{tile+}',
    summary: 'A hash tile: <L>/<N>[.p/<W>] (C2SP tlog-tiles)',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    params: z.strictObject({ tile: z.string().regex(tilePath(String.raw`(\d|[1-5]\d|6[0-3])\/`)) }),
    answer: { status: 200, schema: z.string() },
    refusals: ['not-yet-sequenced'],
  },
  // A route of its own, and the more specific one: hashes show nothing to those who countersign, entries do.
  'access-log.bundle': {
    method: 'GET',
    path: '/v1/access-log/tile/entries/{bundle+}',
    summary: 'An entry bundle: <N>[.p/<W>] (C2SP tlog-tiles)',
    action: 'access-log.read',
    roles: ['compliance-officer'],
    idempotencyKey: 'none',
    params: z.strictObject({ bundle: z.string().regex(tilePath('')) }),
    answer: { status: 200, schema: z.string() },
    refusals: ['not-yet-sequenced'],
  },
  'access-log.cosign': {
    method: 'POST',
    path: '/v1/access-log/cosignatures',
    summary: 'Countersign a checkpoint of the access log (C2SP tlog-cosignature)',
    action: 'access-log.cosign',
    roles: ['liaison'],
    idempotencyKey: 'required',
    body: CosignCommand,
    answer: { status: 201, schema: CosignAnswer },
    refusals: [
      'checkpoint-not-ours',
      'checkpoint-inconsistent',
      'checkpoint-older',
      'cosignature-invalid',
      'cosignature-time',
      'cosigner-key-unsuitable',
    ],
  },
  'access-log.cosignatures': {
    method: 'GET',
    path: '/v1/access-log/cosignatures',
    summary: 'The newest checkpoint that each institution cosigned',
    action: 'access-log.read',
    roles: ['compliance-officer', 'liaison'],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.strictObject({ items: z.array(CosignedCheckpoint) }) },
    refusals: [],
  },
  'referral.receipt': {
    method: 'GET',
    path: '/v1/referrals/{referralId}/receipt',
    summary: 'Proof that your submission is in the access log (C2SP tlog-proof)',
    action: 'referral.receipt',
    roles: ['referrer'],
    idempotencyKey: 'none',
    params: referralParams,
    answer: { status: 200, schema: z.string() },
    refusals: ['not-yet-sequenced'],
  },
  'institution.list': {
    method: 'GET',
    path: '/v1/institutions',
    summary: 'The institutions that the hub knows, by code',
    action: 'institution.list',
    roles: anyRole,
    idempotencyKey: 'none',
    query: z.strictObject(page),
    answer: { status: 200, schema: pageOf(InstitutionView) },
    refusals: [],
  },
  'institution.keys': {
    method: 'GET',
    path: '/v1/institutions/{institution}/keys',
    summary: 'The public keys of an institution, past and present',
    action: 'key.read',
    roles: anyRole,
    idempotencyKey: 'none',
    params: institutionParams,
    answer: { status: 200, schema: z.strictObject({ items: z.array(DirectoryKey) }) },
    refusals: [],
  },
  'key.enrol': {
    method: 'POST',
    path: '/v1/institutions/{institution}/keys',
    summary:
      'Propose a new key of your institution; it signs once a second person has confirmed it',
    action: 'key.enrol',
    roles: ['liaison'],
    idempotencyKey: 'required',
    params: institutionParams,
    body: KeyProposal,
    answer: { status: 201, schema: DirectoryKey },
    refusals: ['proof-invalid', 'key-exists', 'transition-not-allowed'],
  },
  'key.confirm': {
    method: 'POST',
    path: '/v1/institutions/{institution}/keys/{keyid}/confirmation',
    summary: 'Confirm, as the second person, a key that was proposed for your institution',
    action: 'key.confirm',
    roles: ['liaison', 'signatory'],
    idempotencyKey: 'required',
    params: keyParams,
    body: KeyConfirmation,
    answer: { status: 200, schema: DirectoryKey },
    refusals: ['transition-not-allowed'],
  },
  'key.revoke': {
    method: 'POST',
    path: '/v1/institutions/{institution}/keys/{keyid}/revocation',
    summary: 'Revoke a key of your institution, or your own; it takes effect on the next request',
    action: 'key.revoke',
    // Liaisons and signatories any key of their institution; every other key itself alone.
    roles: ['liaison', 'signatory', 'compliance-officer', 'referrer', 'recipient'],
    idempotencyKey: 'required',
    params: keyParams,
    body: KeyRevocation,
    answer: { status: 200, schema: DirectoryKey },
    refusals: ['transition-not-allowed'],
  },
  'health.read': {
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether table, queue and key really answer',
    roles: [],
    idempotencyKey: 'none',
    answer: {
      status: 200,
      schema: z.strictObject({
        status: z.literal('ok'),
        checks: z.strictObject({
          table: z.literal('ok'),
          queue: z.literal('ok'),
          key: z.literal('ok'),
        }),
      }),
    },
    refusals: [],
  },
  'openapi.read': {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This contract as OpenAPI 3.1',
    roles: [],
    idempotencyKey: 'none',
    answer: { status: 200, schema: z.looseObject({ openapi: z.literal('3.1.1') }) },
    refusals: [],
  },
} as const satisfies Record<string, RouteSpec>

export type RouteName = keyof typeof routes
