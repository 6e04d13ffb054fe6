// The terms of an agreement that an addendum may change, as options of the command line.
import { type Command, InvalidArgumentError } from 'commander'
import { Priority, most } from '../../schemas/agreement.ts'
import { InstitutionCode } from '../../schemas/ids.ts'
import type { VersionTerms } from '../../schemas/notice.ts'
import { priorityLabels } from '../../texts/referral.ts'
import { yesOrNoLabels } from '../../texts/terms.ts'
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

const days = (least: number) => wholeNumber(least, most.days)
const none = ['ninguna', 'none']

const institutions = (text: string): InstitutionCode[] =>
  none.includes(plain(text)) ? [] : text.split(',').map(matching(InstitutionCode, 'ALA,OIM'))

/** `routine=240,urgent=48`: those that are named. */
const hours = (text: string): Hours =>
  Object.fromEntries(
    text.split(',').map(one => {
      const [name = '', value = '', ...more] = one.split('=')
      if (more.length > 0) throw new InvalidArgumentError('routine=240,urgent=48')
      return [oneOf(Priority.options, priorityLabels)(name), wholeNumber(1, most.hours)(value)]
    }),
  )

/** Gives a command an option for each term that an addendum may change. */
export function termOptions(command: Command, { say, language }: Terminal): Command {
  const yesOrNo = oneOf(['yes', 'no'], yesOrNoLabels, language)
  return command
    .option('--target-persons <n>', say('agreement.target-persons'), wholeNumber(1, most.persons))
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
