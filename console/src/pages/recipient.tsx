// The pages of whoever receives referrals.
import { NotFound, type PagesOf } from '../parts.tsx'
import { CasePage } from './case.tsx'
import { Inbox } from './inbox.tsx'

export const RecipientPages = ({ of, at }: PagesOf) => {
  const [id, ...more] = at.rest
  if (at.page === 'bandeja' && id === undefined) return <Inbox of={of} query={at.query} />
  if (at.page === 'casos' && id !== undefined && more.length === 0)
    return <CasePage of={of} referralId={id} />
  return <NotFound />
}
