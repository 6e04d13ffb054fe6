// A referral as it crosses the boundary: the submission a referrer posts, the payload that is always sealed, the header that is clear.
import * as z from 'zod'
import { Priority } from './agreement.ts'
import { ConsentTerms, type DataCategory } from './consent.ts'
import { isCui, isMunicipality } from './guatemala.ts'
import { AgreementId, ConsentId, Folio, InstitutionCode, Instant, ReferralId, Salt } from './ids.ts'
import {
  CalendarDate,
  Code,
  Country,
  LanguageTag,
  PartialDate,
  Phone,
  listOf,
} from './standards.ts'

// Two linear patterns: one that looked for a letter anywhere would take quadratic time on a body's length.
const Name = z
  .string()
  .regex(/^[^\p{Cc}]{1,100}$/u)
  .regex(/\S/)
const Names = z.array(Name).max(8)
const DocumentNumber = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}$/)

const Document = z
  .strictObject({
    type: z.enum([
      'passport',
      'national-id',
      'provisional-stay',
      'humanitarian-stay',
      'refugee-certificate',
      'refugee-card',
      'temporary-residence',
      'permanent-residence',
      'dpi-foreign-resident',
      'unhcr-certificate',
      'birth-certificate',
      'other',
      'none',
    ]),
    number: DocumentNumber.optional(),
    issuingCountry: Country.optional(),
    expiresOn: CalendarDate.optional(),
    reason: Code.optional(),
  })
  .refine(document => document.type !== 'none' || document.reason !== undefined, {
    path: ['reason'],
    params: { code: 'required' },
  })
  .refine(document => document.type !== 'none' || document.number === undefined, {
    path: ['number'],
    params: { code: 'not-allowed' },
  })
  .refine(
    document =>
      document.type !== 'dpi-foreign-resident' ||
      document.number === undefined ||
      isCui(document.number),
    { path: ['number'], params: { code: 'cui' } },
  )
export type Document = z.infer<typeof Document>

const Identity = z
  .strictObject({
    givenNames: Names.optional(),
    familyNames: Names.optional(),
    alias: Name.optional(),
    originalScript: Name.optional(),
    birthDate: PartialDate,
    birthDateEstimated: z.boolean().optional(),
    sex: z.enum(['F', 'M', 'X']).optional(),
    nationalities: listOf(Country, 1, 5),
    documents: listOf(Document, 1, 8),
    languages: listOf(LanguageTag, 1, 10),
    guardian: z
      .strictObject({
        givenNames: Names.min(1),
        familyNames: Names.optional(),
        relationship: Code,
        phone: Phone.optional(),
      })
      .optional(),
  })
  .refine(identity => (identity.givenNames ?? []).length > 0 || identity.alias !== undefined, {
    path: ['givenNames'],
    params: { code: 'required' },
  })

export const MigrationStatusCode = z.enum([
  'refugee-applicant',
  'refugee',
  'in-regularization',
  'regular',
  'returned-national',
  'other',
])

/** Everything personal. Coded values only: there is no place for a story, a diagnosis, an image or an address. */
export const Payload = z.strictObject({
  identity: Identity,
  contact: z
    .strictObject({
      phone: Phone.optional(),
      safeToCall: z.boolean(),
      throughLiaisonOnly: z.boolean().optional(),
      safeTimes: listOf(Code, 1, 10).optional(),
      municipality: z
        .string()
        .refine(isMunicipality, { params: { code: 'municipality' } })
        .optional(),
    })
    .optional(),
  migrationStatus: z.strictObject({
    status: MigrationStatusCode,
    caseNumber: DocumentNumber.optional(),
    validUntil: CalendarDate.optional(),
  }),
  trainingProfile: z.strictObject({
    interestDeclared: z.boolean(),
    interests: listOf(Code, 0, 20),
    schooling: Code.optional(),
    experience: listOf(Code, 0, 20).optional(),
    availability: listOf(Code, 0, 10).optional(),
  }),
  supportNeeds: z
    .strictObject({
      needs: listOf(
        z.enum(['interpreter', 'childcare', 'accessibility', 'transport', 'literacy']),
        0,
        5,
      ),
    })
    .optional(),
  protection: z
    .strictObject({
      handling: listOf(
        z.enum([
          'same-sex-staff',
          'confidential-location',
          'do-not-contact-family',
          'psychosocial-priority',
          'security-alert',
        ]),
        1,
        5,
      ),
    })
    .optional(),
})
export type Payload = z.infer<typeof Payload>

/** A projection of a payload: the categories that a consent permits. */
export type Projection = { [C in DataCategory]?: NonNullable<Payload[C]> }

export const Service = z.enum([
  'vocational-profiling',
  'enrolment-guidance',
  'group-psychosocial-support',
  'mobility-stipend',
  'job-placement-handover',
])

/** The sender's own number for a referral. Shown to the sender alone, and kept sealed. */
export const ExternalId = z
  .string()
  .regex(/^[^\p{Cc}]{1,64}$/u)
  .brand('ExternalId')
export type ExternalId = z.infer<typeof ExternalId>

/** Body of `POST /v1/referrals`. `salt` keeps the logged digest of this body from being a guessing oracle. */
export const Submission = z.strictObject({
  externalId: ExternalId,
  agreementId: AgreementId,
  recipient: InstitutionCode,
  priority: Priority,
  services: listOf(Service, 1, 5),
  salt: Salt,
  consent: ConsentTerms,
  payload: Payload,
})
export type Submission = z.infer<typeof Submission>

/** HL7 FHIR R4 Task.status codes. */
export const Status = z.enum([
  'requested',
  'received',
  'accepted',
  'in-progress',
  'on-hold',
  'completed',
  'rejected',
  'failed',
  'cancelled',
  'entered-in-error',
])
export type Status = z.infer<typeof Status>

export const Reason = z.enum([
  'no-capacity',
  'waitlisted',
  'not-eligible',
  'unreachable',
  'declined-by-person',
  'consent-withdrawn',
  'consent-expired',
  'duplicate',
  'out-of-area',
  'additional-assessment-required',
  'redirected',
  'not-collected',
  'safety-risk',
  'agreement-ended',
  'other',
])
export type Reason = z.infer<typeof Reason>

export const Milestone = z.enum([
  'contact-made',
  'profiled',
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
])

export const DeliveryState = z.enum(['queued', 'delivered', 'acknowledged', 'undelivered'])
export type DeliveryState = z.infer<typeof DeliveryState>
export const ContentState = z.enum(['sealed', 'released', 'shredded'])
export type ContentState = z.infer<typeof ContentState>

export const StatusChange = z.strictObject({
  status: Status,
  at: Instant,
  by: z.union([InstitutionCode, z.literal('hub')]),
  reason: Reason.optional(),
})
export type StatusChange = z.infer<typeof StatusChange>

/** What both parties may see of a referral: routing, nothing personal. `externalId` is added for the sender alone. */
export const ReferralHeader = z.strictObject({
  referralId: ReferralId,
  folio: Folio,
  agreementId: AgreementId,
  referrer: InstitutionCode,
  recipient: InstitutionCode,
  priority: Priority,
  services: z.array(Service),
  consentId: ConsentId,
  submittedAt: Instant,
  respondBy: Instant,
  status: Status,
  deliveryState: DeliveryState,
  contentState: ContentState,
  version: z.int().positive(),
  history: z.array(StatusChange),
  milestones: z.array(
    z.strictObject({ milestone: Milestone, on: CalendarDate, recordedAt: Instant }),
  ),
  availableTransitions: z.array(Status),
  externalId: ExternalId.optional(),
})
export type ReferralHeader = z.infer<typeof ReferralHeader>

/** Reasons that say what became of a consent. Only the consent itself brings them about, never a status change by hand. */
export const consentReasons: readonly Reason[] = ['consent-withdrawn', 'consent-expired']

/** Body of `POST /v1/referrals/{referralId}/status`. */
export const StatusCommand = z.strictObject({ status: Status, reason: Reason.optional() })
export type StatusCommand = z.infer<typeof StatusCommand>
