// The words of the console, in the language that its user has chosen.
import { consoleKeyTexts } from '../../texts/console-keys.ts'
import { consoleTexts } from '../../texts/console.ts'
import { filled, type Values } from '../../texts/filled.ts'
import type { Language } from '../../texts/language.ts'
import { store } from './store.ts'

/** What is loaded at once. A role's pages add their own (`saying`), which are loaded with them. */
export const firstTexts = { ...consoleTexts, ...consoleKeyTexts }
export type TextKey = keyof typeof firstTexts

/** What this browser keeps of a person's choice. Storage may be closed to us: then Spanish. */
const kept = 'language'

const remembered = (): Language => {
  try {
    return localStorage.getItem(kept) === 'en' ? 'en' : 'es'
  } catch {
    return 'es'
  }
}

export const language = store<Language>(remembered())

export const speak = (chosen: Language): void => {
  try {
    localStorage.setItem(kept, chosen)
  } catch {
    // It holds until the page is closed.
  }
  language.set(chosen)
}

/** Says the sentences of `texts`, in the language that is chosen when they are said. */
export const saying =
  <Key extends string>(texts: Record<Key, Record<Language, string>>) =>
  (key: Key, values: Values = {}): string =>
    filled(texts[key][language.get()], values)

export const say = saying(firstTexts)

/** The word of a closed list of the contract; a code of a later hub as it is. */
export const label = (table: Partial<Record<string, Record<Language, string>>>, code: string) =>
  table[code]?.[language.get()] ?? code

const guatemala = {
  timeZone: 'America/Guatemala',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
} as const

/** `3 nov 2026`, in Guatemala. */
export const day = (instant: string): string =>
  new Intl.DateTimeFormat(language.get() === 'es' ? 'es-GT' : 'en-GB', {
    ...guatemala,
  }).format(new Date(instant))

/** `3 nov 2026, 14:05`, in Guatemala. */
export const moment = (instant: string): string =>
  new Intl.DateTimeFormat(language.get() === 'es' ? 'es-GT' : 'en-GB', {
    ...guatemala,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))
