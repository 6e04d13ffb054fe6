// How people name a referral: by its id, or by the folio that is on paper and said by telephone.
import { InvalidArgumentError } from 'commander'
import type { HubClient } from '../client/hub-client.ts'
import { readFolio } from '../events/folio.ts'
import { ConsentId, ReferralId } from '../schemas/ids.ts'
import { UsageError } from './usage.ts'

/** A commander argument reader for a referral: its id, or its folio as `readFolio` takes it (either case, without hyphens, without check symbol). */
export function reference(text: string): string {
  const id = ReferralId.safeParse(text.toLowerCase())
  const read = id.success ? id.data : readFolio(text)
  if (read === undefined) throw new InvalidArgumentError('UUID, REF-XXXX-XXXX-C')
  return read
}

/** The same for a consent: its id, or the folio of its referral. */
export function consentReference(text: string): string {
  const id = ConsentId.safeParse(text.toLowerCase())
  return id.success ? id.data : reference(text)
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
