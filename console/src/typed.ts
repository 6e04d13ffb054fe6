// What somebody types to find a referral, by its looks: what is neither an id nor a folio goes into no address. Pure.

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const isId = (text: string): boolean => id.test(text)

const folio = /^(REF-?)?[0-9A-Z]{4}-?[0-9A-Z]{4}(-?[0-9A-Z*~$=])?$/i

/**
 * As it is typed: either case, with or without hyphens and check symbol. Without `REF` it needs a digit, for names have
 * eight letters too; one folio in twenty has none, and is found with `REF`.
 */
export const looksLikeFolio = (text: string): boolean =>
  folio.test(text) && (/^REF-?.{8}/i.test(text) || /\d/.test(text))
