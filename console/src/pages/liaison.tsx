// The pages of a liaison, and of who signs for an institution.
// oxlint-disable-next-line import/no-unassigned-import -- it has to be run before the shapes are
import { NotFound, type PagesOf } from '../parts.tsx'
import { AgreementPage } from './agreement.tsx'
import { GiveNotice } from './give-notice.tsx'
import { Keys } from './keys.tsx'
import { OneKey } from './one-key.tsx'
import { ProgressPage } from './progress.tsx'
import { ProposeKey } from './propose-key.tsx'
import { Undelivered } from './undelivered.tsx'

const KeyPages = ({ of, me: { institution }, at }: PagesOf) => {
  const [which, ...more] = at.rest
  if (more.length > 0) return <NotFound />
  if (which === undefined) return <Keys of={of} institution={institution} />
  if (which === 'proponer') return <ProposeKey of={of} institution={institution} />
  return <OneKey key={which} of={of} institution={institution} keyid={which} />
}

export const LiaisonPages = (given: PagesOf) => {
  const { of, me, at } = given
  const [first, second] = at.rest
  if (at.page === 'llaves') return <KeyPages {...given} />
  if (at.page === 'convenio' && first !== undefined && second !== undefined)
    return <GiveNotice of={of} me={me} agreementId={first} which={second} />
  if (at.page === 'convenio') return <AgreementPage of={of} me={me} agreementId={first} />
  if (at.page === 'avance' && first === undefined)
    return <ProgressPage of={of} me={me} query={at.query} />
  if (at.page === 'sin-recoger' && first === undefined) return <Undelivered of={of} />
  return <NotFound />
}
