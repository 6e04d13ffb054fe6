// The certificate of destruction: what the hub destroyed of a referral, and what it keeps and why. It never says
// "erased everywhere".
import * as z from 'zod'
import { ConsentView } from './consent.ts'
import {
  AgreementId,
  ConsentId,
  EntryId,
  Folio,
  InstitutionCode,
  Instant,
  ReferralId,
  Sha256,
} from './ids.ts'

/** One sentence in both languages. */
export const Sentence = z.strictObject({ es: z.string(), en: z.string() })
export type Sentence = z.infer<typeof Sentence>

export const Certificate = z.strictObject({
  consentId: ConsentId,
  referralId: ReferralId,
  folio: Folio,
  /**
   * All that ended with the content: the referral, and what was handed over of it, as far as the reader knows of it.
   */
  referrals: z.array(z.strictObject({ referralId: ReferralId, folio: Folio })).min(1),
  agreementId: AgreementId,
  cause: z.enum(['withdrawal', 'retention']),
  /**
   * Whose request: the party that passed it on and in which capacity it was made. Absent for retention, which is
   * policy.
   */
  requestedBy: z
    .strictObject({
      institution: InstitutionCode,
      capacity: z.enum(['self', 'guardian', 'representative']),
    })
    .optional(),
  destroyedAt: Instant,
  destroyed: z.array(z.strictObject({ what: Sentence, digest: Sha256.optional() })),
  remains: z.array(z.strictObject({ what: Sentence, why: Sentence })),
  deletion: ConsentView.shape.deletion,
  deletionConfirmedAt: Instant.optional(),
  /** Entries of the access log that tell of it. `index` is missing only where the log could not be signed just now. */
  logEntries: z.array(
    z.strictObject({
      index: z.int().nonnegative().optional(),
      id: EntryId,
      action: z.string(),
      time: Instant,
    }),
  ),
  /**
   * The log's last signed checkpoint (C2SP tlog-checkpoint) when this was issued: it covers every entry above that has
   * an index. Absent only while the log cannot be signed at all.
   */
  checkpoint: z.string().optional(),
  statement: Sentence,
  issuedAt: Instant,
})
export type Certificate = z.infer<typeof Certificate>
