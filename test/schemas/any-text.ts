// Any text there is, and what holds of all that are a name, or a number of an institution's own.
import * as fc from 'fast-check'
import { nameFault, ownNumberFault } from '../../schemas/text.ts'
import { anyCharacter } from '../any-character.ts'

/** Code points of every kind; the common kinds, and what is not seen, as often as all others together. */
const spread = fc.oneof(
  anyCharacter,
  fc.integer({ min: 0, max: 0x2fff }).map(code => String.fromCodePoint(code)),
  fc.constantFrom(
    ...Array.from('\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\u2800\ufffd\u061c\u0301\u180e'),
  ),
)
export const anyText = fc.array(spread, { minLength: 1, maxLength: 12 }).map(all => all.join(''))

// Plain booleans in both: so many expectations would be most of the time.

/** Nothing that reorders, breaks or lost text is in a name, and something of it is seen. */
export const namesAreSeen = (runs: number): void => {
  const forbidden =
    /[\p{Cc}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFD]/u
  fc.assert(
    fc.property(anyText, text => {
      fc.pre(nameFault(text) === undefined)
      return !forbidden.test(text) && /[\p{L}\p{N}]/u.test(text)
    }),
    { numRuns: runs },
  )
}

/** No two numbers differ by what is not seen. */
export const numbersAreThemselves = (runs: number): void => {
  fc.assert(
    fc.property(anyText, text => {
      fc.pre(ownNumberFault(text) === undefined)
      return (
        text.normalize('NFC').trim() === text &&
        !/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u.test(text)
      )
    }),
    { numRuns: runs },
  )
}
