// What is asked of the log, as it stands in the address: ids, codes and days, and never anything else. What does not
// look like these is not taken from an address, and not put into one.
import type { LogFilters } from '../../client/access-log.ts'
import { endOfDay, startOfDay } from '../../schemas/instants.ts'
import { actionLabels, categoryLabels, outcomeLabels, purposeLabels } from '../../texts/labels.ts'
import type { PageName } from './pages.ts'
import { isId } from './typed.ts'

const { all: _, ...categories } = categoryLabels

const oneOf = (codes: object) => (text: string) => Object.hasOwn(codes, text)
const like = (pattern: RegExp) => (text: string) => pattern.test(text)
const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

/** Names as they stand in an address, and what each may be. */
const allowed = {
  desde: isDay,
  hasta: isDay,
  institucion: like(/^[A-Z]{2,8}$/),
  llave: like(/^[A-Za-z0-9_-]{43}$/),
  accion: oneOf(actionLabels),
  resultado: oneOf(outcomeLabels),
  referencia: isId,
  consentimiento: isId,
  finalidad: oneOf(purposeLabels),
  categoria: oneOf(categories),
} as const
export type LogQuery = Partial<Record<keyof typeof allowed, string>>
const queryNames = Object.keys(allowed) as (keyof LogQuery)[]

export const readQuery = (query: URLSearchParams): LogQuery =>
  Object.fromEntries(
    queryNames.flatMap(name => {
      const value = query.get(name)
      return value !== null && allowed[name](value) ? [[name, value]] : []
    }),
  )

/** Where to find what is asked for: below `/console/`. `cursor`: where a page of it begins. */
export const addressOf = (
  asked: LogQuery,
  cursor?: string,
  page: PageName = 'bitacora',
): string => {
  const query = new URLSearchParams(
    queryNames.flatMap(name => {
      const value = asked[name]
      return value !== undefined && value !== '' && allowed[name](value) ? [[name, value]] : []
    }),
  )
  if (cursor !== undefined) query.set('pagina', cursor)
  return query.size === 0 ? page : `${page}?${query}`
}

/** Days are Guatemala's (UTC-6, no daylight saving): from the first millisecond of one to the last of the other. */
export const filtersOf = ({ desde, hasta, ...asked }: LogQuery): LogFilters => ({
  from: desde && startOfDay(desde),
  to: hasta && endOfDay(hasta),
  institution: asked.institucion,
  keyid: asked.llave,
  action: asked.accion,
  outcome: asked.resultado,
  referralId: asked.referencia,
  consentId: asked.consentimiento,
  purpose: asked.finalidad,
  category: asked.categoria,
})
