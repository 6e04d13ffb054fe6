// What two versions of an agreement, or a version and a change of it, do not have alike, in words.
import type { Priority } from '../schemas/agreement.ts'
import type { AgreementChange } from '../schemas/notice.ts'
import { agreementTexts } from './agreement.ts'
import { hoursInWords } from './durations.ts'
import type { Language } from './language.ts'
import { priorityLabels } from './referral.ts'
import { type Term, termLabels, yesOrNoLabels } from './terms.ts'

type Hours = Partial<Record<Priority, number>>
type Flat = Partial<Record<Term, unknown>>

const priorities = Object.keys(priorityLabels) as Priority[]
const terms = Object.keys(termLabels) as Term[]

const flat = ({ policy, ...others }: AgreementChange): Flat => ({ ...others, ...policy })

const isHours = (value: unknown): value is Hours =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** As it is agreed, in hours; and in days where nobody would know how long that is. */
const hoursAgreed = (hours: number | undefined, language: Language): string => {
  if (hours === undefined) return '–'
  const words = hoursInWords(hours, language)
  return words.startsWith(`${hours} `) ? String(hours) : `${hours} (${words})`
}

/** The value of a term: a number, yes or no, institutions, hours by priority. */
export const termInWords = (value: unknown, language: Language): string => {
  if (typeof value === 'boolean') return yesOrNoLabels[value ? 'yes' : 'no'][language]
  if (Array.isArray(value)) return value.join(', ') || agreementTexts['agreement.nobody'][language]
  if (!isHours(value))
    return typeof value === 'number' || typeof value === 'string' ? String(value) : '–'
  const known = priorities.filter(priority => priority in value)
  return known
    .map(one => `${priorityLabels[one][language]} ${hoursAgreed(value[one], language)}`)
    .join(' · ')
}

/** A term that is not alike. */
export type Difference = { term: Term; before: unknown; after: unknown }

/** What a change, or a later version, states otherwise than what it is stated about. */
export const differences = (before: AgreementChange, after: AgreementChange): Difference[] => {
  const [old, stated] = [flat(before), flat(after)]
  return terms.flatMap(term => {
    const [one, other] = [old[term], stated[term]]
    const same = other === undefined || JSON.stringify(one) === JSON.stringify(other)
    return same ? [] : [{ term, before: one, after: other }]
  })
}

/** `meta de personas: 250 → 300`, as title and value; of hours only the priorities that are not alike. */
export const differenceInWords = (
  { term, before, after }: Difference,
  language: Language,
): [string, string] => {
  const changed = (one: unknown, other: unknown) =>
    `${termInWords(one, language)} → ${termInWords(other, language)}`
  const words =
    isHours(before) && isHours(after)
      ? priorities
          .filter(priority => before[priority] !== after[priority])
          .map(one => {
            const [was, is] = [before[one], after[one]].map(hours => hoursAgreed(hours, language))
            return `${priorityLabels[one][language]} ${was} → ${is}`
          })
          .join(' · ')
      : changed(before, after)
  return [termLabels[term][language], words]
}

/** All of them, as titles and values. */
export const termsInWords = (all: AgreementChange, language: Language): [string, string][] => {
  const known = flat(all)
  return terms
    .filter(term => known[term] !== undefined)
    .map(term => [termLabels[term][language], termInWords(known[term], language)])
}
