// The words of `hub clock`, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const clockTexts = {
  'clock.about': {
    es: 'dice en qué día se cumple un plazo en días hábiles, con cada día que no cuenta y por qué',
    en: 'say on which day so many business days have passed, with each day skipped and why',
  },
  'clock.from': {
    es: 'día desde el que se cuenta; el primero que cuenta es el siguiente',
    en: 'day to count from; the first that counts is the next one',
  },
  'clock.business-days': { es: 'cuántos días hábiles', en: 'how many business days' },
  'clock.counted': {
    es: 'Días hábiles: {count}, contados desde el día siguiente al {start}',
    en: 'Business days: {count}, counted from the day after {start}',
  },
  'clock.skipped': { es: 'no cuenta', en: 'skipped' },
  'clock.weekday': { es: 'cae en', en: 'falls on' },
  'clock.why': { es: 'por qué', en: 'why' },
  'clock.weekend': { es: 'fin de semana', en: 'weekend' },
  'clock.calendar': {
    es: 'Calendario {id}, versión {version}',
    en: 'Calendar {id}, version {version}',
  },
  'usage.outside-calendar': {
    es: 'el calendario conoce los días del {first} al {last}, y no adivina los demás',
    en: 'this calendar knows the days {first} to {last}, and guesses no others',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
