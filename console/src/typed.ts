// What somebody types to find a referral, by its looks: what is neither an id nor a folio goes into no address. Pure.
import { isFolio } from '../../events/folio.ts'

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const isId = (text: string): boolean => id.test(text)

const folio = /^(REF-?)?[0-9A-Z]{4}-?[0-9A-Z]{4}(-?[0-9A-Z*~$=])?$/i

/**
 * As it is typed: either case, with or without hyphens and check symbol. Without `REF` it needs a digit, for names have
 * eight letters too; one folio in twenty has none, and is found with `REF`.
 */
export const looksLikeFolio = (text: string): boolean =>
  folio.test(text) && (/^REF-?.{8}/i.test(text) || /\d/.test(text))

/** Whether a whole folio was typed whose last sign is another's: something of it was copied wrongly. */
export const isMiscopied = (text: string): boolean => {
  const plain = text.toUpperCase().replaceAll('-', '').replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  const [, one, other, sign] = /^(?:REF)?(\w{4})(\w{4})([\w*~$=])$/.exec(plain) ?? []
  return sign !== undefined && !isFolio(`REF-${one}-${other}-${sign}`)
}

/** The last sign of a folio where it looks like none of it: `*`, `~`, `$`, `=` (Crockford's check symbols). */
export const oddSign = (whole: string): string | undefined => /[*~$=]$/.exec(whole)?.[0]
