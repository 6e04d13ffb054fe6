// Agreements between institutions and who may sign for them. Read from infra/agreements at deployment, kept in the
// Directory.
import * as z from 'zod'
import { because } from './field-codes.ts'
import { AgreementId, InstitutionCode, Instant, Keyid, Post } from './ids.ts'
import { CalendarDate } from './standards.ts'

export const Role = z.enum(['referrer', 'recipient', 'compliance-officer', 'liaison', 'signatory'])
export type Role = z.infer<typeof Role>

/** The hub acts in the access log as `HUB`: an institution of that code could pass for it. */
export const PartyCode = InstitutionCode.refine(
  code => code !== 'HUB',
  'HUB is what the hub itself is called in its log: no institution can have this code',
)

export const Institution = z.strictObject({ code: PartyCode, name: z.string().min(1) })
export type Institution = z.infer<typeof Institution>

export const Priority = z.enum(['routine', 'urgent', 'stat'])
export type Priority = z.infer<typeof Priority>

const hoursOf = (hours: z.ZodInt) =>
  z.strictObject({ routine: hours.positive(), urgent: hours.positive(), stat: hours.positive() })

/** Not in the agreement, hence configurable. */
const policyOf = (hours: ReturnType<typeof hoursOf>, days: z.ZodInt) =>
  z.strictObject({
    answerHours: hours,
    retentionDays: days.positive(),
    // Where one of these is left out: `usualPolicy`.
    /** How long a message may lie uncollected. */
    collectHours: hours.optional(),
    /** How long a referral may stay undecided. */
    expireDays: days.positive().optional(),
    /** How long nothing may be recorded of a referral that was accepted. */
    stallDays: days.positive().optional(),
    /** Clause 15: how long after the end work in progress is finished. */
    completionDays: days.nonnegative().optional(),
    /** Clauses 8, 9: how long content is kept after a termination. */
    evidenceDays: days.nonnegative().optional(),
    /** Clause 15: whether new referrals are taken while a rescission runs. */
    referralsInNotice: z.boolean().optional(),
  })

/** An agreement as it is kept. What is asked of one is bounded besides: `DeclaredAgreement`, schemas/notice.ts. */
export const Agreement = z.strictObject({
  agreementId: AgreementId,
  title: z.string().min(1),
  parties: z.array(PartyCode).min(2),
  /** Who refers to whom. Both are parties. */
  flows: z.array(z.strictObject({ referrer: PartyCode, recipient: PartyCode })).min(1),
  /** Not parties: may receive only by the person's own consent (clause 12). */
  onwardRecipients: z.array(PartyCode),
  inForceFrom: Instant,
  /** The last instant of the term. */
  inForceUntil: Instant,
  /** Clause 4.B.1: persons with regular status too, once both parties turn it on. */
  servesRegularStatus: z.boolean(),
  /** Clause 3: distinct persons the parties want to reach. */
  targetPersons: z.int().positive(),
  policy: policyOf(hoursOf(z.int()), z.int()),
})
export type Agreement = z.infer<typeof Agreement>

/** The most that may be asked: ten years of hours, a hundred of days. */
export const most = { persons: 999_999, hours: 87_600, days: 36_500 } as const

/** An instant and a day of a term: no program's idea of "no end" (year 1, year 9999). Days are Guatemala's. */
export const TermInstant = Instant.refine(
  at => at >= '1900' && at < '2101-01-01T06',
  because('date-out-of-range'),
)
export const TermDay = CalendarDate.refine(
  day => day >= '1900' && day < '2101',
  because('date-out-of-range'),
)

export const HoursByPriority = hoursOf(z.int().max(most.hours))
export const AskedPolicy = policyOf(HoursByPriority, z.int().max(most.days))
export const AskedPersons = Agreement.shape.targetPersons.max(most.persons)

/** An agreement as a file declares it (infra/declared.ts). */
export const DeclaredAgreement = Agreement.extend({
  inForceFrom: TermInstant,
  inForceUntil: TermInstant,
  targetPersons: AskedPersons,
  policy: AskedPolicy,
})

/** Where a policy says nothing. */
export const usualPolicy = {
  /** Hours in which a message is collected, else its sender is told. */
  collectHours: { routine: 120, urgent: 24, stat: 4 },
  /** Days after which an undecided referral ends unanswered. */
  expireDays: 60,
  /** Days without anything recorded, after which both sides are told. */
  stallDays: 30,
  /** Days after the agreement's end in which work in progress is finished (clause 15). */
  completionDays: 90,
  /** Days for which content is kept after a termination (clauses 8, 9). */
  evidenceDays: 30,
  /** Whether new referrals are taken while a rescission runs. */
  referralsInNotice: true,
} as const satisfies Partial<Agreement['policy']>

/** What a signatory can give notice of (schemas/notice.ts). */
export const NoticeKind = z.enum([
  'renewal',
  'rescission',
  'amendment',
  'breach',
  'lift',
  'termination',
])
export type NoticeKind = z.infer<typeof NoticeKind>

/** `AV-2026-0001`: counted within an agreement and a year of Guatemala, without gaps. */
export const NoticeNumber = z.string().regex(/^AV-\d{4}-\d{4,}$/)

/**
 * An agreement as the directory keeps it: its terms of now, and how it stands by its notices (events/notice.ts). Rows
 * of 0.1.0 have the terms alone.
 */
export const KeptAgreement = Agreement.extend({
  /** Of the terms. Absent: the first. */
  version: z.int().positive().optional(),
  /** How many notices there are. */
  notices: z.int().positive().optional(),
  renewedUntil: Instant.optional(),
  /** The last instant, by a rescission. */
  rescindedUntil: Instant.optional(),
  frozen: z.literal(true).optional(),
  terminatedAt: Instant.optional(),
})
export type KeptAgreement = z.infer<typeof KeptAgreement>

export const Algorithm = z.enum(['ed25519', 'ecdsa-p256-sha256', 'rsa-pss-sha512'])
export type Algorithm = z.infer<typeof Algorithm>

/** A public JWK (RFC 7517) of one of the three algorithms, public members only. */
export const PublicJwk = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  z.strictObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() }),
])
export type PublicJwk = z.infer<typeof PublicJwk>

/**
 * Why a key is revoked: the reasons of RFC 5280 §5.3.1 that fit a key which is nobody's certificate. None can be taken
 * back.
 */
export const RevocationReason = z.enum([
  'unspecified',
  'key-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'privilege-withdrawn',
])
export type RevocationReason = z.infer<typeof RevocationReason>

/**
 * When a key stops: for the hub, and (RFC 5280 §5.3.2) since when its holder doubts what it signed, where that is
 * earlier.
 */
const revocation = {
  revokedAt: Instant,
  revocationReason: RevocationReason,
  invalidityDate: Instant.optional(),
}

/** What happened to a key, and by which other key of its institution. Only ever added to. */
export const KeyEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('enrolled'), at: Instant, by: z.literal('deployment') }),
  z.strictObject({ event: z.literal('proposed'), at: Instant, by: Keyid }),
  z.strictObject({ event: z.literal('confirmed'), at: Instant, by: Keyid }),
  z.strictObject({ event: z.literal('revoked'), at: Instant, by: Keyid, ...revocation }),
])
export type KeyEvent = z.infer<typeof KeyEvent>

/**
 * `proposed` and `active` are kept; readers also see `lapsed` (proposed, and not confirmed in time) and `revoked` (from
 * `revokedAt` on), by the clock. Only an active key, within its validity, signs.
 */
export const KeyState = z.enum(['proposed', 'lapsed', 'active', 'revoked'])
export type KeyState = z.infer<typeof KeyState>

/** A key of the directory: whose it is, what it may do, and when. Never deleted. */
export const DirectoryKey = z.strictObject({
  keyid: Keyid,
  institution: InstitutionCode,
  roles: z.array(Role).min(1),
  /** Where its proposal gave one. Never changes. */
  post: Post.optional(),
  alg: Algorithm,
  jwk: PublicJwk,
  validFrom: Instant,
  validUntil: Instant,
  /** Absent on keys enrolled by hubs that did not know proposals yet: active. */
  state: KeyState.optional(),
  proposedBy: Keyid.optional(),
  confirmedBy: Keyid.optional(),
  history: z.array(KeyEvent).optional(),
  revokedAt: revocation.revokedAt.optional(),
  revocationReason: RevocationReason.optional(),
  invalidityDate: Instant.optional(),
})
export type DirectoryKey = z.infer<typeof DirectoryKey>
