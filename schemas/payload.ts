// The payload of a referral: all that is personal, always sealed.
import * as z from 'zod'
import type { DataCategory } from './consent.ts'
import { isCui, isMunicipality } from './guatemala.ts'
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
