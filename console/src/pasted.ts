// What is pasted from a chat, a letter or a PDF file brings along: signs that nobody sees, and hyphens and blanks of
// other kinds than a keyboard has. Pure.

/** Soft hyphen, zero-width signs, and what turns the direction of writing. */
const unseen = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g
/** Hyphens and dashes from figure dash to horizontal bar, the minus sign, and their narrow and wide forms. */
const hyphens = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g

/** As a keyboard would have typed it: only plain hyphens, only plain blanks, nothing unseen. */
export const asTyped = (text: string): string =>
  text.replaceAll(unseen, '').replaceAll(hyphens, '-').replaceAll(/\s+/g, ' ').trim()
