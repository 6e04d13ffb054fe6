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
