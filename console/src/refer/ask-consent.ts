// What is asked about the referral and about the consent to it. Pure.
import { completionUntil } from '../../../events/agreement.ts'
import type { Purpose } from '../../../schemas/consent.ts'
import { capacityLabels, categoryLabels } from '../../../texts/labels.ts'
import { methodLabels, relationshipLabels } from '../../../texts/person-codes.ts'
import { hoursInWords } from '../../../texts/durations.ts'
import { priorityLabels, serviceLabels } from '../../../texts/referral.ts'
import {
  type About,
  type Answers,
  categoriesIn,
  isMinor,
  recipientFor,
  serviceOf,
  termsOf,
  usualFor,
} from './answers.ts'
import {
  type Question,
  choicesOf,
  languagesElse,
  oftenSpoken,
  worded,
  yesOrNo,
} from './question.ts'

/** Why one is asked about a purpose, and what comes of a no. */
const hintOf = (purpose: Purpose): Pick<Question, 'hint' | 'hintWords'> => {
  const service = serviceOf[purpose]
  if (service !== undefined)
    return {
      hint: 'hint.granted-service',
      hintWords: language => ({ service: serviceLabels[service][language] }),
    }
  if (purpose === 'training-referral') return { hint: 'hint.granted-training' }
  return { hint: purpose === 'protection-handling' ? 'hint.granted-care' : 'hint.granted' }
}

export const purposeQuestions = (purpose: Purpose, answers: Answers, about: About): Question[] => [
  {
    id: `granted-${purpose}`,
    kind: 'radios',
    ask: `ask.granted-${purpose}`,
    values: { recipient: recipientFor(purpose, about) ?? '' },
    ...hintOf(purpose),
    choices: yesOrNo,
  },
  {
    id: `categories-${purpose}`,
    kind: 'checks',
    ask: 'ask.categories',
    hint: 'hint.categories',
    hintChoices: usualFor(purpose, answers),
    // Of whoever says yes: a purpose without any data permits nothing.
    optional: 'sometimes',
    choices: choicesOf(categoryLabels, categoriesIn(answers)),
  },
]

export const referralQuestions = (about: About) =>
  ({
    expediente: [{ id: 'own', kind: 'text', ask: 'ask.own', hint: 'hint.own', need: 'need.own' }],
    servicios: [
      {
        id: 'services',
        kind: 'checks',
        ask: 'ask.services',
        hint: 'hint.services',
        need: 'need.services',
        choices: choicesOf(serviceLabels),
      },
    ],
    prioridad: [
      {
        id: 'priority',
        kind: 'radios',
        ask: 'ask.priority',
        choices: choicesOf(priorityLabels).map(choice => ({
          ...choice,
          hint: {
            key: 'hint.priority',
            values: language => {
              const { answerHours } = termsOf(about).policy
              const hours = answerHours[choice.value as keyof typeof priorityLabels]
              return { time: hoursInWords(hours, language) }
            },
          },
        })),
      },
    ],
  }) satisfies Record<string, readonly Question[]>

export const consentQuestions = (answers: Answers, about: About) =>
  ({
    aviso: [
      {
        id: 'notice-language',
        kind: 'radios',
        ask: 'ask.notice-language',
        choices: [
          worded('es', { es: 'Español', en: 'Spanish' }),
          worded('en', { es: 'Inglés', en: 'English' }),
          {
            ...worded('other', { es: 'Otro idioma', en: 'Another language' }),
            hint: { key: 'hint.notice-other', values: () => ({}) },
          },
        ],
      },
    ],
    'aviso-archivo': [
      {
        id: 'notice-tongue',
        kind: 'select',
        ask: 'ask.notice-tongue',
        choices: [...oftenSpoken, ...languagesElse].filter(
          ({ value }) => !['es', 'en'].includes(value),
        ),
      },
      {
        id: 'notice-file',
        kind: 'file',
        ask: 'ask.notice-file',
        hint: 'hint.notice-file',
        need: 'need.file',
      },
    ],
    'aviso-lectura': [
      { id: 'interpreter', kind: 'tick', ask: 'ask.interpreter', optional: true },
      { id: 'notice-read', kind: 'tick', ask: 'ask.notice-read', need: 'need.read' },
    ],
    otorga: [
      {
        id: 'grantor',
        kind: 'radios',
        ask: 'ask.grantor',
        choices: choicesOf(
          capacityLabels,
          isMinor(answers, about) ? ['guardian'] : ['self', 'guardian', 'representative'],
        ),
      },
    ],
    parentesco: [
      {
        id: 'grantor-relationship',
        kind: 'radios',
        ask: 'ask.grantor-relationship',
        choices: choicesOf(relationshipLabels),
      },
    ],
    asentimiento: [
      { id: 'assent', kind: 'radios', ask: 'ask.assent', hint: 'hint.assent', choices: yesOrNo },
    ],
    metodo: [
      { id: 'method', kind: 'radios', ask: 'ask.method', choices: choicesOf(methodLabels) },
      { id: 'witnessed', kind: 'tick', ask: 'ask.witnessed', optional: true },
    ],
    vigencia: [
      { id: 'granted-on', kind: 'day', ask: 'ask.granted-on', need: 'need.date' },
      {
        id: 'valid-until',
        kind: 'day',
        ask: 'ask.valid-until',
        hint: 'hint.valid-until',
        hintDays: { until: completionUntil(termsOf(about)) },
        need: 'need.date',
      },
    ],
    hoja: [
      {
        id: 'evidence',
        kind: 'file',
        ask: 'ask.evidence',
        hint: 'hint.evidence',
        need: 'need.file',
      },
    ],
  }) satisfies Record<string, readonly Question[]>
