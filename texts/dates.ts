// Days and times as people write them, in Guatemalan Spanish and in English. An instant is told by Guatemala's clock,
// whatever clock, time zone and language data the reader's machine has.
import { dayOf } from '../schemas/guatemala.ts'
import type { Language } from './language.ts'

const monthNames: Record<Language, readonly string[]> = {
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
}

/** `2026-11-21` of a day or of an instant; what is neither, as it is. */
const dayIn = (date: string): string => (date.includes('T') ? dayOf(date) : date)

type Parts = { year: string; month?: string; day?: string }

const partsOf = (date: string, language: Language, most: number): Parts | undefined => {
  const [, year, number, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date) ?? []
  if (year === undefined) return undefined
  if (number === undefined) return { year }
  const month = monthNames[language][Number(number) - 1]?.slice(0, most)
  if (month === undefined) return undefined
  return { year, month, ...(day === undefined ? {} : { day: String(Number(day)) }) }
}

/**
 * `14 de marzo de 1998`, `14 March 1998`; of what is known less exactly, `marzo de 1998` and `1998`. Anything else as
 * it is: nothing that somebody stated is hidden.
 * @param date a calendar day, month or year (`1998-03-14`, `1998-03`, `1998`), or an instant
 * @throws RangeError for an instant that is none
 */
export const dateInWords = (date: string, language: Language): string => {
  const told = dayIn(date)
  const { year, month, day } = partsOf(told, language, 20) ?? { year: told }
  return [day, month, year]
    .filter(part => part !== undefined)
    .join(language === 'es' ? ' de ' : ' ')
}

/** `3 nov 2026`, `3 Nov 2026`: where there is little room. */
export const shortDate = (date: string, language: Language): string => {
  const told = dayIn(date)
  const { year, month, day } = partsOf(told, language, 3) ?? { year: told }
  return [day, month, year].filter(part => part !== undefined).join(' ')
}

/** `14:05:09`, in Guatemala (UTC-6, no daylight saving). */
const clockOf = (instant: string): string =>
  new Date(Date.parse(instant) - 6 * 3_600_000).toISOString().slice(11, 19)

/** `14:05`, in Guatemala. */
export const clockTime = (instant: string): string => clockOf(instant).slice(0, 5)

/** `3 nov 2026, 14:05`, `3 Nov 2026, 14:05`, in Guatemala. */
export const shortMoment = (instant: string, language: Language): string =>
  `${shortDate(instant, language)}, ${clockTime(instant)}`

/** `3 de noviembre de 2026, 14:05:09`, `3 November 2026, 14:05:09`, in Guatemala: where each second counts. */
export const momentInWords = (instant: string, language: Language): string =>
  `${dateInWords(instant, language)}, ${clockOf(instant)}`

/** `4.º trimestre de 2026` for `2026-Q4`; what is no quarter, as it is. */
export const quarterInWords = (quarter: string, language: Language): string => {
  const [, year, n] = /^(\d{4})-Q([1-4])$/.exec(quarter) ?? []
  if (year === undefined) return quarter
  return language === 'es' ? `${n}.º trimestre de ${year}` : `quarter ${n} of ${year}`
}
