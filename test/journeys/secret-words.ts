// Words that stand nowhere else, one for each field of a person, and the search for them in whatever a hub leaves
// behind.
import { submissionOf } from './submissions.ts'

/** One word per field, the same for all twenty, so that a find says which field it was. */
export const words = {
  externalId: 'Zqexternal',
  givenNames: 'Zqgivenname',
  familyNames: 'Zqfamilyname',
  alias: 'Zqaliasname',
  originalScript: 'Zqscriptname',
  documentNumber: 'ZQDOCNUMBER',
  caseNumber: 'ZQCASENUMBER',
  phone: '502777001',
  guardianGiven: 'Zqguardgiven',
  guardianFamily: 'Zqguardfamily',
  guardianPhone: '502777002',
  language: 'hognorsk',
  interest: 'zqinterest',
  schooling: 'zqschooling',
  experience: 'zqexperience',
  availability: 'zqavailability',
  safeTime: 'zqsafetime',
  lostReason: 'zqlostreason',
  relationship: 'zqrelation',
}

export const person = (n: number) => {
  const two = String(n).padStart(2, '0')
  return submissionOf(n, {
    externalId: `${words.externalId} ${two}`,
    payload: {
      identity: {
        givenNames: [`${words.givenNames}${two}`, `María ${words.givenNames}`],
        familyNames: [`${words.familyNames}${two}`],
        alias: `${words.alias} ${two}`,
        originalScript: `${words.originalScript} ${two}`,
        documents: [
          { type: 'passport', number: `${words.documentNumber}-${two}`, issuingCountry: 'HND' },
          { type: 'none', reason: words.lostReason },
        ],
        languages: ['es', `nn-${words.language}`],
        guardian: {
          givenNames: [words.guardianGiven],
          familyNames: [words.guardianFamily],
          relationship: words.relationship,
          phone: `+${words.guardianPhone}${two}`,
        },
      },
      contact: { phone: `+${words.phone}${two}`, safeToCall: true, safeTimes: [words.safeTime] },
      migrationStatus: { caseNumber: `${words.caseNumber}-${two}` },
      trainingProfile: {
        interests: [words.interest],
        schooling: words.schooling,
        experience: [words.experience],
        availability: [words.availability],
      },
    },
  })
}

/** The spellings that bytes on a disk may have: each as it would stand in the middle of something longer. */
const spellings = (word: string): [string, Buffer][] => {
  const cases = [...new Set([word, word.toLowerCase(), word.toUpperCase()])]
  return cases.flatMap((text): [string, Buffer][] => {
    const base64 = [0, 1, 2].flatMap(shift => {
      const encoded = Buffer.from('x'.repeat(shift) + text)
        .toString('base64')
        .replace(/=+$/, '')
      // The first characters hold bits of what comes before, the last one bits of what comes after.
      const inner = encoded.slice(
        [0, 2, 3][shift],
        (shift + text.length) % 3 === 0 ? undefined : -1,
      )
      return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
    })
    const hex = Buffer.from(text).toString('hex')
    return [
      ['UTF-8', Buffer.from(text)],
      ['UTF-16', Buffer.from(text, 'utf16le')],
      ['hex', Buffer.from(hex)],
      ['HEX', Buffer.from(hex.toUpperCase())],
      ...[...new Set(base64)].map((each): [string, Buffer] => ['base64', Buffer.from(each)]),
    ]
  })
}
export const findIn = (bytes: Buffer, sought = words as Record<string, string>): string[] =>
  Object.entries(sought).flatMap(([field, word]) =>
    spellings(word)
      .filter(([, spelling]) => bytes.includes(spelling))
      .map(([spelling]) => `${field} in ${spelling}`),
  )
