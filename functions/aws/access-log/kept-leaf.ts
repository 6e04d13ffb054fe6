// An entry's leaf as a row keeps it: shortened. The tree, its proofs and all that leaves the table have the text
// itself.
import * as z from 'zod'
import { shortTexts } from '../../crypto/short-text.ts'

const { shorten, textOf } = shortTexts(
  String.raw`{"id":"01","time":"2026-","actor":{"institution":"ALA","keyid":"","role":"referrer"},"action":"` +
    String.raw`referral.","outcome":"allowed","referralId":"01","consentId":"01","chain":{"n":2,"prevHash":""},"` +
    String.raw`request":{"id":"01","method":"POST","path":"/v1/referrals/","contentDigest":"sha-256=:=:","signatureInput` +
    String.raw`":"hub=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"content-type\" \"` +
    String.raw`idempotency-key\");created=17;expires=17;nonce=\"\";keyid=\"\";tag=\"referral-hub\"","signature":"hub=:`,
)

export const packedLeaf = shorten

/** The text of a leaf, of rows that keep it shortened or, before 0.2, as it is. */
export const KeptLeaf = z
  .union([z.string(), z.instanceof(Uint8Array)])
  .transform(kept => (typeof kept === 'string' ? kept : textOf(kept)))
