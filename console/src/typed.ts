// What somebody types to find a referral, by its looks: what is neither an id nor a folio goes into no address. Pure.
import { isFolio } from '../../events/folio.ts'
import { asTyped } from './pasted.ts'

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const isId = (text: string): boolean => id.test(text)

/** `REF`, two groups of four, the last sign, with the same or no hyphen or blank between them. */
const folio =
  /^(?<ref>REF[- ]?)?(?<one>[0-9A-Z]{4})(?<between>[- ]?)(?<other>[0-9A-Z]{4})([- ]?(?<sign>[0-9A-Z*~$=]))?$/i

/**
 * The folio in what somebody typed or pasted, without blanks: either case, with hyphens, blanks or nothing between its
 * groups, with or without check symbol and `REF`. Undefined for what may be a name: eight letters without `REF`, or two
 * words of which one has none but letters. A whole one in its groups is none of these: one folio in twenty has no digit.
 */
export const folioIn = (text: string): string | undefined => {
  const plain = asTyped(text)
  const { ref, one = '', between, other = '', sign } = folio.exec(plain)?.groups ?? {}
  if (one === '') return undefined
  const found = plain.replaceAll(' ', '-')
  if (ref !== undefined) return found
  if (sign !== undefined && between !== '' && !isMiscopied(found)) return found
  // `Rosa 1998` is a name and a year: of two words each has to have a digit.
  const parts = between === ' ' ? [one, other] : [`${one}${other}${sign ?? ''}`]
  return parts.every(part => /\d/.test(part)) ? found : undefined
}

/** Whether a whole folio was typed whose last sign is another's: something of it was copied wrongly. */
export const isMiscopied = (text: string): boolean => {
  const plain = asTyped(text)
    .toUpperCase()
    .replaceAll(/[- ]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0')
  const [, one, other, sign] = /^(?:REF)?(\w{4})(\w{4})([\w*~$=])$/.exec(plain) ?? []
  return sign !== undefined && !isFolio(`REF-${one}-${other}-${sign}`)
}

/** The last sign of a folio where it looks like none of it: `*`, `~`, `$`, `=` (Crockford's check symbols). */
export const oddSign = (whole: string): string | undefined => /[*~$=]$/.exec(whole)?.[0]
