// What must not act: characters that a terminal, a pager or an editor would obey instead of showing.

/**
 * Every control character (C0, DEL, C1, and with them every ANSI sequence), every format character (direction marks and
 * overrides, zero widths, byte order mark, tags), line and paragraph separators and lone surrogates, written as JSON
 * writes them. A line feed stays. JSON stays JSON, with the same values. Test: "whatever is printed is inert"
 * (test/bin/inert.test.ts).
 */
export const inert = (text: string): string =>
  text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped)

/** The same for what is part of one line: a line feed would begin a line that is not ours. */
export const inertLine = (text: string): string => inert(text).replaceAll('\n', escaped)

/** By UTF-16 unit, as in a JSON string. */
const escaped = (character: string) =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('')
