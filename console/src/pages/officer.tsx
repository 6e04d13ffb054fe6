// The pages of a compliance officer.
import { NotFound, type PagesOf } from '../parts.tsx'
import { isId } from '../typed.ts'
import { CheckLogPage } from './check-log.tsx'
import { ConsentPage } from './consent.tsx'
import { ExportPage } from './export.tsx'
import { HistoryPage } from './history.tsx'
import { MonthPage } from './month.tsx'
import { EntryPage } from './entry.tsx'
import { LogPage } from './log.tsx'

/** An entry's place, as the contract has it; undefined for what is none. */
const placeOf = (text: string): number | undefined =>
  /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined

export const OfficerPages = ({ of, me, at: { page, rest, query } }: PagesOf) => {
  const [id, ...more] = rest
  if (more.length > 0) return <NotFound />
  if (page === 'bitacora' && id === undefined) return <LogPage of={of} query={query} />
  if (page === 'mes' && id === undefined) return <MonthPage of={of} me={me} query={query} />
  if (page === 'exportar' && id === undefined) return <ExportPage of={of} query={query} />
  if (page === 'comprobar' && id === undefined) return <CheckLogPage of={of} me={me} />
  if (page === 'historia' && isId(id ?? '')) return <HistoryPage of={of} referralId={id ?? ''} />
  if (page === 'consentimientos' && isId(id ?? ''))
    return <ConsentPage of={of} consentId={id ?? ''} />
  const index = placeOf(id ?? '')
  if (page === 'bitacora' && index !== undefined) return <EntryPage of={of} me={me} index={index} />
  return <NotFound />
}
