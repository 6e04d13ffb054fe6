// Texts of one kind, deflated (RFC 1951 with a preset dictionary): what they have in common costs them nothing. For
// rows that would else be larger than the kilobyte by which DynamoDB counts a write.
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** The first byte says by which words a text was deflated. Those of a number never change. */
const first = 1

/** Far above what a row may hold. */
const maxOutputLength = 1024 * 1024

/** @param words what texts of this kind have in common, the most frequent last */
export const shortTexts = (words: string) => {
  const dictionary = Buffer.from(words)
  return {
    shorten: (text: string): Uint8Array =>
      Buffer.concat([Buffer.of(first), deflateRawSync(text, { dictionary })]),
    /** The text of what was shortened. Throws for half of it, and for what another version wrote in another way. */
    textOf: (short: Uint8Array): string => {
      if (short[0] !== first) throw new Error('shortened in a way unknown here')
      return inflateRawSync(short.subarray(1), { dictionary, maxOutputLength }).toString()
    },
  }
}
