// The destruction of a referral's content, the same for a withdrawal and for retention: its key is deleted, and what
// the key opened goes with it.
import { createHash } from 'node:crypto'
import type { Instant, Sha256 } from '../../schemas/ids.ts'
import type { Write } from '../aws/dynamodb.ts'
import type { ReferralKeys } from '../aws/referral-keys.ts'
import type { Envelopes } from '../aws/envelopes.ts'
import type { Change, ReferralRow, Referrals } from '../aws/referrals.ts'

/** Names a destroyed key in the log: SHA-256 of the blob that KMS had wrapped it in. */
export const keyDigest = (wrapped: Uint8Array): Sha256 =>
  createHash('sha256').update(wrapped).digest('hex') as Sha256

/**
 * The writes of a destruction: the key (where there still is one), the ciphertext, the duplicate guards, the
 * clock's plans. Copies of the ciphertext in queues, parked messages and backups stay, and stay shut.
 *
 * @param end.wrapped the key, where there still is one
 * @param end.change what else changes in the row in the same transaction
 */
export const shred = (
  referral: ReferralRow,
  { wrapped, change, at }: { wrapped: Uint8Array | undefined; change: Change; at: Instant },
  deps: {
    referrals: Pick<Referrals, 'change' | 'releaseGuard'>
    referralKeys: Pick<ReferralKeys, 'destroy'>
    envelopes: Pick<Envelopes, 'destroy'>
  },
): Write[] => [
  ...(wrapped ? [deps.referralKeys.destroy(referral.referralId, wrapped)] : []),
  deps.envelopes.destroy(referral.referralId),
  deps.referrals.change(
    referral,
    {
      ...change,
      contentState: 'shredded',
      ...(referral.envelope && { envelope: undefined }),
      openGuards: [],
      recentReleases: [],
      due: undefined,
      dueAt: undefined,
    },
    at,
  ),
  ...referral.openGuards.map(name => deps.referrals.releaseGuard(name, referral.referralId)),
]
