// The destruction of a content, the same for a withdrawal and for retention: its key is deleted, and what the key
// opened goes with it, in every referral that it was shared under.
import { createHash } from 'node:crypto'
import type { Instant, ReferralId, Sha256 } from '../../schemas/ids.ts'
import type { Write } from '../aws/dynamodb.ts'
import type { ReferralKeys } from '../aws/referral-keys.ts'
import type { Envelopes } from '../aws/envelopes.ts'
import type { Change, ReferralRow } from '../aws/referral-row.ts'
import type { Referrals } from '../aws/referrals.ts'

/** What every door that destroys content needs. */
export const shredding = [
  'referrals:change',
  'referrals:release-guards',
  'progress:count-and-forget',
  'envelopes:destroy',
  'consents:read',
  'consents:append',
  'referral-keys:destroy',
] as const

/** Names a destroyed key in the log: SHA-256 of the blob that KMS had wrapped it in. */
export const keyDigest = (wrapped: Uint8Array): Sha256 =>
  createHash('sha256').update(wrapped).digest('hex') as Sha256

/** A referral that ends, and what else changes in its row in the same transaction. */
export type Ending = { referral: ReferralRow; change: Change }

/**
 * The writes of a destruction: the key (where there still is one) and the ciphertext, once; in the row of each referral
 * its state, the duplicate guards, the clock's plans. Copies of the ciphertext in queues, parked messages and backups
 * stay, and stay shut.
 *
 * @param content.of the referral that it was submitted with
 * @param content.wrapped the key, where there still is one
 */
export const shred = (
  content: { of: ReferralId; wrapped: Uint8Array | undefined },
  { endings, at }: { endings: readonly Ending[]; at: Instant },
  deps: {
    referrals: Pick<Referrals, 'change' | 'releaseGuard'>
    referralKeys: Pick<ReferralKeys, 'destroy'>
    envelopes: Pick<Envelopes, 'destroy'>
  },
): Write[] => [
  ...(content.wrapped ? [deps.referralKeys.destroy(content.of, content.wrapped)] : []),
  deps.envelopes.destroy(content.of),
  ...endings.flatMap(({ referral, change }) => [
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
  ]),
]
