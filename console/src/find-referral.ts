// A referral as somebody types it: by its id or its folio.
import type { HubClient } from '../../client/hub-client.ts'
import { isId, looksLikeFolio } from './typed.ts'

/** Its id; `wrong` for what looks like neither, and is sent nowhere; `none` where no referral has that folio. */
export const typedReferral = async (
  client: HubClient,
  typed: string,
): Promise<{ id: string; fault?: never } | { id?: never; fault: 'wrong' | 'none' }> => {
  const id = typed.toLowerCase()
  if (isId(id)) return { id }
  if (!looksLikeFolio(typed)) return { fault: 'wrong' }
  const [found] = (await client.listReferrals({ folio: typed })).body.items
  return found ? { id: found.referralId } : { fault: 'none' }
}
