// What liaisons send to change their institution's keys, and what everybody sees of institutions. Keys themselves:
// agreement.ts.
import * as z from 'zod'
import { Algorithm, PartyCode, PublicJwk, RevocationReason, Role } from './agreement.ts'
import { AgreementId, InstitutionCode, Instant, Keyid, Post } from './ids.ts'
import { listOf } from './standards.ts'

/** An institution as every caller sees it. */
export const InstitutionView = z.strictObject({ institution: InstitutionCode, name: z.string() })
export type InstitutionView = z.infer<typeof InstitutionView>

/** Whom the hub takes a caller for, and what that caller needs to know of the hub. */
export const Me = z.strictObject({
  institution: InstitutionCode,
  keyid: Keyid,
  roles: z.array(Role),
  post: Post.optional(),
  validUntil: Instant,
  /** What the institution is party to. */
  agreements: z.array(AgreementId),
  /** The hub's clock. */
  now: Instant,
  /** The access log's verifier key (C2SP signed-note), and the size of its last signed checkpoint. */
  vkey: z.string(),
  logSize: z.int().nonnegative(),
})
export type Me = z.infer<typeof Me>

const Roles = listOf(Role, 1, Role.options.length)

/** A new key, with the proof that somebody holds its private half: a compact JWS by the new key itself (KeyProof). */
export const KeyProposal = z.strictObject({
  jwk: PublicJwk,
  alg: Algorithm,
  roles: Roles,
  post: Post.optional(),
  /** Now, where it is left out. */
  validFrom: Instant.optional(),
  validUntil: Instant,
  proof: z
    .string()
    .max(4096)
    .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/),
})
export type KeyProposal = z.infer<typeof KeyProposal>

/** `typ` of a proof's protected header (RFC 7515 §4.1.9). */
export const keyProofType = 'referral-hub-key-proof'

/**
 * What a proof of possession signs: the very proposal, for this hub (`aud`: its authority). `iat` in seconds (RFC 7519
 * §4.1.6).
 */
export const KeyProof = z.strictObject({
  institution: InstitutionCode,
  keyid: Keyid,
  roles: Roles,
  post: Post.optional(),
  validFrom: Instant.optional(),
  validUntil: Instant,
  aud: z.string(),
  iat: z.int(),
})
export type KeyProof = z.infer<typeof KeyProof>

/**
 * A key as the deployment enrols it: no second person, no proof, hence for first keys and for the day that an
 * institution has lost all of its own.
 */
export const FirstKey = z.strictObject({
  institution: PartyCode,
  roles: Roles,
  post: Post.optional(),
  jwk: PublicJwk,
  /** Now, where it is left out; and for two years. */
  validFrom: Instant.optional(),
  validUntil: Instant.optional(),
})

/** The second person repeats what the key is for and until when, as proposed: who has not read it cannot confirm it. */
export const KeyConfirmation = z.strictObject({ roles: Roles, validUntil: Instant })
export type KeyConfirmation = z.infer<typeof KeyConfirmation>

/**
 * `effectiveAt`: now, where it is left out. Later: the key works until then. Earlier: it stops now, and what it signed
 * since then is in doubt (`invalidityDate`).
 */
export const KeyRevocation = z.strictObject({
  reason: RevocationReason,
  effectiveAt: Instant.optional(),
})
export type KeyRevocation = z.infer<typeof KeyRevocation>
