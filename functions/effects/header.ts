// The header of a stored referral for one viewer.
import { referralHeader } from '../../events/referral-header.ts'
import type { Actor } from '../../events/access-log.ts'
import type { Role } from '../../schemas/agreement.ts'
import type { Instant, ReferralId } from '../../schemas/ids.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { externalIdKey, openExternalId } from '../crypto/external-id.ts'
import type { RowName } from '../aws/dynamodb.ts'
import type { GuardMac } from '../aws/kms.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { ReferralKeys } from '../aws/referral-keys.ts'
import type { ReferralRow } from '../aws/referral-row.ts'

/** The sender's own number is for its systems and liaisons, not for its compliance officers. */
export const showsOwnNumber = ({ role }: Pick<Actor, 'role'>): boolean =>
  role !== 'compliance-officer'

/** Where the key of its own number is, for a referrer alone: nobody else is shown that. */
export const ownNumberAt = (
  referralId: ReferralId,
  { roles }: { roles: readonly Role[] },
  { referralKeys }: { referralKeys: Pick<ReferralKeys, 'at'> },
): RowName[] => (roles.includes('referrer') ? [referralKeys.at(referralId)] : [])

/**
 * The header, with the sender's own number where the sender is looking (not its compliance officer) and the referral is
 * not shredded.
 */
export const headerFor = async (
  referral: ReferralRow,
  viewing: Pick<Actor, 'institution' | 'role'>,
  now: Instant,
  deps: {
    guard: Pick<GuardMac, 'senderKey'>
    referralKeys: Pick<ReferralKeys, 'findWithNumber'>
    known?: KnownRows
  },
): Promise<ReferralHeader> => {
  const viewer = viewing.institution
  const isSender = viewer === referral.referrer && showsOwnNumber(viewing)
  if (!isSender || referral.contentState === 'shredded')
    return referralHeader(referral, viewer, now)
  const { referralId } = referral
  const [senderKey, kept] = await Promise.all([
    deps.guard.senderKey(viewer),
    deps.referralKeys.findWithNumber(referralId, deps.known),
  ])
  const sealed = referral.externalIdSealed ?? kept?.externalIdSealed
  // It never had one, or its key was destroyed since the row was read.
  if (!kept || sealed === undefined) return referralHeader(referral, viewer, now)
  const key = externalIdKey(senderKey, kept.wrapped)
  const externalId = openExternalId(sealed, key, referralId)
  return referralHeader(referral, viewer, now, externalId)
}
