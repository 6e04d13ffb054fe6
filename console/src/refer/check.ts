// What is wrong with the answers, without asking a hub: what was left out, then the contract's own shapes (schemas/)
// and rules (events/), the very ones that the hub applies. Pure.
import { submitReferral } from '../../../events/referral.ts'
import { DataCategory } from '../../../schemas/consent.ts'
import { fieldErrors } from '../../../schemas/field-errors.ts'
import { Submission } from '../../../schemas/referral.ts'
import {
  type About,
  type Answers,
  documentsIn,
  isMinor,
  isYes,
  many,
  one,
  purposesFor,
  termsOf,
} from './answers.ts'
import { asksCountry } from './ask-document.ts'
import { questionAt, questionOfCode } from './places.ts'
import { type Question, stillChosen } from './question.ts'
import { questionsOf, stepsOf } from './questions.ts'
import { submissionOf } from './submission.ts'

/** `id`: the question, where it is about one. `code`: a `need.` of the form, or a code of the contract. */
export type Fault = { id: string | undefined; code: string; allowed?: readonly string[] }

/** A refusal, by this or by the hub, as faults of the form. */
export const faultsOfRefusal = (
  refusal: { code: string; errors: readonly { pointer: string; code: string }[] },
  answers: Answers,
  about: About,
): Fault[] => {
  if (refusal.errors.length === 0)
    return [{ id: questionOfCode(refusal.code, answers), code: refusal.code }]
  const known = questionOfCode(refusal.code, answers)
  return refusal.errors.map(({ pointer, code }) =>
    // `eligibility-status` says more than that a value is not allowed.
    known === undefined
      ? { id: questionAt(pointer, answers, about), code }
      : { id: known, code: refusal.code },
  )
}

const missing = ({ id, kind, need, optional }: Question, answers: Answers): Fault[] => {
  if (optional || many(answers, id).length > 0) return []
  const usual = kind === 'radios' || kind === 'select' ? 'need.choose' : 'need.answer'
  return [{ id, code: need ?? usual }]
}

/** Whom it is safe to call can be called, and a number that was given is not lost. */
const contactFaults = (answers: Answers): Fault[] => {
  const phone = one(answers, 'phone') !== ''
  if (isYes(answers, 'safe') && !phone && !isYes(answers, 'through-liaison'))
    return [{ id: 'phone', code: 'need.phone-to-call' }]
  return one(answers, 'safe') === 'none' && phone ? [{ id: 'safe', code: 'need.no-contact' }] : []
}

/** A country without a number, and without a reason for that: most likely the number was forgotten. */
const documentFaults = (answers: Answers): Fault[] =>
  Array.from({ length: documentsIn(answers) }, (_, place) => `document-${place + 1}`)
    .filter(id => {
      const type = one(answers, `${id}-type`)
      const lacks = (what: string) => one(answers, `${id}-${what}`) === ''
      return asksCountry(type) && lacks('number') && lacks('reason') && !lacks('country')
    })
    .map(id => ({ id: `${id}-number`, code: 'need.number-of-country' }))

/** Rules of the form itself: what must not be answered so. */
const refusedAnswers = (answers: Answers, about: About): Fault[] => {
  const [training, categories] = ['granted-training-referral', 'categories-training-referral']
  const permitted = many(answers, categories)
  const lacks = !permitted.includes('identity') || !permitted.includes('migrationStatus')
  const purposes = purposesFor(answers, about)
    .map(purpose => `granted-${purpose}`)
    .filter(id => id !== training && isYes(answers, id))
  const minor = isMinor(answers, about)
  return [
    ...contactFaults(answers),
    ...documentFaults(answers),
    ...(one(answers, training) === 'no' ? [{ id: training, code: 'need.training' }] : []),
    ...(isYes(answers, training) && lacks ? [{ id: categories, code: 'need.basics' }] : []),
    ...purposes
      .map(id => id.replace('granted-', 'categories-'))
      .filter(id => many(answers, id).length === 0)
      .map(id => ({ id, code: 'need.one' })),
    ...(minor && one(answers, 'grantor') !== '' && one(answers, 'grantor') !== 'guardian'
      ? [{ id: 'grantor', code: 'need.guardian' }]
      : []),
    ...(minor && one(answers, 'assent') === 'no' ? [{ id: 'assent', code: 'need.assent' }] : []),
  ]
}

const sha256 = ['0'.repeat(64)]

/**
 * An invented person of whom nothing is wrong: stands in for what was not asked yet, so that the shapes and rules can
 * judge one answer at a time.
 */
const standIn = (about: About): Answers => ({
  own: ['1'],
  services: ['vocational-profiling'],
  priority: ['routine'],
  given: ['X'],
  birth: ['', '', '1980'],
  'nationality-1': ['HND'],
  'document-1-type': ['none'],
  'document-1-reason': ['never-had'],
  languages: ['es'],
  'guardian-given': ['X'],
  'guardian-relationship': ['mother'],
  safe: ['no'],
  status: ['refugee'],
  interest: ['yes'],
  'notice-language': ['es'],
  'notice-digest': sha256,
  'notice-tongue': ['ht'],
  'notice-file': sha256,
  'granted-training-referral': ['yes'],
  'categories-training-referral': DataCategory.options,
  grantor: ['guardian'],
  'grantor-relationship': ['mother'],
  assent: ['yes'],
  method: ['signature'],
  'granted-on': [about.now.slice(0, 10)],
  'valid-until': [about.agreement.endsAt.slice(0, 10)],
  evidence: sha256,
})

/** What shapes and rules say of the answers. */
const contractFaults = (answers: Answers, about: About): Fault[] => {
  const parsed = Submission.safeParse(
    { salt: 'AAAAAAAAAAAAAAAAAAAAAA', ...submissionOf(answers, about) },
    { reportInput: true },
  )
  if (!parsed.success)
    return faultsOfRefusal(
      { code: 'invalid-request', errors: fieldErrors(parsed.error) },
      answers,
      about,
    )
  const fact = submitReferral(parsed.data, {
    agreement: termsOf(about),
    referrer: about.referrer,
    now: about.now,
  })
  return 'refused' in fact
    ? faultsOfRefusal({ code: fact.refused, errors: fact.errors ?? [] }, answers, about)
    : []
}

/** One fault for a question: the first that was found. */
const firstOfEach = (faults: readonly Fault[]): Fault[] => {
  const seen = new Set<string>()
  return faults.filter(({ id = '' }) => (seen.has(id) ? false : seen.add(id)))
}

/** What is wrong with the answers of one page; what was not asked yet is taken to be in order. */
export const faultsIn = (step: string, answers: Answers, about: About): Fault[] => {
  const questions = questionsOf(step, answers, about)
  const here = new Set(questions.map(({ id }) => id))
  const supposed = { ...standIn(about), ...answers }
  return firstOfEach([
    ...questions.flatMap(question => missing(question, answers)),
    ...refusedAnswers(answers, about),
    ...contractFaults(supposed, about),
  ]).filter(({ id }) => id !== undefined && here.has(id))
}

/** What is wrong with all of it, as one would send it now. */
export const faultsOf = (answers: Answers, about: About): Fault[] =>
  firstOfEach([
    ...stepsOf(answers, about).flatMap(step =>
      questionsOf(step, answers, about).flatMap(question => missing(question, answers)),
    ),
    ...refusedAnswers(answers, about),
    // What is missing was said; the rest is judged all the same.
    ...contractFaults({ ...standIn(about), ...answers }, about),
  ])

/** Whether a page has a question of which nothing that was chosen is a choice any longer. */
const isOutdated = (step: string, answers: Answers, about: About): boolean =>
  questionsOf(step, answers, about).some(question => {
    const given = many(answers, question.id)
    return given.length > 0 && stillChosen(question, given).length === 0
  })

/** The first page that is not answered yet, or not any longer. `done`: those that were. */
export const nextStep = (
  done: ReadonlySet<string>,
  answers: Answers,
  about: About,
): string | undefined =>
  stepsOf(answers, about).find(step => !done.has(step) || isOutdated(step, answers, about))
