// The pages of a liaison.
import { NotFound, type PagesOf } from '../parts.tsx'
import { Keys } from './keys.tsx'
import { OneKey } from './one-key.tsx'
import { ProposeKey } from './propose-key.tsx'

export const LiaisonPages = ({ of, me: { institution }, at }: PagesOf) => {
  const [which, ...more] = at.rest
  if (more.length > 0) return <NotFound />
  if (which === undefined) return <Keys of={of} institution={institution} />
  if (which === 'proponer') return <ProposeKey of={of} institution={institution} />
  return <OneKey key={which} of={of} institution={institution} keyid={which} />
}
