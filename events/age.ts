// What a date of birth says, where it is partial or estimated. Pure.
import type { Instant } from '../schemas/ids.ts'
import { guatemalanDay } from './stated-time.ts'

/**
 * A person's date of birth as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Of an estimated one only the year is
 * meant.
 */
export type Birth = { birthDate: string; birthDateEstimated?: boolean | undefined }

const meant = ({ birthDate, birthDateEstimated }: Birth): [number, number?, number?] =>
  (birthDateEstimated ? birthDate.slice(0, 4) : birthDate).split('-').map(Number) as [
    number,
    number?,
    number?,
  ]

/** Whether a person cannot have been born by the Guatemalan calendar day of an instant. */
export const isBornAfter = (birth: Birth, at: Instant): boolean => {
  const [year, month = 1, day = 1] = meant(birth)
  return Date.UTC(year, month - 1, day) > guatemalanDay(at)
}

/**
 * Whether a person may be under 18 on the Guatemalan calendar day of `now`. Where only a year or month is known, or
 * meant, the latest day it can be counts: the doubt protects the child.
 */
export const mayBeMinor = (birth: Birth, now: Instant): boolean => {
  const [year, month = 12, day] = meant(birth)
  const latestDay = day ?? new Date(Date.UTC(year, month, 0)).getUTCDate()
  // Born on 29 February: of age on 1 March of a common year, as Date.UTC carries it.
  const ofAge = Date.UTC(year + 18, month - 1, latestDay)
  return guatemalanDay(now) < ofAge
}
