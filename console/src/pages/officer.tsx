// The pages of a compliance officer.
import { NotFound, type PagesOf } from '../parts.tsx'
import { EntryPage } from './entry.tsx'
import { LogPage } from './log.tsx'

/** An entry's place, as the contract has it; undefined for what is none. */
const placeOf = (text: string): number | undefined =>
  /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined

export const OfficerPages = ({ of, me, at: { page, rest, query } }: PagesOf) => {
  const [id, ...more] = rest
  if (more.length > 0) return <NotFound />
  if (page === 'bitacora' && id === undefined) return <LogPage of={of} query={query} />
  const index = placeOf(id ?? '')
  if (page === 'bitacora' && index !== undefined) return <EntryPage of={of} me={me} index={index} />
  return <NotFound />
}
