// CSV that a spreadsheet opens and does not run: UTF-8 with a byte order mark, RFC 4180 lines, and no cell that it
// would take for a formula.

/** A spreadsheet takes a cell that begins so for a formula; behind an apostrophe it is text (OWASP, CSV injection). */
const guarded = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const quoted = (cell: string): string =>
  /[",;\r\n\t']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** Numbers as they are; controls and line separators in texts become blanks. */
export const csvCell = (cell: string | number): string =>
  typeof cell === 'number'
    ? String(cell)
    : quoted(
        guarded(cell).replaceAll(
          /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
          ' ',
        ),
      )

export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map(row => `${row.map(csvCell).join(',')}\r\n`).join('')}`
