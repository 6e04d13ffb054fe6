import * as fc from 'fast-check'

/**
 * Any code point, unpaired surrogates too. fast-check's own units of text look through all of Unicode first, which
 * takes seconds.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .map(code => String.fromCodePoint(code))
