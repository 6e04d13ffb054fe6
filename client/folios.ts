// Folios of the referrals that a table names: people know a referral by its folio, the log and the inbox by its id.
import type { HubClient } from './hub-client.ts'
import { HubError } from './refusal.ts'

/**
 * The newest of each direction are asked for, in one page: looking at the log must not read every referral there is.
 */
const most = 200

/**
 * Folios by id, as far as the caller's lists have them. Two requests, however many referrals; none where there is
 * nothing to name.
 * @throws HubUnreachable; what the hub refuses stays unnamed
 */
export async function foliosOf(
  client: HubClient,
  referralIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(referralIds.filter(id => id !== undefined))
  const folios = new Map<string, string>()
  for (const direction of ['sent', 'received'] as const) {
    if ([...wanted].every(id => folios.has(id))) break
    try {
      const { items } = (await client.listReferrals({ direction, limit: most })).body
      for (const { referralId, folio } of items)
        if (wanted.has(referralId)) folios.set(referralId, folio)
    } catch (error) {
      if (!(error instanceof HubError)) throw error
    }
  }
  return folios
}
