// What is asked about each document. Pure.
import { DocumentType, needsCountry } from '../../../schemas/documents.ts'
import { documentLabels, withoutDocumentLabels } from '../../../texts/person-codes.ts'
import { type Answers, mostDocuments, one } from './answers.ts'
import { type Question, choicesOf, countries, oftenFirst, yesOrNo } from './question.ts'

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

/** Unless the country goes without saying, or there is none. */
export const asksCountry = (type: string): boolean => {
  const known = DocumentType.safeParse(type)
  return !known.success || needsCountry(known.data)
}

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
    ...(asksCountry(type)
      ? [
          {
            id: id('country'),
            kind: 'select' as const,
            ask: 'ask.document-country' as const,
            optional: 'sometimes' as const,
            choices: countries,
            keptFirst: oftenFirst,
          },
        ]
      : []),
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
