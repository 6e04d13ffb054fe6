// The envelope: each data category of a referral sealed on its own (RFC 7516 compact JWE, dir + A256GCM), so that a
// release opens only what it gives.
import { createHash, hkdfSync } from 'node:crypto'
import type { ReleaseReceipt } from '../../events/access-log.ts'
import { type Content, contentOf } from '../../events/handover.ts'
import { DataCategory } from '../../schemas/consent.ts'
import type { Sha256 } from '../../schemas/ids.ts'
import type { Envelope } from '../../schemas/inbox.ts'
import { KeptPayload, type Payload, type Projection } from '../../schemas/payload.ts'
import { openCompact, sealCompact } from './compact-jwe.ts'

/** What an envelope is bound to. It is in every protected header and in the KMS encryption context of its key. */
export type Binding = Content

/** Plaintexts grow in steps of this many bytes, so that sizes say nothing. JSON ignores the spaces that fill them. */
const step = 256

/** HKDF-SHA256 (RFC 5869) without salt; info names the format and the category. */
const categoryKey = (referralKey: Uint8Array, category: DataCategory): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', referralKey, '', `referral-hub/envelope/v1/${category}`, 32))

const bound = (category: DataCategory, binding: Binding) => ({ category, ...binding })

/** Seals every category that the payload has. `referralKey`: 32 bytes, used for this referral only. */
export const seal = (payload: Payload, referralKey: Uint8Array, binding: Binding): Envelope => {
  const sealed: Envelope = {}
  for (const category of DataCategory.options) {
    if (payload[category] === undefined) continue
    const bytes = Buffer.from(JSON.stringify(payload[category]))
    const padded = Buffer.alloc(Math.ceil(bytes.length / step) * step, ' ')
    bytes.copy(padded)
    const key = categoryKey(referralKey, category)
    sealed[category] = sealCompact(padded, key, bound(category, binding))
  }
  return sealed
}

/**
 * Opens the categories that a receipt was written for, and no other. Throws if a compartment is missing, was altered,
 * belongs to another referral, agreement, recipient or category, or is not what a referrer could ever send.
 *
 * @param referral whose content it is: its own, or its parent's where it was handed over
 * @param receipt proof that this very release is in the access log; it decides which categories are opened
 */
export const open = (
  envelope: Envelope,
  referralKey: Uint8Array,
  referral: Parameters<typeof contentOf>[0],
  receipt: ReleaseReceipt,
): Projection => {
  if (receipt.referralId !== referral.referralId)
    throw new Error('the receipt is for another referral')
  const binding = contentOf(referral)
  const opened: Record<string, unknown> = {}
  for (const category of receipt.categories) {
    const { plaintext, header } = openCompact(
      envelope[category] ?? '',
      categoryKey(referralKey, category),
    )
    const expected = Object.entries(bound(category, binding))
    if (!expected.every(([name, value]) => header[name] === value))
      throw new Error('the compartment is bound to something else')
    opened[category] = JSON.parse(plaintext.toString())
  }
  return KeptPayload.partial().parse(opened) as Projection
}

/**
 * SHA-256 over the compartments in the order of their categories: names a ciphertext in the log, says nothing of its
 * content.
 */
export const envelopeDigest = (envelope: Envelope): Sha256 => {
  const hash = createHash('sha256')
  for (const category of DataCategory.options)
    if (envelope[category] !== undefined) hash.update(`${category}:${envelope[category]}\n`)
  return hash.digest('hex') as Sha256
}

/** The categories an envelope holds. */
export const categoriesOf = (envelope: Envelope): DataCategory[] =>
  DataCategory.options.filter(category => envelope[category] !== undefined)
