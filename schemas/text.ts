// Text that people are named by, and numbers that institutions name their files by (domain.md, "Data as it really
// comes"). Only \p{…} properties with the `u` flag, which every engine has. They follow the engine's Unicode version:
// what differs between two engines is whether a character that only the newer one knows is unassigned.
import * as z from 'zod'
import type { FieldCode } from './field-codes.ts'

const controls = /[\p{Cc}\p{Zl}\p{Zp}]/u
/** UAX #9 explicit formatting characters. */
const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/
/** What a program writes where it lost a character, or an object. */
const lost = /[\uFFFC\uFFFD]/
const unassigned = /[\p{Co}\p{Cn}\p{Cs}]/u

/**
 * Joiners where a script needs them: ZWNJ and ZWJ between letters or their marks (Persian, Indic), the Mongolian vowel
 * separator, and the ZWJ that ends a Malayalam chillu as it was written before Unicode 5.1.
 */
const joinersInPlace = /(?<=[\p{L}\p{M}])[\u180E\u200C\u200D](?=[\p{L}\p{M}])|(?<=\u0D4D)\u200D/gu
/** Format characters, less the ones that are seen (Prepended_Concatenation_Mark). */
const invisible = /(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])\p{Cf}/u
/** Also what counts as a letter and shows as a blank: Hangul fillers, hieroglyphic blanks, the empty braille cell. */
const unseen = /[\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}]/gu
const seen = /[\p{L}\p{N}]/u

/** What no text may have, whoever it is of. */
const brokenText = (text: string): FieldCode | undefined => {
  if (controls.test(text)) return 'control-character'
  if (directions.test(text)) return 'direction-control'
  if (lost.test(text)) return 'replacement-character'
  if (unassigned.test(text)) return 'unassigned-character'
  return undefined
}

const lengthFault = (text: string, most: number): FieldCode | undefined => {
  const length = Array.from(text).length
  return length < 1 ? 'too-small' : length > most ? 'too-big' : undefined
}

/** What is wrong with a person's name as text. It is kept byte for byte; nothing is repaired. */
export const nameFault = (text: string): FieldCode | undefined =>
  lengthFault(text, 100) ??
  brokenText(text) ??
  (seen.test(text.replace(unseen, '')) ? undefined : 'nothing-visible') ??
  (invisible.test(text.replace(joinersInPlace, '')) ? 'invisible-character' : undefined)

/**
 * What is wrong with an institution's own number: anything that would make two of them look the same. So: NFC (UAX
 * #15), no blank at an end, none but U+0020 inside, and nothing that is not seen.
 */
export const ownNumberFault = (text: string): FieldCode | undefined =>
  lengthFault(text, 64) ??
  brokenText(text) ??
  (/^\s|\s$/u.test(text) ? 'blank-at-end' : undefined) ??
  (text.replace(unseen, '') !== text || /\p{Cf}|(?! )\p{Zs}/u.test(text)
    ? 'invisible-character'
    : undefined) ??
  (/[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? undefined : 'nothing-visible') ??
  (text.normalize('NFC') === text ? undefined : 'not-nfc')

/** A string that `fault` finds nothing wrong with; the first thing that it finds is the code of the refusal. */
export const textWithout = (fault: (text: string) => FieldCode | undefined, most: number) =>
  z
    .string()
    .superRefine((text, context) => {
      const code = fault(text)
      if (code !== undefined) context.addIssue({ code: 'custom', params: { code } })
    })
    .meta({ minLength: 1, maxLength: most })

/** A name or alias of a person: 1 to 100 code points. */
export const Name = textWithout(nameFault, 100)
