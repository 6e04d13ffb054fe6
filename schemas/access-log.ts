// Entries of the access log and the query over them.
import * as z from 'zod'
import { DirectoryKey, KeyEvent, NoticeKind, NoticeNumber, Role } from './agreement.ts'
import { DataCategory, Purpose } from './consent.ts'
import {
  AgreementId,
  ConsentId,
  EntryId,
  InstitutionCode,
  Instant,
  Keyid,
  Post,
  ReferralId,
  RequestId,
  Sha256,
} from './ids.ts'
import { Status } from './referral.ts'

/** What comes of a referral by time alone: it is told of, ended or destroyed. */
export const clockActions = [
  'referral.shred',
  'referral.undelivered',
  'referral.overdue',
  'referral.stalled',
  'referral.not-answered',
  'referral.agreement-ended',
] as const

export const Action = z.enum([
  'referral.submit',
  'referral.read',
  'referral.list',
  'referral.release',
  'referral.status',
  'referral.milestone',
  'referral.void-milestone',
  'referral.handover',
  ...clockActions,
  'inbox.pull',
  'inbox.ack',
  'inbox.return',
  'inbox.redrive',
  'consent.read',
  'consent.withdraw',
  'consent.expiring',
  'consent.expire',
  'consent.confirm-deletion',
  'consent.certify',
  'access-log.query',
  'access-log.read',
  'access-log.cosign',
  'referral.receipt',
  'institution.list',
  'me.read',
  'report.progress',
  'key.read',
  'key.enrol',
  'key.confirm',
  'key.revoke',
  'agreement.list',
  'agreement.read',
  'agreement.notice',
  'agreement.ending',
  'hub.clock',
  'hub.console',
])
export type Action = z.infer<typeof Action>

export const Outcome = z.enum(['allowed', 'denied', 'failed'])

/** The RFC 9421 evidence of the request behind an entry, as it was received. */
export const RequestEvidence = z.strictObject({
  id: RequestId,
  method: z.string(),
  path: z.string(),
  contentDigest: z.string().optional(),
  signatureInput: z.string().optional(),
  signature: z.string().optional(),
  /** Values of the covered components that are not above, as they stood in the signature base (RFC 9421 §2.5). */
  covered: z.record(z.string(), z.string()).optional(),
})
export type RequestEvidence = z.infer<typeof RequestEvidence>

/**
 * A key as an entry leaves it, so that the directory can be rebuilt from the log alone. Its keyid is the entry's
 * `subjectKeyid`, which is the digest of its JWK (RFC 7638). `at`: when it came to be so, as its history has it.
 * `before`: the history of a key that was in the directory before the log had key histories.
 */
export const KeyTerms = DirectoryKey.pick({
  institution: true,
  roles: true,
  post: true,
  validFrom: true,
  validUntil: true,
  proposedBy: true,
  confirmedBy: true,
  revokedAt: true,
  revocationReason: true,
  invalidityDate: true,
}).extend({ at: Instant, before: z.array(KeyEvent).optional() })
export type KeyTerms = z.infer<typeof KeyTerms>

/**
 * Who did what to which referral, when, and with what outcome. Ids and codes only: nothing in an entry helps to guess a
 * person. `index` is the place in the log, from 0; an entry written less than a minute ago may not have one yet.
 */
export const AccessLogEntry = z.strictObject({
  index: z.int().nonnegative().optional(),
  id: EntryId,
  time: Instant,
  action: Action,
  outcome: Outcome,
  /** Without a key where the hub acted by the clock: institution `HUB`, role `hub`. */
  actor: z.strictObject({
    institution: InstitutionCode,
    keyid: Keyid.optional(),
    role: z.union([Role, z.literal('hub')]),
    /** The key's, where it has one. */
    post: Post.optional(),
  }),
  referralId: ReferralId.optional(),
  /**
   * Of a referral that comes of a handover, on the entry that begins it, and on the one that ends it because that was
   * entered in error: the one that was handed over.
   */
  partOf: ReferralId.optional(),
  consentId: ConsentId.optional(),
  purpose: Purpose.optional(),
  categories: z.array(DataCategory).optional(),
  code: z.string().optional(),
  /** Place among the entries that changed this referral, and the RFC 6962 leaf hash of the one before (hexadecimal). */
  chain: z.strictObject({ n: z.int().positive(), prevHash: Sha256.optional() }).optional(),
  request: RequestEvidence,
  envelopeDigest: Sha256.optional(),
  /** What the referral became, on an entry that moved it. */
  status: Status.optional(),
  /** SHA-256 of the wrapped referral key that was destroyed. */
  destroyedKeyDigest: Sha256.optional(),
  /** The key of the directory that the entry is about, where it is not the one that signed. */
  subjectKeyid: Keyid.optional(),
  /**
   * Of a key whose institution is party to nothing: its refused requests about this thing in this hour (UTC), this one
   * included.
   */
  refusals: z.int().positive().optional(),
  /** What became of that key: on every entry that changed one. */
  key: KeyTerms.optional(),
  /** The notice that was given, on every entry that gave one: what its parties both sign is the digest. */
  notice: z
    .strictObject({
      agreementId: AgreementId,
      number: NoticeNumber,
      kind: NoticeKind,
      digest: Sha256,
    })
    .optional(),
  /**
   * What the hub serves as its console from now on: the SHA-256 of `/console/manifest.json`, which has every file's.
   */
  console: z.strictObject({ manifest: Sha256 }).optional(),
  /** Which agreement's parties were told of which end, and how many days before it, on every entry that told them. */
  ending: z
    .strictObject({ agreementId: AgreementId, endsAt: Instant, days: z.int().positive() })
    .optional(),
})
export type AccessLogEntry = z.infer<typeof AccessLogEntry>

/**
 * An entry with its proof. `leaf`: base64 of the very bytes that are in the tree, which the proof (C2SP tlog-proof) is
 * of.
 */
export const ProvenEntry = z.strictObject({
  entry: AccessLogEntry,
  leaf: z.base64(),
  proof: z.string(),
})
export type ProvenEntry = z.infer<typeof ProvenEntry>

const Count = z.int().positive()

/** How often what was done on which day of Guatemala, and what releases opened; days without entries are left out. */
export const AccessLogSummary = z.strictObject({
  days: z.array(
    z.strictObject({
      day: z.iso.date(),
      counts: z.array(z.strictObject({ action: Action, outcome: Outcome, n: Count })),
    }),
  ),
  /** Releases that were allowed, over all days. */
  releases: z.array(
    z.strictObject({
      purpose: Purpose.optional(),
      categories: z.array(DataCategory),
      keyid: Keyid,
      n: Count,
    }),
  ),
})
export type AccessLogSummary = z.infer<typeof AccessLogSummary>

/**
 * A checkpoint as a liaison offers it: the log's own signature line, and the cosignature of the key that signs the
 * request.
 */
export const CosignCommand = z.strictObject({ checkpoint: z.string().min(1).max(8192) })

/**
 * The newest checkpoint that an institution cosigned. `checkpoint` is the note with every cosignature that is known of
 * it.
 */
export const CosignedCheckpoint = z.strictObject({
  institution: InstitutionCode,
  keyid: Keyid,
  size: z.int().nonnegative(),
  cosignedAt: Instant,
  checkpoint: z.string(),
})
export type CosignedCheckpoint = z.infer<typeof CosignedCheckpoint>

/** `proof`: RFC 6962 §2.1.2, hashes in base64, from what the institution cosigned before; empty the first time. */
export const CosignAnswer = CosignedCheckpoint.extend({
  origin: z.string(),
  proof: z.array(z.string()),
})
export type CosignAnswer = z.infer<typeof CosignAnswer>
