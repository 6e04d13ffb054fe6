// The words of the form, loaded with it: what is asked, what was answered, what is wrong with it.
import { askTexts } from '../../../texts/console-ask.ts'
import { plainFaults, referTexts } from '../../../texts/console-refer.ts'
import { fieldCodes } from '../../../schemas/field-codes.ts'
import { problems } from '../../../schemas/problem.ts'
import { purposeLabels } from '../../../texts/labels.ts'
import { noticeTexts } from '../../../texts/consent-notice.ts'
import { type Values, filled } from '../../../texts/filled.ts'
import type { Language } from '../../../texts/language.ts'
import { day, firstTexts, label, language, saying } from '../say.ts'
import type { About, Answers } from './answers.ts'
import type { Fault } from './check.ts'
import type { Question } from './question.ts'

const texts = { ...firstTexts, ...referTexts, ...askTexts }
export const say = saying(texts)

/** The title of a page. */
export const titleOf = (step: string): string => {
  const [, details] = /^documento-\d(-datos)?$/.exec(step) ?? []
  if (step.startsWith('documento'))
    return say(details === undefined ? 'step.documento' : 'step.documento-datos')
  const [, purpose] = /^finalidad-(.+)$/.exec(step) ?? []
  if (purpose !== undefined)
    return say('step.finalidad', { purpose: label(purposeLabels, purpose) })
  return say(`step.${step}` as Extract<keyof typeof texts, `step.${string}`>)
}

export const labelOf = ({ ask, values, optional, kind }: Question): string => {
  const words = say(ask, values)
  return optional === true && kind !== 'tick' ? say('refer.optional', { label: words }) : words
}

export const hintOf = ({ hint, hintDays = {} }: Question): string | undefined => {
  if (hint === undefined) return undefined
  const days = Object.fromEntries(
    Object.entries(hintDays).map(([name, instant]) => [name, day(instant)]),
  )
  return say(hint, days)
}

/** An answer in words, for whoever checks it. */
export const answerInWords = (question: Question, answers: Answers): string => {
  const given = (answers[question.id] ?? []).filter(value => value !== '')
  if (given.length === 0) return say('refer.unanswered')
  switch (question.kind) {
    case 'file':
      return say('ask.file-chosen')
    case 'tick':
      return say('refer.yes')
    case 'birth':
      return given.join(' / ')
    case 'day':
      return given.map(date => day(`${date}T18:00:00.000Z`)).join()
    default:
      return given
        .map(
          value =>
            question.choices?.find(choice => choice.value === value)?.words(language.get()) ??
            value,
        )
        .join(', ')
  }
}

type Table = Partial<Record<string, Record<Language, string>>>

/** What to do about a fault, in one sentence. */
export const faultInWords = ({ id, code }: Fault, question: Question | undefined): string => {
  const own: Table = referTexts
  const whole = own[code] ?? (problems as Table)[code]
  if (whole) return whole[language.get()]
  if (code === 'wrong-format' && id === 'birth') return say('need.birth-form')
  if (code === 'wrong-format' && id?.endsWith('phone')) return say('need.phone')
  const part = label({ ...(fieldCodes as Table), ...plainFaults }, code)
  return question === undefined ? part : `${say(question.ask, question.values)}: ${part}`
}

/** The notice, paragraph by paragraph, in one of the languages that it is kept in. */
export const noticeIn = (chosen: Language, { referrer, recipient }: About): string[] => {
  const values: Values = { referrer, recipient }
  return Object.values(noticeTexts).map(text => filled(text[chosen], values))
}

/** Lower-case hex of SHA-256. */
export const digestOf = async (bytes: BufferSource): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
