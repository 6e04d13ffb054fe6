// A key's thumbprint as people read it to each other: over the telephone, or from one screen to another.

/** Crockford's base32: no I, L, O or U, which are read as something else. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Octets behind base64url; those of a keyid are its SHA-256. */
const octetsOf = (text: string): number[] =>
  Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0))

/**
 * The first 80 bits of a keyid as 16 letters in four groups: `7K2M-…`. Nobody finds a second key with the same ones by
 * trying: that would take 2^80 keys.
 * @param keyid RFC 7638 thumbprint, base64url
 */
export const lettersOf = (keyid: string): string => {
  const value = octetsOf(keyid)
    .slice(0, 10)
    .reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
  const text = Array.from(
    { length: 16 },
    (_, place) => letters[Number((value >> BigInt(75 - 5 * place)) & 31n)],
  ).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** Whether somebody typed those letters: in either case, with any blanks or hyphens, I and L read as 1, O as 0. */
export const areLettersOf = (typed: string, keyid: string): boolean =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0') ===
  lettersOf(keyid).replaceAll('-', '')
