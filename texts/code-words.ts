// Which words the codes of a person's data have, by the member that they stand in.
import { countryCodes, countryName, languageName } from './countries.ts'
import { dateInWords } from './dates.ts'
import type { Labels, Language } from './labels.ts'
import { municipalityName } from './municipalities.ts'
import {
  documentLabels,
  handlingLabels,
  migrationLabels,
  needLabels,
  relationshipLabels,
  schoolingLabels,
  sexLabels,
  timeLabels,
  tradeLabels,
  withoutDocumentLabels,
  yesNoLabels,
} from './person-codes.ts'

/** The words of the codes that a member of a person's data may have. */
export const codeLabels = {
  birthDateEstimated: yesNoLabels,
  safeToCall: yesNoLabels,
  throughLiaisonOnly: yesNoLabels,
  interestDeclared: yesNoLabels,
  sex: sexLabels,
  type: documentLabels,
  reason: withoutDocumentLabels,
  relationship: relationshipLabels,
  safeTimes: timeLabels,
  availability: timeLabels,
  status: migrationLabels,
  interests: tradeLabels,
  experience: tradeLabels,
  schooling: schoolingLabels,
  needs: needLabels,
  handling: handlingLabels,
} as const satisfies Record<string, Labels<string>>

const byMember: Partial<Record<string, Labels<string>>> = codeLabels

/** Members that are a day, as exactly as it is known. */
const days = ['birthDate', 'expiresOn', 'validUntil']

/**
 * A value of a payload in words: `Honduras` for `HND` as a nationality, `14 de marzo de 1998` for `1998-03-14`. What is
 * no code, or has no word, as it is: names, numbers.
 */
export const valueInWords = (member: string, value: string, language: Language): string => {
  if (member === 'nationalities' || member === 'issuingCountry')
    return countryCodes.includes(value) ? countryName(value, language) : value
  if (member === 'languages') return languageName(value, language)
  if (days.includes(member)) return dateInWords(value, language)
  if (member === 'municipality') return municipalityName(value)
  return byMember[member]?.[value]?.[language] ?? value
}
