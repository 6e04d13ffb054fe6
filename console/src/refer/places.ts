// Where in the form a refusal is about: the contract's pointers, and the codes that have none, as questions. Pure.
import { type About, type Answers, grantedIn, nationalityPlaces, one } from './answers.ts'

/** Pointers of a submission and the question that fills each. The first that fits. */
const places: readonly [pointer: RegExp, id: string][] = [
  [/^\/externalId/, 'own'],
  [/^\/priority/, 'priority'],
  [/^\/services/, 'services'],
  [/^\/payload\/identity\/givenNames/, 'given'],
  [/^\/payload\/identity\/familyNames/, 'family'],
  [/^\/payload\/identity\/alias/, 'alias'],
  [/^\/payload\/identity\/originalScript/, 'script'],
  [/^\/payload\/identity\/birthDateEstimated/, 'estimated'],
  [/^\/payload\/identity\/birthDate/, 'birth'],
  [/^\/payload\/identity\/sex/, 'sex'],
  [/^\/payload\/identity\/languages/, 'languages'],
  [/^\/payload\/identity\/guardian\/givenNames/, 'guardian-given'],
  [/^\/payload\/identity\/guardian\/familyNames/, 'guardian-family'],
  [/^\/payload\/identity\/guardian\/phone/, 'guardian-phone'],
  [/^\/payload\/identity\/guardian/, 'guardian-relationship'],
  [/^\/payload\/contact\/phone/, 'phone'],
  [/^\/payload\/contact\/safeTimes/, 'times'],
  [/^\/payload\/contact\/municipality/, 'municipality'],
  [/^\/payload\/contact/, 'safe'],
  [/^\/payload\/migrationStatus\/caseNumber/, 'case-number'],
  [/^\/payload\/migrationStatus\/validUntil/, 'status-until'],
  [/^\/payload\/migrationStatus/, 'status'],
  [/^\/payload\/trainingProfile\/interests/, 'interests'],
  [/^\/payload\/trainingProfile\/schooling/, 'schooling'],
  [/^\/payload\/trainingProfile\/experience/, 'experience'],
  [/^\/payload\/trainingProfile\/availability/, 'availability'],
  [/^\/payload\/trainingProfile/, 'interest'],
  [/^\/payload\/supportNeeds/, 'needs'],
  [/^\/payload\/protection/, 'handling'],
  [/^\/consent\/notice\/language/, 'notice-language'],
  [/^\/consent\/notice/, 'notice-read'],
  [/^\/consent\/grantor\/relationship/, 'grantor-relationship'],
  [/^\/consent\/grantor\/assent/, 'assent'],
  [/^\/consent\/grantor/, 'grantor'],
  [/^\/consent\/method/, 'method'],
  [/^\/consent\/witnessed/, 'witnessed'],
  [/^\/consent\/interpreterUsed/, 'interpreter'],
  [/^\/consent\/grantedAt/, 'granted-on'],
  [/^\/consent\/validUntil/, 'valid-until'],
  [/^\/consent\/evidenceSha256/, 'evidence'],
]

/** The codes that say all by themselves. */
const ofCode: Partial<Record<string, string>> = {
  'external-id-exists': 'own',
  'eligibility-population': 'nationality-1',
  'eligibility-status': 'status',
  'interest-not-declared': 'interest',
  'consent-missing-purpose': 'granted-training-referral',
  'consent-expired': 'valid-until',
  'consent-outlives-agreement': 'valid-until',
  'minor-needs-guardian-and-assent': 'grantor',
}

const members: Partial<Record<string, string>> = {
  issuingCountry: 'country',
  expiresOn: 'expires',
}

/** The question that a pointer is about; undefined where it is about nothing that was asked. */
export const questionAt = (pointer: string, answers: Answers, about: About): string | undefined => {
  const [, document, member = 'type'] =
    /^\/payload\/identity\/documents\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? []
  if (document !== undefined) return `document-${Number(document) + 1}-${members[member] ?? member}`
  if (pointer.startsWith('/payload/identity/documents')) return 'document-1-type'
  const [, nationality] = /^\/payload\/identity\/nationalities(?:\/(\d+))?/.exec(pointer) ?? []
  if (pointer.startsWith('/payload/identity/nationalities')) {
    // Places that were left empty are not sent.
    const filled = nationalityPlaces.filter(n => one(answers, `nationality-${n}`) !== '')
    return `nationality-${filled[Number(nationality ?? 0)] ?? 1}`
  }
  const [, line, what] = /^\/consent\/purposes\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? []
  if (line !== undefined) {
    const purpose = grantedIn(answers, about)[Number(line)]?.purpose
    return `${what === 'dataCategories' ? 'categories' : 'granted'}-${purpose ?? 'training-referral'}`
  }
  if (pointer.startsWith('/consent/purposes')) return 'granted-training-referral'
  return places.find(([form]) => form.test(pointer))?.[1]
}

/** The question that a code without a pointer is about. */
export const questionOfCode = (code: string, answers: Answers): string | undefined =>
  code === 'eligibility-population' && one(answers, 'status') === 'returned-national'
    ? 'status'
    : ofCode[code]
