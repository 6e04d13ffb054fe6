// Which words the codes of a person's data have, by the member that they stand in.
import { countryCodes, countryName, languageName } from './countries.ts'
import type { Labels, Language } from './labels.ts'
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

const byMember: Partial<Record<string, Labels<string>>> = {
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
}

/**
 * A value of a payload in words: `Honduras` for `HND` as a nationality. What is no code, or has no word, as it is: names,
 * numbers, days.
 */
export const valueInWords = (member: string, value: string, language: Language): string => {
  if (member === 'nationalities' || member === 'issuingCountry')
    return countryCodes.includes(value) ? countryName(value, language) : value
  if (member === 'languages') return languageName(value, language)
  return byMember[member]?.[value]?.[language] ?? value
}
