// The sender's own number for a referral may itself point at a person (a case number often does): it is kept sealed,
// and opened only when the sender looks. Half of its key lies with the referral's key: whoever destroys that, destroys
// this too.
import { createHmac, hkdfSync } from 'node:crypto'
import type { ReferralId } from '../../schemas/ids.ts'
import { type ExternalId, KeptExternalId } from '../../schemas/referral.ts'
import { openCompact, sealCompact } from './compact-jwe.ts'

/** Bytes of every sealed id: 64 characters, six bytes each where JSON escapes them, and the quotes. */
const width = 512

/**
 * The key for the external id of one referral.
 *
 * @param senderKey 32 bytes, the same for all referrals of one institution (functions/aws/kms.ts)
 * @param wrapped the referral's wrapped key: random, and kept in ReferralKeys alone
 */
export const externalIdKey = (senderKey: Uint8Array, wrapped: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', senderKey, wrapped, 'referral-hub/external-id/v1', 32))

/** @param key of this referral (`externalIdKey`) */
export const sealExternalId = (
  externalId: ExternalId,
  key: Uint8Array,
  referralId: ReferralId,
): string => {
  const padded = Buffer.alloc(width, ' ')
  padded.write(JSON.stringify(externalId))
  return sealCompact(padded, key, { referralId })
}

export const openExternalId = (
  sealed: string,
  key: Uint8Array,
  referralId: ReferralId,
): ExternalId => {
  const { plaintext, header } = openCompact(sealed, key)
  if (header['referralId'] !== referralId) throw new Error('the external id is of another referral')
  return KeptExternalId.parse(JSON.parse(plaintext.toString()))
}

/** What keeps an external id unique without keeping it. */
export const externalIdName = (externalId: ExternalId, senderKey: Uint8Array): string =>
  createHmac('sha256', senderKey).update(`external-id-name/v1\n${externalId}`).digest('base64url')
