// The pages of whoever refers people, but for the form: what was sent, and its receipts.
import { NotFound, type PagesOf } from '../parts.tsx'
import { Receipt } from './receipt.tsx'
import { SentOne } from './sent-one.tsx'
import { Sent } from './sent.tsx'

export const ReferrerPages = ({ of, at }: PagesOf) => {
  const [id, what, ...more] = at.rest
  if (more.length > 0) return <NotFound />
  if (id === undefined) return <Sent of={of} query={at.query} />
  if (what === undefined) return <SentOne of={of} referralId={id} />
  return what === 'comprobante' ? <Receipt of={of} referralId={id} /> : <NotFound />
}
