// How people name a referral: by its id, or by the folio that is on paper and said by telephone.
import { InvalidArgumentError } from 'commander'
import type { HubClient } from '../client/hub-client.ts'
import { typedFolio } from '../events/folio.ts'
import { ConsentId, ReferralId } from '../schemas/ids.ts'
import { UsageError } from './usage.ts'

/**
 * A commander argument reader for a referral: its id, or its folio as `typedFolio` takes it (either case, without
 * hyphens).
 * @param asks `found` for a command that only looks, and finds a folio without its check symbol too; `exact` for one
 * that opens or changes: a folio that was copied wrongly must not be somebody else's
 * @throws UsageError for a folio whose check symbol is wrong, or missing where it must not be
 */
export const reference =
  (asks: 'found' | 'exact') =>
  (text: string): string => {
    const id = ReferralId.safeParse(text.toLowerCase())
    if (id.success) return id.data
    const typed = typedFolio(text)
    if (typed === undefined) throw new InvalidArgumentError('UUID, REF-XXXX-XXXX-C')
    if (typed === 'wrong-check') throw new UsageError('usage.folio-wrong-check')
    if (!typed.checked && asks === 'exact') throw new UsageError('usage.folio-no-check')
    return typed.folio
  }

/** The same for a consent: its id, or the folio of its referral. */
export const consentReference =
  (asks: 'found' | 'exact') =>
  (text: string): string => {
    const id = ConsentId.safeParse(text.toLowerCase())
    return id.success ? id.data : reference(asks)(text)
  }

export const isFolioReference = (read: string): boolean => read.startsWith('REF-')

/**
 * The id of the referral that a reader above has read.
 * @throws UsageError where the caller's institution has none with this folio · HubError, HubUnreachable
 */
export async function referralIdOf(client: HubClient, read: string): Promise<string> {
  if (!isFolioReference(read)) return read
  const [found] = (await client.listReferrals({ folio: read })).body.items
  if (found === undefined) throw new UsageError('usage.no-such-folio', { folio: read })
  return found.referralId
}
