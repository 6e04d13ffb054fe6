// The payload of a referral: all that is personal, always sealed.
import * as z from 'zod'
import type { DataCategory } from './consent.ts'
import { CaseNumber, type Document, KeptDocument, SentDocument } from './documents.ts'
import { because } from './field-codes.ts'
import { isMunicipality } from './guatemala.ts'
import { Languages } from './languages.ts'
import { Code, Country, ExpiryDate, PartialDate, Phone, listOf } from './standards.ts'
import { Name } from './text.ts'

/** What a payload is made of: as it is asked of a referrer now, and as any version of the hub sealed it. */
type Parts = {
  name: z.ZodType<string>
  document: z.ZodType<Document>
  languages: z.ZodType<string[]>
  phone: z.ZodType<string>
  caseNumber: z.ZodType<string>
  expiry: z.ZodType<string>
}
const sent: Parts = {
  name: Name,
  document: SentDocument,
  languages: Languages,
  phone: Phone,
  caseNumber: CaseNumber,
  expiry: ExpiryDate,
}
const kept: Parts = {
  name: z.string(),
  document: KeptDocument,
  languages: z.array(z.string()),
  phone: z.string(),
  caseNumber: z.string(),
  expiry: z.string(),
}

const identityOf = ({ name, document, languages, phone }: Parts) => {
  const names = z.array(name).max(8)
  return z.strictObject({
    givenNames: names.optional(),
    familyNames: names.optional(),
    alias: name.optional(),
    originalScript: name.optional(),
    birthDate: PartialDate,
    birthDateEstimated: z.boolean().optional(),
    sex: z.enum(['F', 'M', 'X']).optional(),
    nationalities: listOf(Country, 1, 5),
    documents: listOf(document, 1, 8),
    languages,
    guardian: z
      .strictObject({
        givenNames: names.min(1),
        familyNames: names.optional(),
        relationship: Code,
        phone: phone.optional(),
      })
      .optional(),
  })
}

const Identity = identityOf(sent).refine(
  identity => (identity.givenNames ?? []).length > 0 || identity.alias !== undefined,
  { path: ['givenNames'], ...because('required') },
)
type Identity = z.infer<typeof Identity>

export const MigrationStatusCode = z.enum([
  'refugee-applicant',
  'refugee',
  'in-regularization',
  'regular',
  'returned-national',
  'other',
])

const payloadOf = ({ phone, caseNumber, expiry }: Parts, identity: z.ZodType<Identity>) =>
  z.strictObject({
    identity,
    contact: z
      .strictObject({
        phone: phone.optional(),
        safeToCall: z.boolean(),
        throughLiaisonOnly: z.boolean().optional(),
        safeTimes: listOf(Code, 1, 10).optional(),
        municipality: z.string().refine(isMunicipality, because('municipality')).optional(),
      })
      .optional(),
    migrationStatus: z.strictObject({
      status: MigrationStatusCode,
      caseNumber: caseNumber.optional(),
      validUntil: expiry.optional(),
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

/** Everything personal. Coded values only: there is no place for a story, a diagnosis, an image or an address. */
export const Payload = payloadOf(sent, Identity)
export type Payload = z.infer<typeof Payload>

/** What leaves of a payload: the categories that a consent permits. */
export const ProjectedPayload = Payload.partial()

/** A payload as it comes out of an envelope: what an earlier version took is still there to be opened. */
export const KeptPayload = payloadOf(kept, identityOf(kept))

/** A projection of a payload: the categories that a consent permits. */
export type Projection = { [C in DataCategory]?: NonNullable<Payload[C]> }
