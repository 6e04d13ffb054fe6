// What is asked about each document. Pure.
import { documentLabels, withoutDocumentLabels } from '../../../texts/person-codes.ts'
import { type Answers, mostDocuments, one } from './answers.ts'
import { type Question, choicesOf, countries, yesOrNo } from './question.ts'

export const documentTypeQuestion = (n: number): Question => ({
  id: `document-${n}-type`,
  kind: 'radios',
  ask: 'ask.document',
  hint: 'hint.document',
  choices: choicesOf(
    documentLabels,
    Object.keys(documentLabels).filter(type => n === 1 || type !== 'none'),
  ),
})

/** Documents of which the country goes without saying, or that have none. */
const withoutCountry = [
  'provisional-stay',
  'humanitarian-stay',
  'refugee-certificate',
  'refugee-card',
  'temporary-residence',
  'permanent-residence',
  'dpi-foreign-resident',
  'unhcr-certificate',
]

export const documentQuestions = (n: number, answers: Answers): Question[] => {
  const type = one(answers, `document-${n}-type`)
  const id = (what: string) => `document-${n}-${what}`
  const reason: Question = {
    id: id('reason'),
    kind: 'radios',
    ask: 'ask.document-reason',
    choices: choicesOf(withoutDocumentLabels),
  }
  if (type === 'none') return [reason]
  return [
    {
      id: id('number'),
      kind: 'text',
      ask: 'ask.document-number',
      hint: 'hint.document-number',
      optional: 'sometimes',
    },
    ...(withoutCountry.includes(type)
      ? []
      : [
          {
            id: id('country'),
            kind: 'select' as const,
            ask: 'ask.document-country' as const,
            optional: 'sometimes' as const,
            choices: countries,
          },
        ]),
    { id: id('expires'), kind: 'day', ask: 'ask.document-expires', optional: true },
    { ...reason, optional: true },
    ...(n === mostDocuments
      ? []
      : [
          {
            id: id('more'),
            kind: 'radios' as const,
            ask: 'ask.document-more' as const,
            choices: yesOrNo,
          },
        ]),
  ]
}
