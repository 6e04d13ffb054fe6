// Identifiers and times, parsed once at each boundary into branded types. No logic beyond their shape.
import * as z from 'zod'

/** UUID version 7 (RFC 9562 §5.7), lower case. */
const uuidv7 = () => z.uuidv7().regex(/^[0-9a-f-]{36}$/)

export const ReferralId = uuidv7().brand('ReferralId')
export type ReferralId = z.infer<typeof ReferralId>

export const ConsentId = uuidv7().brand('ConsentId')
export type ConsentId = z.infer<typeof ConsentId>

/** Identifies one access-log entry, one message and one request each; time-ordered, so it sorts by when it happened. */
export const EntryId = uuidv7().brand('EntryId')
export type EntryId = z.infer<typeof EntryId>

export const MessageId = uuidv7().brand('MessageId')
export type MessageId = z.infer<typeof MessageId>

export const RequestId = uuidv7().brand('RequestId')
export type RequestId = z.infer<typeof RequestId>

/** An institution's short code, as the agreements spell it: `IGM`, `ALA`, `OIM`. */
export const InstitutionCode = z
  .string()
  .regex(/^[A-Z]{2,8}$/)
  .brand('InstitutionCode')
export type InstitutionCode = z.infer<typeof InstitutionCode>

export const AgreementId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64)
  .brand('AgreementId')
export type AgreementId = z.infer<typeof AgreementId>

/**
 * Whose officers read an entry of the access log: those of an agreement's parties (its id), or of the two sides of a
 * handover alone (`ALA+OIM`). Made by events/seen-under.ts.
 */
export const SeenUnder = z.string().brand('SeenUnder')
export type SeenUnder = z.infer<typeof SeenUnder>

/** RFC 7638 JWK SHA-256 thumbprint, base64url: 43 characters. */
export const Keyid = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .brand('Keyid')
export type Keyid = z.infer<typeof Keyid>

/** A keyid, or its first characters: from 8 on nobody meets two keys by chance. */
export const KeyidPrefix = z.string().regex(/^[A-Za-z0-9_-]{8,43}$/)

/**
 * A post within an institution, e.g. `IGM-CUMP-01`: no name. Who holds it, and since when, is known inside the
 * institution only.
 */
export const Post = z
  .string()
  .regex(/^[A-Z0-9-]{3,24}$/)
  .brand('Post')
export type Post = z.infer<typeof Post>

/** `REF-XXXX-XXXX-C`: Crockford base32 of 40 random bits with its mod-37 check symbol (see events/folio.ts). */
export const Folio = z
  .string()
  .regex(/^REF-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z*~$=U]$/)
  .brand('Folio')
export type Folio = z.infer<typeof Folio>

/** RFC 3339, UTC (`Z`), exactly three decimals, a day that the calendar has. Compares as text. */
export const Instant = z.iso.datetime({ precision: 3 }).brand('Instant')
export type Instant = z.infer<typeof Instant>

/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('Sha256')
export type Sha256 = z.infer<typeof Sha256>

/** A SHA-256 as somebody's program printed it, in either case: kept in lower case. */
export const StatedSha256 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/)
  .toLowerCase()
  .brand('Sha256')

/** What a caller names a write by, so that a retry has one effect: 16–64 of `[A-Za-z0-9_-]`. */
export const IdempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/)
  .brand('IdempotencyKey')
export type IdempotencyKey = z.infer<typeof IdempotencyKey>

/** 16 random bytes, base64url without padding: 22 characters, the last one canonical. */
export const Salt = z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)
