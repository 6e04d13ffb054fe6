// Consent, on the models of ISO/IEC TS 27560 and FHIR Consent. One per referral, kept as an append-only ledger of
// events.
import * as z from 'zod'
import { because } from './field-codes.ts'
import {
  AgreementId,
  ConsentId,
  InstitutionCode,
  Instant,
  ReferralId,
  Sha256,
  StatedSha256,
} from './ids.ts'
import { LanguageTag } from './languages.ts'
import { Code, listOf } from './standards.ts'

/** The member names of a payload; each is sealed on its own. */
export const DataCategory = z.enum([
  'identity',
  'contact',
  'migrationStatus',
  'trainingProfile',
  'supportNeeds',
  'protection',
])
export type DataCategory = z.infer<typeof DataCategory>

export const Purpose = z.enum([
  'training-referral',
  'psychosocial-support',
  'mobility-stipend',
  'protection-handling',
  'status-feedback',
  'job-placement-handover',
  'aggregate-reporting',
])
export type Purpose = z.infer<typeof Purpose>

/** One line of a consent's scope: for what, to whom, which categories. */
export const ConsentPurpose = z.strictObject({
  purpose: Purpose,
  recipient: InstitutionCode,
  dataCategories: listOf(DataCategory, 1, 6),
})
export type ConsentPurpose = z.infer<typeof ConsentPurpose>

const termsOf = (language: z.ZodType<string>, sha256: typeof Sha256) =>
  z.strictObject({
    jurisdiction: z.literal('GT').default('GT'),
    lawfulBasis: z.literal('consent').default('consent'),
    notice: z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,64}$/),
      version: z.string().regex(/^[A-Za-z0-9.-]{1,32}$/),
      language,
      sha256,
    }),
    grantor: z.strictObject({
      type: z.enum(['self', 'guardian', 'representative']),
      relationship: Code.optional(),
      assent: z.boolean().optional(),
    }),
    method: z.enum(['signature', 'thumbprint', 'witnessed-verbal', 'electronic']),
    witnessed: z.boolean().optional(),
    interpreterUsed: z.boolean().optional(),
    purposes: listOf(ConsentPurpose, 1, 20),
    grantedAt: Instant,
    validUntil: Instant,
    evidenceSha256: sha256,
  })

/**
 * What the person was told and agreed to, as the referrer declares it. The signed sheet itself stays with the referrer.
 */
export const ConsentTerms = termsOf(LanguageTag, StatedSha256)
  .refine(terms => terms.grantedAt < terms.validUntil, {
    path: ['validUntil'],
    ...because('before-granted'),
  })
  .refine(({ method, witnessed }) => method !== 'witnessed-verbal' || witnessed === true, {
    path: ['witnessed'],
    ...because('required', ['true']),
  })
  .refine(({ grantor }) => grantor.type === 'self' || grantor.relationship !== undefined, {
    path: ['grantor', 'relationship'],
    ...because('required'),
  })
export type ConsentTerms = z.infer<typeof ConsentTerms>

/** The terms of a consent in the ledger: whatever an earlier version took can still be read, and withdrawn. */
const KeptTerms = termsOf(z.string(), Sha256)

/** How somebody may ask for a withdrawal, and whom it is asked for by: always the person's side, through a party. */
export const WithdrawalCommand = z.strictObject({
  requestedBy: z.enum(['self', 'guardian', 'representative']),
  method: Code,
  /** When the person said so. */
  at: Instant,
})
export type WithdrawalCommand = z.infer<typeof WithdrawalCommand>

/** Body of `POST …/deletion-confirmation`. `at`: when the recipient had deleted what it held. */
export const DeletionConfirmation = z.strictObject({ at: Instant })
export type DeletionConfirmation = z.infer<typeof DeletionConfirmation>

const later = { consentId: ConsentId, n: z.int().min(2), at: Instant }

/** The ledger's events, in order of `n` from 1. The current state is their fold (events/consent.ts). */
export const ConsentEvent = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('granted'),
    consentId: ConsentId,
    n: z.literal(1),
    at: Instant,
    by: InstitutionCode,
    referralId: ReferralId,
    agreementId: AgreementId,
    terms: KeptTerms,
  }),
  z.strictObject({
    event: z.literal('withdrawn'),
    ...later,
    by: InstitutionCode,
    requestedBy: WithdrawalCommand.shape.requestedBy,
    method: Code,
    statedAt: Instant,
  }),
  z.strictObject({ event: z.literal('expired'), ...later, by: z.literal('hub') }),
  z.strictObject({ event: z.literal('deletion-requested'), ...later, by: z.literal('hub') }),
  z.strictObject({
    event: z.literal('deletion-confirmed'),
    ...later,
    by: InstitutionCode,
    statedAt: Instant,
  }),
])
export type ConsentEvent = z.infer<typeof ConsentEvent>

/** A consent as its parties see it: terms of release and what happened to it, nobody's name. */
export const ConsentView = z.strictObject({
  consentId: ConsentId,
  referralId: ReferralId,
  agreementId: AgreementId,
  state: z.enum(['granted', 'withdrawn', 'expired']),
  deletion: z.enum(['none', 'requested', 'confirmed']),
  purposes: z.array(ConsentPurpose),
  validUntil: Instant,
  events: z.array(
    z.strictObject({
      event: z.enum([
        'granted',
        'withdrawn',
        'expired',
        'deletion-requested',
        'deletion-confirmed',
      ]),
      at: Instant,
      by: z.union([InstitutionCode, z.literal('hub')]),
      requestedBy: WithdrawalCommand.shape.requestedBy.optional(),
      method: z.string().optional(),
      statedAt: Instant.optional(),
    }),
  ),
  /**
   * Only in the answer to a withdrawal: releases that had been logged so shortly before that they may still be
   * arriving.
   */
  releasesInFlight: z.int().nonnegative().optional(),
})
export type ConsentView = z.infer<typeof ConsentView>
