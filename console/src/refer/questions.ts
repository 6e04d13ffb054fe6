// What the form asks on each of its pages, and in which order, given what was answered before. Pure: a page shows it
// (step.tsx), and what is wrong is found by it (check.ts).
import type { Purpose } from '../../../schemas/consent.ts'
import {
  type About,
  type Answers,
  departmentOf,
  documentsIn,
  isMinor,
  one,
  purposesFor,
} from './answers.ts'
import { consentQuestions, purposeQuestions, referralQuestions } from './ask-consent.ts'
import { documentQuestions, documentTypeQuestion } from './ask-document.ts'
import { municipalityQuestions, personQuestions, trainingQuestions } from './ask-person.ts'
import type { Question } from './question.ts'

/** The questions of a page; none where there is no such page. */
export const questionsOf = (step: string, answers: Answers, about: About): readonly Question[] => {
  const [, n, details] = /^documento-([1-8])(-datos)?$/.exec(step) ?? []
  if (n !== undefined)
    return details === undefined
      ? [documentTypeQuestion(Number(n))]
      : documentQuestions(Number(n), answers)
  const [, purpose] = /^finalidad-(.+)$/.exec(step) ?? []
  if (purpose !== undefined) return purposeQuestions(purpose as Purpose, answers, about)
  const all: Partial<Record<string, readonly Question[]>> = {
    ...referralQuestions(about),
    ...personQuestions,
    municipio: municipalityQuestions(departmentOf(answers)),
    ...trainingQuestions,
    ...consentQuestions(answers, about),
  }
  return all[step] ?? []
}

/** The parts of the form, as they are shown before it is sent. */
export const groups = ['referral', 'person', 'training', 'consent'] as const
export type Group = (typeof groups)[number]

/** The pages of each part, in the order in which they are asked. */
export const stepsIn = (answers: Answers, about: About): Record<Group, string[]> => {
  const minor = isMinor(answers, about)
  const documents = Array.from({ length: documentsIn(answers) }, (_, place) => place + 1)
  return {
    referral: ['expediente', 'servicios', 'prioridad'],
    person: [
      'nombre',
      'nacimiento',
      ...(minor ? ['encargado'] : []),
      'sexo',
      'nacionalidad',
      ...documents.flatMap(n => [`documento-${n}`, `documento-${n}-datos`]),
      'idiomas',
      'contacto',
      ...(departmentOf(answers) === '' ? [] : ['municipio']),
      'situacion',
      'tramite',
    ],
    training: [
      'interes',
      'formacion',
      'escolaridad',
      'experiencia',
      'horarios',
      'apoyos',
      'cuidados',
    ],
    consent: [
      'aviso',
      ...(one(answers, 'notice-language') === 'other' ? ['aviso-archivo'] : []),
      'aviso-lectura',
      ...purposesFor(answers, about).map(purpose => `finalidad-${purpose}`),
      'otorga',
      ...(['guardian', 'representative'].includes(one(answers, 'grantor')) ? ['parentesco'] : []),
      ...(minor ? ['asentimiento'] : []),
      'metodo',
      'vigencia',
      'hoja',
    ],
  }
}

/** Every page, in order. */
export const stepsOf = (answers: Answers, about: About): string[] =>
  Object.values(stepsIn(answers, about)).flat()

/** The page that asks a question. */
export const stepOf = (id: string, answers: Answers, about: About): string | undefined =>
  stepsOf(answers, about).find(step =>
    questionsOf(step, answers, about).some(question => question.id === id),
  )
