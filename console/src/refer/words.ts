// The words of the form, loaded with it: what is asked, what was answered, what is wrong with it.
import { askTexts } from '../../../texts/console-ask.ts'
import { referTexts } from '../../../texts/console-refer.ts'
import { fieldCodes } from '../../../schemas/field-codes.ts'
import { problems } from '../../../schemas/problem.ts'
import { faultOf, plainFaults, plainProblems } from '../../../texts/plain-faults.ts'
import { noticeTexts } from '../../../texts/consent-notice.ts'
import { type Values, filled } from '../../../texts/filled.ts'
import type { Language } from '../../../texts/language.ts'
import { day, firstTexts, label, language, saying } from '../say.ts'
import { type About, type Answers, birthDateOf, many } from './answers.ts'
import type { Fault } from './check.ts'
import { type Question, stillChosen } from './question.ts'
import { titleIn } from './titles.ts'

const texts = { ...firstTexts, ...referTexts, ...askTexts }
export const say = saying(texts)

/** The title of a page. */
export const titleOf = (step: string): string => titleIn(step, language.get())

export const labelOf = ({ ask, values, optional, kind }: Question): string => {
  const words = say(ask, values)
  return optional === true && kind !== 'tick' ? say('refer.optional', { label: words }) : words
}

/** Choices in words. What is none of them is a code, which nobody is shown. */
const wordsOf = ({ choices = [] }: Question, values: readonly string[]): string =>
  values
    .flatMap(value => choices.find(one => one.value === value)?.words(language.get()) ?? [])
    .join(', ')

export const hintOf = (question: Question): string | undefined => {
  const { hint, hintDays = {}, hintChoices = [], hintWords } = question
  if (hint === undefined) return undefined
  const days = Object.fromEntries(
    Object.entries(hintDays).map(([name, instant]) => [name, day(instant)]),
  )
  const named = hintWords?.(language.get())
  return say(hint, { ...days, ...named, choices: wordsOf(question, hintChoices) })
}

/** An answer in words, for whoever checks it. */
export const answerInWords = (question: Question, answers: Answers): string => {
  const given = stillChosen(question, many(answers, question.id))
  if (given.length === 0) return say('refer.unanswered')
  switch (question.kind) {
    case 'file':
      return say('ask.file-chosen')
    case 'tick':
      return say('refer.yes')
    case 'birth':
      return day(birthDateOf(answers))
    case 'day':
      return given.map(day).join()
    case 'text':
      return given.join()
    default:
      return wordsOf(question, given)
  }
}

type Table = Partial<Record<string, Record<Language, string>>>

/** Sentences that do not name what they are about. */
const unnamed = 'need.answer need.choose need.one need.date need.file need.empty-file'.split(' ')

/** What to do about a fault, in one sentence that names the question. */
export const faultInWords = ({ id, code }: Fault, question: Question | undefined): string => {
  const own: Table = { ...referTexts, ...plainProblems }
  const whole = (own[code] ?? (problems as Table)[code])?.[language.get()]
  const field = question && say(question.ask, question.values)
  if (whole) return field !== undefined && unnamed.includes(code) ? faultOf(field, whole) : whole
  if (code === 'wrong-format' && id === 'birth') return say('need.birth-form')
  if (code === 'wrong-format' && id?.endsWith('phone')) return say('need.phone')
  const part = label({ ...(fieldCodes as Table), ...plainFaults }, code)
  return field === undefined ? part : faultOf(field, part)
}

/** The notice, paragraph by paragraph, in one of the languages that it is kept in. */
export const noticeIn = (chosen: Language, { referrer, recipient }: About): string[] => {
  const values: Values = { referrer, recipient }
  return Object.values(noticeTexts).map(text => filled(text[chosen], values))
}
