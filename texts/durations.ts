// How long something takes, in Guatemalan Spanish and in English, as one says it.
import type { Language } from './language.ts'

const units = {
  hours: { es: ['hora', 'horas'], en: ['hour', 'hours'] },
  days: { es: ['día', 'días'], en: ['day', 'days'] },
} as const satisfies Record<string, Record<Language, readonly [string, string]>>

/** `24 horas`, `72 hours`: in days from two whole ones on, for nobody knows how long 336 hours are. */
export const hoursInWords = (hours: number, language: Language): string => {
  const inDays = hours >= 48 && hours % 24 === 0
  const [count, [one, many]] = inDays
    ? [hours / 24, units.days[language]]
    : [hours, units.hours[language]]
  return `${count} ${count === 1 ? one : many}`
}
