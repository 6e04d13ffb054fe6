// The terms of an agreement that an addendum may change: as options of the command line, and in words.
import { type Command, InvalidArgumentError } from 'commander'
import { Priority } from '../../schemas/agreement.ts'
import { InstitutionCode } from '../../schemas/ids.ts'
import type { AgreementChange, VersionTerms } from '../../schemas/notice.ts'
import { priorityLabels } from '../../texts/referral.ts'
import { type Term, termLabels, yesOrNoLabels } from '../../texts/terms.ts'
import type { Terminal } from '../terminal.ts'
import { matching, oneOf, plain, wholeNumber } from '../usage.ts'

type YesOrNo = keyof typeof yesOrNoLabels
type Hours = Partial<Record<Priority, number>>

/** What the options below are read as. */
export type TermOptions = {
  targetPersons?: number
  regularStatus?: YesOrNo
  onwardRecipients?: InstitutionCode[]
  answerHours?: Hours
  collectHours?: Hours
  retentionDays?: number
  expireDays?: number
  stallDays?: number
  completionDays?: number
  evidenceDays?: number
  referralsInNotice?: YesOrNo
}

const mostDays = 99_999
const days = (least: number) => wholeNumber(least, mostDays)
const none = ['ninguna', 'none']

const institutions = (text: string): InstitutionCode[] =>
  none.includes(plain(text)) ? [] : text.split(',').map(matching(InstitutionCode, 'OIM,XXX'))

/** `routine=240,urgent=48`: those that are named. */
const hours = (text: string): Hours =>
  Object.fromEntries(
    text.split(',').map(one => {
      const [name = '', value = '', ...more] = one.split('=')
      if (more.length > 0) throw new InvalidArgumentError('routine=240,urgent=48')
      return [oneOf(Priority.options, priorityLabels)(name), wholeNumber(1, mostDays)(value)]
    }),
  )

/** Gives a command an option for each term that an addendum may change. */
export function termOptions(command: Command, { say, language }: Terminal): Command {
  const yesOrNo = oneOf(['yes', 'no'], yesOrNoLabels, language)
  return command
    .option('--target-persons <n>', say('agreement.target-persons'), wholeNumber(1, 999_999))
    .option('--regular-status <yes-no>', say('agreement.regular-status'), yesOrNo)
    .option('--onward-recipients <institutions>', say('agreement.onward'), institutions)
    .option('--answer-hours <by-priority>', say('agreement.answer-hours'), hours)
    .option('--collect-hours <by-priority>', say('agreement.collect-hours'), hours)
    .option('--expire-days <n>', say('agreement.expire-days'), days(1))
    .option('--stall-days <n>', say('agreement.stall-days'), days(1))
    .option('--retention-days <n>', say('agreement.retention-days'), days(1))
    .option('--completion-days <n>', say('agreement.completion-days'), days(0))
    .option('--evidence-days <n>', say('agreement.evidence-days'), days(0))
    .option('--referrals-in-notice <yes-no>', say('agreement.referrals-in-notice'), yesOrNo)
}

const truth = (said: YesOrNo | undefined) => (said === undefined ? undefined : said === 'yes')

/** Hours of a policy are stated whole: what is not named stays as it is now. */
const whole = (said: Hours | undefined, now: Hours | undefined) => said && { ...now, ...said }

const given = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value

/** The change that the options state, beside the terms of now. Without any of them it has no member. */
export function changeOf(options: TermOptions, now: Pick<VersionTerms, 'policy'>): object {
  const { targetPersons, onwardRecipients } = options
  const { retentionDays, expireDays, stallDays, completionDays, evidenceDays } = options
  const policy = given({
    answerHours: whole(options.answerHours, now.policy.answerHours),
    collectHours: whole(options.collectHours, now.policy.collectHours),
    retentionDays,
    expireDays,
    stallDays,
    completionDays,
    evidenceDays,
    referralsInNotice: truth(options.referralsInNotice),
  })
  return given({
    targetPersons,
    servesRegularStatus: truth(options.regularStatus),
    policy: Object.keys(policy).length > 0 ? policy : undefined,
    onwardRecipients,
  })
}

type Flat = Partial<Record<Term, unknown>>

const flat = ({ policy, ...others }: AgreementChange): Flat => ({ ...others, ...policy })

const isHours = (value: unknown): value is Hours =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inWords(value: unknown, { say, language }: Terminal): string {
  if (typeof value === 'boolean') return yesOrNoLabels[value ? 'yes' : 'no'][language]
  if (Array.isArray(value)) return value.join(', ') || say('agreement.nobody')
  if (!isHours(value))
    return typeof value === 'number' || typeof value === 'string' ? String(value) : '–'
  const known = Priority.options.filter(priority => priority in value)
  return known.map(one => `${priorityLabels[one][language]} ${String(value[one])}`).join(' · ')
}

/** A term that two versions, or a version and a change of it, do not have alike. */
export type Difference = { term: Term; before: unknown; after: unknown }

const terms = Object.keys(termLabels) as Term[]

/** What a change, or a later version, states otherwise than what it is stated about. */
export function differences(before: AgreementChange, after: AgreementChange): Difference[] {
  const [old, stated] = [flat(before), flat(after)]
  return terms.flatMap(term => {
    const [one, other] = [old[term], stated[term]]
    const same = other === undefined || JSON.stringify(one) === JSON.stringify(other)
    return same ? [] : [{ term, before: one, after: other }]
  })
}

/** `meta de personas: 250 → 300`, as title and value; of hours only the priorities that are not alike. */
export function differenceInWords(
  { term, before, after }: Difference,
  terminal: Terminal,
): [string, string] {
  const { language } = terminal
  const changed = (one: unknown, other: unknown) =>
    `${inWords(one, terminal)} → ${inWords(other, terminal)}`
  const words =
    isHours(before) && isHours(after)
      ? Priority.options
          .filter(priority => before[priority] !== after[priority])
          .map(one => `${priorityLabels[one][language]} ${changed(before[one], after[one])}`)
          .join(' · ')
      : changed(before, after)
  return [termLabels[term][language], words]
}

/** All of them, as titles and values. */
export const termsInWords = (all: AgreementChange, terminal: Terminal): [string, string][] => {
  const known = flat(all)
  return terms
    .filter(term => known[term] !== undefined)
    .map(term => [termLabels[term][terminal.language], inWords(known[term], terminal)])
}
