// The answers as the contract has them (api.md, `POST /v1/referrals`). What it makes of them is checked by check.ts and
// by the hub; nothing is repaired here but how numbers are written. Pure.
import { endOfDay } from '../../../schemas/instants.ts'
import { noticeId, noticeVersion } from '../../../texts/consent-notice.ts'
import { asTyped } from '../pasted.ts'
import { asksCountry } from './ask-document.ts'
import {
  type About,
  type Answers,
  birthDateOf,
  departmentOf,
  documentsIn,
  grantedIn,
  hasContact,
  isMinor,
  isYes,
  many,
  nationalityPlaces,
  one,
} from './answers.ts'

/** Only what was answered. */
const given = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) =>
        value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )

const orNothing = (value: string): string[] => (value === '' ? [] : [value])
const phoneOf = (text: string): string => asTyped(text).replaceAll(/[\s().-]/g, '')
/** A day of Guatemala: its first and its last millisecond. */
const startOf = (day: string): string => (day === '' ? '' : `${day}T06:00:00.000Z`)
const endOf = (day: string): string => {
  const start = Date.parse(`${day}T06:00:00.000Z`)
  return Number.isNaN(start) ? '' : endOfDay(day)
}

const documentOf = (answers: Answers, n: number) => {
  const about = (what: string) => one(answers, `document-${n}-${what}`)
  const none = about('type') === 'none'
  return given({
    type: about('type'),
    number: none ? '' : about('number'),
    // One may have been chosen before the type was another.
    issuingCountry: none || !asksCountry(about('type')) ? '' : about('country'),
    expiresOn: none ? '' : about('expires'),
    reason: about('reason'),
  })
}

const identityOf = (answers: Answers, about: About) =>
  given({
    givenNames: orNothing(one(answers, 'given')),
    familyNames: orNothing(one(answers, 'family')),
    alias: one(answers, 'alias'),
    originalScript: one(answers, 'script'),
    birthDate: birthDateOf(answers),
    birthDateEstimated: isYes(answers, 'estimated') || undefined,
    sex: one(answers, 'sex') === 'unsaid' ? '' : one(answers, 'sex'),
    nationalities: nationalityPlaces.flatMap(n => orNothing(one(answers, `nationality-${n}`))),
    documents: Array.from({ length: documentsIn(answers) }, (_, place) =>
      documentOf(answers, place + 1),
    ),
    languages: [...many(answers, 'languages'), ...orNothing(one(answers, 'language-other'))],
    guardian: isMinor(answers, about)
      ? given({
          givenNames: orNothing(one(answers, 'guardian-given')),
          familyNames: orNothing(one(answers, 'guardian-family')),
          relationship: one(answers, 'guardian-relationship'),
          phone: phoneOf(one(answers, 'guardian-phone')),
        })
      : undefined,
  })

/** One of another department was chosen before the department was. */
const municipalityOf = (answers: Answers): string => {
  const [department, code] = [departmentOf(answers), one(answers, 'municipality')]
  return department !== '' && code.startsWith(department) ? code : ''
}

const contactOf = (answers: Answers) =>
  given({
    phone: phoneOf(one(answers, 'phone')),
    safeToCall: isYes(answers, 'safe'),
    throughLiaisonOnly: isYes(answers, 'through-liaison') || undefined,
    safeTimes: many(answers, 'times'),
    municipality: municipalityOf(answers),
  })

const payloadOf = (answers: Answers, about: About) => {
  // What nobody was permitted to see is not sent.
  const seen = new Set(grantedIn(answers, about).flatMap(({ dataCategories }) => dataCategories))
  return given({
    identity: identityOf(answers, about),
    contact: hasContact(answers) && seen.has('contact') ? contactOf(answers) : undefined,
    migrationStatus: given({
      status: one(answers, 'status'),
      caseNumber: one(answers, 'case-number'),
      validUntil: one(answers, 'status-until'),
    }),
    trainingProfile: {
      interestDeclared: isYes(answers, 'interest'),
      interests: many(answers, 'interests'),
      ...given({
        schooling: one(answers, 'schooling'),
        experience: many(answers, 'experience'),
        availability: many(answers, 'availability'),
      }),
    },
    supportNeeds: seen.has('supportNeeds') ? { needs: many(answers, 'needs') } : undefined,
    protection: seen.has('protection') ? { handling: many(answers, 'handling') } : undefined,
  })
}

/** The language that the notice was read in. */
const noticeLanguage = (answers: Answers): string => {
  const language = one(answers, 'notice-language')
  return language === 'other' ? one(answers, 'notice-tongue') : language
}

const consentOf = (answers: Answers, about: About) => {
  const own = one(answers, 'notice-language') !== 'other'
  const self = one(answers, 'grantor') === 'self'
  return given({
    notice: given({
      id: noticeId,
      version: own ? noticeVersion : `${noticeVersion}-${noticeLanguage(answers)}`,
      language: noticeLanguage(answers),
      sha256: one(answers, own ? 'notice-digest' : 'notice-file'),
    }),
    grantor: given({
      type: one(answers, 'grantor'),
      relationship: self ? '' : one(answers, 'grantor-relationship'),
      assent: isMinor(answers, about) && isYes(answers, 'assent') ? true : undefined,
    }),
    method: one(answers, 'method'),
    witnessed: isYes(answers, 'witnessed') || undefined,
    interpreterUsed: isYes(answers, 'interpreter'),
    purposes: grantedIn(answers, about),
    grantedAt: startOf(one(answers, 'granted-on')),
    validUntil: endOf(one(answers, 'valid-until')),
    evidenceSha256: one(answers, 'evidence'),
  })
}

/** Body of a submission but for its salt. What was not answered is left out: it is then said to be missing. */
export const submissionOf = (answers: Answers, about: About): Record<string, unknown> => ({
  ...given({
    externalId: one(answers, 'own').normalize('NFC'),
    agreementId: about.agreement.agreementId,
    recipient: about.recipient,
    priority: one(answers, 'priority'),
    services: many(answers, 'services'),
  }),
  consent: consentOf(answers, about),
  payload: payloadOf(answers, about),
})
