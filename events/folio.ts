import type { Folio } from '../schemas/ids.ts'

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U'

/**
 * The folio for 40 random bits: `REF-XXXX-XXXX-C`. Crockford base32, and his mod-37 check symbol `C`, which catches
 * every single wrong symbol and every swap of two neighbours.
 *
 * @param random exactly 5 bytes
 */
export const folio = (random: Uint8Array): Folio => {
  if (random.length !== 5) throw new RangeError('a folio is made of 5 random bytes')
  const value = random.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const digits = Array.from(
    { length: 8 },
    (_, i) => symbols[Number((value >> BigInt(35 - 5 * i)) & 31n)],
  ).join('')
  return `REF-${digits.slice(0, 4)}-${digits.slice(4)}-${symbols[Number(value % 37n)]}` as Folio
}

/**
 * What a person typed as a folio: it, with whether its check symbol was there and right; or that the symbol is another
 * one.
 */
export type TypedFolio = { folio: Folio; checked: boolean } | 'wrong-check'

/**
 * The folio that a person has typed: in either case, with or without hyphens, `REF` and check symbol, and I, L, O read
 * as 1, 1, 0 (Crockford). Undefined for what does not look like one.
 */
export const typedFolio = (text: string): TypedFolio | undefined => {
  const match = /^(?:REF)?([0-9A-TV-Z]{8})([0-9A-Z*~$=])?$/.exec(
    text.toUpperCase().replaceAll('-', ''),
  )
  if (!match) return undefined
  const [, typed = '', check] = match
  const digits = typed.replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  const value = Array.from(digits).reduce((sum, symbol) => sum * 32 + symbols.indexOf(symbol), 0)
  const read = folio(Uint8Array.from({ length: 5 }, (_, i) => value / 256 ** (4 - i)))
  const stated = check?.replace(/[IL]/, '1').replace('O', '0')
  if (stated === undefined) return { folio: read, checked: false }
  return read.endsWith(stated) ? { folio: read, checked: true } : 'wrong-check'
}

/** The folio that a person has typed; undefined for what is none, or whose check symbol is wrong. */
export const readFolio = (text: string): Folio | undefined => {
  const typed = typedFolio(text)
  return typeof typed === 'object' ? typed.folio : undefined
}

/** Whether the check symbol of a well-formed folio is right. */
export const isFolio = (text: string): boolean => {
  const match = /^REF-([0-9A-HJKMNP-TV-Z]{4})-([0-9A-HJKMNP-TV-Z]{4})-(.)$/.exec(text)
  if (!match) return false
  const value = Array.from(`${match[1]}${match[2]}`).reduce(
    (sum, symbol) => sum * 32n + BigInt(symbols.indexOf(symbol)),
    0n,
  )
  return symbols[Number(value % 37n)] === match[3]
}
