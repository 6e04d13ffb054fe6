// What has been answered in the form that refers a person: by the id of the question, whatever it takes. Pure.
import { mayBeMinor } from '../../../events/age.ts'
import type { KeptAgreement } from '../../../schemas/agreement.ts'
import type { DataCategory, Purpose } from '../../../schemas/consent.ts'
import type { InstitutionCode, Instant } from '../../../schemas/ids.ts'
import type { AgreementView } from '../../../schemas/notice.ts'
import type { serviceLabels } from '../../../texts/referral.ts'

export type Answers = Readonly<Record<string, readonly string[]>>

/** Under which agreement, by whom and to whom a person is referred. */
export type About = {
  agreement: AgreementView
  referrer: InstitutionCode
  recipient: InstitutionCode
  now: Instant
}

/** The agreement as the rules take it (events/). */
export const termsOf = ({ agreement }: About): KeptAgreement => {
  const { endsAt, state, policy, ...view } = agreement
  return {
    agreementId: view.agreementId,
    title: view.title,
    parties: view.parties,
    flows: view.flows,
    onwardRecipients: view.onwardRecipients,
    inForceFrom: view.inForceFrom,
    inForceUntil: view.inForceUntil,
    rescindedUntil: endsAt,
    servesRegularStatus: view.servesRegularStatus,
    targetPersons: view.targetPersons,
    // An agreement is shown with all of its policy (schemas/notice.ts).
    policy: policy as KeptAgreement['policy'],
    ...(state === 'frozen' ? { frozen: true as const } : {}),
  }
}

export const one = (answers: Answers, id: string): string => answers[id]?.[0] ?? ''
export const many = (answers: Answers, id: string): readonly string[] =>
  (answers[id] ?? []).filter(value => value !== '')
export const isYes = (answers: Answers, id: string): boolean => one(answers, id) === 'yes'

/** Day, month and year as the contract has them: `1994-08-05`, `1994-08`, `1994`. Empty where there is no year. */
export const birthDateOf = (answers: Answers): string => {
  const [day = '', month = '', year = ''] = answers['birth'] ?? []
  if (year === '') return ''
  if (month === '') return day === '' ? year : `${year}-${day}-?`
  return [year, month.padStart(2, '0'), ...(day === '' ? [] : [day.padStart(2, '0')])].join('-')
}

/** Whether a guardian has to permit it, and the person to assent. */
export const isMinor = (answers: Answers, { now }: About): boolean => {
  const birthDate = birthDateOf(answers)
  if (!/^\d{4}(-\d\d){0,2}$/.test(birthDate)) return false
  return mayBeMinor({ birthDate, birthDateEstimated: isYes(answers, 'estimated') }, now)
}

export const mostDocuments = 8

/** Places for nationalities (schemas/payload.ts takes as many). */
export const nationalityPlaces = [1, 2, 3, 4, 5] as const

/** How many documents there are places for: another one where one more was asked for. */
export const documentsIn = (answers: Answers): number => {
  let count = 1
  while (count < mostDocuments && one(answers, `document-${count}-type`) !== 'none')
    if (isYes(answers, `document-${count}-more`)) count++
    else break
  return count
}

/** Whether a contact was given. */
export const hasContact = (answers: Answers): boolean => one(answers, 'safe') !== 'none'

/** The department that they live in, where a contact was given; empty where it was not said. */
export const departmentOf = (answers: Answers): string =>
  hasContact(answers) ? one(answers, 'department') : ''

/** The kinds of data that there are of this person. */
export const categoriesIn = (answers: Answers): DataCategory[] => [
  'identity',
  ...(hasContact(answers) ? ['contact' as const] : []),
  'migrationStatus',
  'trainingProfile',
  ...(many(answers, 'needs').length > 0 ? ['supportNeeds' as const] : []),
  ...(many(answers, 'handling').length > 0 ? ['protection' as const] : []),
]

/** What each purpose is usually done with. Less may be permitted, and more: nothing is, until the person says so. */
const asked: Record<Purpose, { categories: readonly DataCategory[] }> = {
  'training-referral': {
    categories: ['identity', 'contact', 'migrationStatus', 'trainingProfile', 'supportNeeds'],
  },
  'protection-handling': { categories: ['protection'] },
  'psychosocial-support': { categories: ['identity', 'contact', 'supportNeeds'] },
  'mobility-stipend': { categories: ['identity', 'contact'] },
  'status-feedback': { categories: ['trainingProfile'] },
  'job-placement-handover': { categories: ['identity', 'contact', 'trainingProfile'] },
  'aggregate-reporting': { categories: ['trainingProfile'] },
}

export const usualFor = (purpose: Purpose, answers: Answers): DataCategory[] =>
  categoriesIn(answers).filter(category => asked[purpose].categories.includes(category))

/** Who would see the data for a purpose; nobody where the agreement has nobody for it. */
export const recipientFor = (
  purpose: Purpose,
  { agreement, referrer, recipient }: About,
): InstitutionCode | undefined => {
  if (purpose === 'status-feedback') return referrer
  if (purpose === 'job-placement-handover')
    return agreement.onwardRecipients.find(onward => onward !== recipient)
  return recipient
}

/** What a purpose is for where it is a service: nobody is asked to permit what was not asked for. */
export const serviceOf: Partial<Record<Purpose, keyof typeof serviceLabels>> = {
  'psychosocial-support': 'group-psychosocial-support',
  'mobility-stipend': 'mobility-stipend',
  'job-placement-handover': 'job-placement-handover',
}

/** The purposes that this person is asked about, in the order in which they are asked. */
export const purposesFor = (answers: Answers, about: About): Purpose[] =>
  (Object.keys(asked) as Purpose[]).filter(purpose => {
    const service = serviceOf[purpose]
    return (
      recipientFor(purpose, about) !== undefined &&
      (service === undefined || many(answers, 'services').includes(service)) &&
      (purpose !== 'protection-handling' || many(answers, 'handling').length > 0)
    )
  })

export type Granted = { purpose: Purpose; recipient: InstitutionCode; dataCategories: string[] }

/** What was permitted: each purpose with the kinds of data that there are. */
export const grantedIn = (answers: Answers, about: About): Granted[] => {
  const there: readonly string[] = categoriesIn(answers)
  return purposesFor(answers, about).flatMap(purpose => {
    const recipient = recipientFor(purpose, about)
    if (recipient === undefined || !isYes(answers, `granted-${purpose}`)) return []
    const dataCategories = many(answers, `categories-${purpose}`).filter(category =>
      there.includes(category),
    )
    return [{ purpose, recipient, dataCategories }]
  })
}
