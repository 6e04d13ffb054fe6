// The words of the console, in the language that its user has chosen.
import { actorInWords, changedBy } from '../../texts/actors.ts'
import { consoleKeyTexts } from '../../texts/console-keys.ts'
import { consoleTexts } from '../../texts/console.ts'
import { dateInWords, shortDate, shortMoment } from '../../texts/dates.ts'
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

/** Who did something: an institution by its letters, the hub by its name. */
export const actor = (by: string): string => actorInWords(by, language.get())

/** Who brought a change of a referral's status about. */
export const changer = (change: Parameters<typeof changedBy>[0], recipient: string): string =>
  changedBy(change, recipient, language.get())

/** The word of a closed list of the contract; a code of a later hub as it is. */
export const label = (table: Partial<Record<string, Record<Language, string>>>, code: string) =>
  table[code]?.[language.get()] ?? code

/** `3 de noviembre de 2026`: of a day, or of an instant in Guatemala. */
export const day = (date: string): string => dateInWords(date, language.get())

/** `3 nov 2026`: where the design's sentence has it so. */
export const shortDay = (date: string): string => shortDate(date, language.get())

/** `3 nov 2026, 14:05`, in Guatemala. */
export const moment = (instant: string): string => shortMoment(instant, language.get())
