// What a question of the form is made of, and the choices that several of them have. Pure: nothing of a page.
import { countryCodes, countryName, languageName } from '../../../texts/countries.ts'
import type { askTexts } from '../../../texts/console-ask.ts'
import type { referTexts } from '../../../texts/console-refer.ts'
import type { Labels, Language } from '../../../texts/labels.ts'
import type { Values } from '../../../texts/filled.ts'

type AskKey = keyof typeof askTexts
type NeedKey = Extract<keyof typeof referTexts, `need.${string}`>

export type Choice = {
  value: string
  words: (language: Language) => string
  hint?: { key: AskKey; values: (language: Language) => Values } | undefined
}

/**
 * `birth`: day, month and year apart, for some may not be known. `day`: a whole one. `file`: only its digest is kept.
 * `tick`: one box. What is not `optional` has to be answered.
 */
export type Question = {
  id: string
  kind: 'text' | 'birth' | 'day' | 'radios' | 'checks' | 'select' | 'file' | 'tick'
  ask: AskKey
  values?: Values
  hint?: AskKey
  /** What the hint names, in words. */
  hintWords?: (language: Language) => Values
  /** Instants, of which the hint names the days. */
  hintDays?: Readonly<Record<string, string>>
  /** `sometimes`: not by itself, but something that goes without it must be there: the hint says what. */
  optional?: true | 'sometimes'
  choices?: readonly Choice[]
  /** Of a select: how many choices keep their place; those after them are in the order of their names. */
  keptFirst?: number
  /** What to do where it was not answered. */
  need?: NeedKey
  /** Of the choices, those that the hint names as `{choices}`. Nothing is ticked before its reader does. */
  hintChoices?: readonly string[]
  /** A text that is a telephone number. */
  tel?: true
}

/** The codes of a table, in its order. */
export const choicesOf = (labels: Labels<string>, codes = Object.keys(labels)): Choice[] =>
  codes.map(value => ({ value, words: language => labels[value]?.[language] ?? value }))

export const worded = (value: string, words: Record<Language, string>): Choice => ({
  value,
  words: language => words[language],
})

export const yesOrNo: readonly Choice[] = [
  worded('yes', { es: 'Sí', en: 'Yes' }),
  worded('no', { es: 'No', en: 'No' }),
]

/** Whom the institutions meet most, before the rest of the world. */
const oftenFrom = ['HND', 'SLV', 'NIC', 'VEN', 'CUB', 'HTI', 'COL', 'ECU', 'MEX']

const byName =
  (name: (code: string, language: Language) => string) =>
  (code: string): Choice => ({ value: code, words: language => name(code, language) })

/** Of a question that has these: those that are met often, then all others by name. */
export const oftenFirst = oftenFrom.length

export const countries: readonly Choice[] = [
  ...oftenFrom,
  ...countryCodes.filter(code => !oftenFrom.includes(code)),
].map(byName(countryName))

/** What was chosen and can still be: another answer may have changed what there is to choose from. */
export const stillChosen = (
  { choices }: Pick<Question, 'choices'>,
  given: readonly string[],
): readonly string[] =>
  choices === undefined ? given : given.filter(value => choices.some(one => one.value === value))

/** Choices as a reader looks for them: after those that keep their place, by name. */
export const inOrder = (
  { choices = [], keptFirst }: Pick<Question, 'choices' | 'keptFirst'>,
  language: Language,
): readonly Choice[] => {
  if (keptFirst === undefined) return choices
  const { compare } = new Intl.Collator(language)
  const rest = choices.slice(keptFirst).map(one => ({ one, name: one.words(language) }))
  return [
    ...choices.slice(0, keptFirst),
    ...rest.toSorted((a, b) => compare(a.name, b.name)).map(({ one }) => one),
  ]
}

/** Languages of the people whom the institutions meet, and of Guatemala. */
const often = ['es', 'en', 'ht', 'fr', 'pt', 'quc', 'kek', 'mam', 'cak']
const rarer =
  'am ar ay az bg bm bn cab ckb de el fa ff ha hi hy ig it ixl jac ja ka kk km ko ku ky ln mg miq mn mop ms my ne nl om pa pl poc poh ps qu quv ro ru rw si sn so sq sr sv sw ta te th ti tl tr ttc tzh tzj tzo uk ur usp uz vi wo yo yua zh'.split(
    ' ',
  )
export const oftenSpoken: readonly Choice[] = often.map(byName(languageName))
export const languagesElse: readonly Choice[] = rarer.map(byName(languageName))
