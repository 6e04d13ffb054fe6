// A referral as somebody types it: by its id or its folio.
import { rememberFolio } from './folios.ts'
import { asTyped } from './pasted.ts'
import type { Session } from './session.ts'
import { folioIn, isId, isMiscopied } from './typed.ts'

type Fault = 'wrong' | 'miscopied' | 'none'

/**
 * Its id; `wrong` for what looks like neither, `miscopied` for a folio whose last sign is another's: neither is sent
 * anywhere. `none` where no referral has that folio.
 */
export const typedReferral = async (
  of: Session,
  typed: string,
): Promise<{ id: string; fault?: never } | { id?: never; fault: Fault }> => {
  const id = asTyped(typed).toLowerCase()
  if (isId(id)) return { id }
  const folio = folioIn(typed)
  if (folio === undefined) return { fault: 'wrong' }
  if (isMiscopied(folio)) return { fault: 'miscopied' }
  const [found] = (await of.client.listReferrals({ folio })).body.items
  if (!found) return { fault: 'none' }
  rememberFolio(of, found.referralId, found.folio)
  return { id: found.referralId }
}
