// The terms that an addendum may change, as they are asked for and read from a form. Pure but for the words.
import { type Priority, most } from '../../../schemas/agreement.ts'
import type { FieldError } from '../../../schemas/problem-details.ts'
import type { AgreementChange, AgreementView } from '../../../schemas/notice.ts'
import { meaningOf } from '../../../texts/meanings.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { type Term, termLabels } from '../../../texts/terms.ts'
import { differences } from '../../../texts/terms-told.ts'
import type { Wrong } from '../fields.tsx'
import { label, language } from '../say.ts'
import { say } from './liaison-words.ts'

export const priorities = Object.keys(priorityLabels) as Priority[]

/** How a term is asked for, and what a number may be (`hub agreement notice` has the same limits). */
type Kind =
  | { kind: 'number'; least: 0 | 1; most: number }
  | { kind: 'hours' | 'yes-no' | 'institutions' }

const days = (least: 0 | 1): Kind => ({ kind: 'number', least, most: most.days })
export const kindOf: Record<Term, Kind> = {
  targetPersons: { kind: 'number', least: 1, most: most.persons },
  servesRegularStatus: { kind: 'yes-no' },
  onwardRecipients: { kind: 'institutions' },
  answerHours: { kind: 'hours' },
  collectHours: { kind: 'hours' },
  expireDays: days(1),
  stallDays: days(1),
  retentionDays: days(1),
  completionDays: days(0),
  evidenceDays: days(0),
  referralsInNotice: { kind: 'yes-no' },
}

/** In the order in which they are asked for. */
export const terms = Object.keys(termLabels) as Term[]

/** The name of a term as one begins a line with it. */
export const titleOf = (term: Term): string => {
  const words = label(termLabels, term)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** Outside of the policy. */
const own = ['targetPersons', 'servesRegularStatus', 'onwardRecipients']

/** The value of a term, as an agreement or a change has it. */
export const valueIn = (of: AgreementChange, term: Term): unknown =>
  ({ ...of, ...of.policy })[term as keyof AgreementChange]

type Read = { value: unknown } | { wrong: Wrong }
type Values = (name: string) => string

const wholeIn = (text: string, id: string, [least, top]: [number, number]): Read => {
  const n = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return n >= least && n <= top
    ? { value: n }
    : { wrong: { id, text: say('give.number', { least, most: String(top) }) } }
}

const hoursIn = (term: Term, values: Values): Read[] =>
  priorities.map(priority => {
    const id = `${term}-${priority}`
    return wholeIn(values(id), id, [1, most.hours])
  })

const institutionsIn = (text: string, id: string): Read => {
  const codes = text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(code => code !== '')
  const fits =
    codes.every(code => /^[A-Z]{2,8}$/.test(code)) && new Set(codes).size === codes.length
  return fits ? { value: codes } : { wrong: { id, text: say('give.institutions') } }
}

/** What stands in the form for a term, or what of it is wrong. */
const readTerm = (term: Term, values: Values): { value: unknown } | { wrongs: Wrong[] } => {
  const kind = kindOf[term]
  const found: Read[] =
    kind.kind === 'number'
      ? [wholeIn(values(term), term, [kind.least, kind.most])]
      : kind.kind === 'hours'
        ? hoursIn(term, values)
        : kind.kind === 'yes-no'
          ? [{ value: values(term) === 'yes' }]
          : [institutionsIn(values(term), term)]
  const wrongs = found.flatMap(one =>
    'wrong' in one ? [{ ...one.wrong, text: `${titleOf(term)}: ${one.wrong.text}` }] : [],
  )
  if (wrongs.length > 0) return { wrongs }
  const read = found.map(one => ('value' in one ? one.value : undefined))
  const value =
    kind.kind === 'hours' ? Object.fromEntries(priorities.map((one, n) => [one, read[n]])) : read[0]
  return { value }
}

/** Those of the terms that stand otherwise in the form than they are now; a change states no other. */
export const changeIn = (
  values: Values,
  view: AgreementView,
): { change: AgreementChange } | { wrongs: Wrong[] } => {
  const read = terms.map(term => [term, readTerm(term, values)] as const)
  const wrongs = read.flatMap(([, one]) => ('wrongs' in one ? one.wrongs : []))
  if (wrongs.length > 0) return { wrongs }
  const stated = read.map(([term, one]) => [term, 'value' in one ? one.value : undefined] as const)
  const all = Object.fromEntries(stated)
  const changed = differences(view, all).map(({ term, after }) => [term, after] as const)
  if (changed.length === 0)
    return { wrongs: [{ id: terms[0] ?? '', text: say('give.amendment-nothing') }] }
  const policy = changed.filter(([term]) => !own.includes(term))
  return {
    change: {
      ...Object.fromEntries(changed.filter(([term]) => own.includes(term))),
      ...(policy.length > 0 ? { policy: Object.fromEntries(policy) } : {}),
    },
  }
}

/** What the contract does not take of a notice, at the fields that it means. */
export const wrongsIn = (errors: readonly FieldError[]): Wrong[] =>
  errors.map(({ pointer, code }) => ({
    id: fieldAt(pointer),
    text: meaningOf(code, language.get()),
  }))

/** The field that the hub means by a member of a notice (`/change/policy/answerHours/stat`). */
const fieldAt = (pointer: string): string => {
  const [first = '', ...rest] = pointer.split('/').slice(1)
  if (first === 'documentSha256') return 'document'
  if (first !== 'change') return first
  const [term = '', part] = rest[0] === 'policy' ? rest.slice(1) : rest
  return part !== undefined && kindOf[term as Term]?.kind === 'hours' ? `${term}-${part}` : term
}
