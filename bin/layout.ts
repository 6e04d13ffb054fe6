// Text in columns, as a terminal shows it: measured in columns and not in characters, folded and never cut.
import { eastAsianWidth } from 'get-east-asian-width'
import { inertLine } from '../texts/inert.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const clusters = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment)

/**
 * Columns that a text takes: two for a wide East Asian letter or an emoji, none for a combining mark (Unicode UAX #11,
 * UAX #29).
 */
export const widthOf = (text: string): number =>
  // Most of what is printed, and counted without Intl, which takes its time.
  /^[\x20-\x7e]*$/.test(text)
    ? text.length
    : clusters(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0)

function clusterWidth(cluster: string): number {
  const [first = ' '] = cluster
  // U+FE0F asks for the emoji, which is wide; a flag is two letters that are shown as one.
  if (cluster.includes('\u{fe0f}') || /^\p{RI}{2}$/u.test(cluster)) return 2
  return /^\p{M}/u.test(cluster) ? 0 : eastAsianWidth(first.codePointAt(0) ?? 0)
}

const padded = (text: string, width: number) =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))
const longestWord = (text: string) => Math.max(0, ...text.split(' ').map(widthOf))

/**
 * A text in lines of at most `columns`, broken at its spaces; a word that is longer (an id) goes on in the next line.
 */
export function folded(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  const add = (piece: string) => {
    lines.push(line)
    line = piece
  }
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (widthOf(joined) <= columns) line = joined
    else {
      if (line !== '') add('')
      for (const cluster of clusters(word))
        if (widthOf(line) + clusterWidth(cluster) <= columns) line += cluster
        else add(cluster)
    }
  }
  return [...lines, line]
}

/** No column of a table is narrower: a text in shreds cannot be read. */
const narrowest = 10
const gap = '  '

/**
 * Rows as aligned columns under a heading. What is wider than `columns` is folded within its cells; where that would
 * leave a column too narrow to read, each row becomes a list of its own. A column that is empty in every row is left
 * out.
 */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  columns = Infinity,
): string[] {
  const kept = heading.map((_, column) => rows.some(row => (row[column] ?? '') !== ''))
  const only = (row: readonly string[]) =>
    heading.flatMap((_, column) => (kept[column] ? [inertLine(row[column] ?? '')] : []))
  const [titles, cells] = [only(heading), rows.map(only)]
  const widths = fittedWidths([titles, ...cells], columns)
  if (widths === undefined)
    return cells.flatMap((row, index) => [
      ...(index === 0 ? [] : ['']),
      ...facts(
        titles.map((title, column) => [title, row[column] ?? '']),
        columns,
      ),
    ])
  const laid = (row: readonly string[]) => {
    const parts = row.map((cell, column) => folded(cell, widths[column] ?? 1))
    return Array.from({ length: Math.max(...parts.map(({ length }) => length)) }, (_, line) =>
      parts
        .map((part, column) => padded(part[line] ?? '', widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    )
  }
  return [...laid(titles), widths.map(width => '─'.repeat(width)).join(gap), ...cells.flatMap(laid)]
}

/** The width of each column, the widest narrowed first; none where they cannot all be read. */
function fittedWidths(rows: readonly (readonly string[])[], columns: number): number[] | undefined {
  const [titles = []] = rows
  const column = (index: number) => rows.map(row => row[index] ?? '')
  const widths = titles.map((_, index) => Math.max(...column(index).map(widthOf)))
  const least = titles.map((_, index) =>
    Math.max(
      Math.min(narrowest, widths[index] ?? 0),
      // Ids may be broken, words may not.
      Math.min(16, Math.max(...column(index).map(longestWord))),
    ),
  )
  const room = columns - gap.length * (titles.length - 1)
  for (let over = sum(widths) - room; over > 0; over--) {
    const spare = widths.map((width, index) => width - (least[index] ?? 0))
    const widest = widths.reduce(
      (best, width, index) =>
        (spare[index] ?? 0) > 0 && (best < 0 || width > (widths[best] ?? 0)) ? index : best,
      -1,
    )
    if (widest < 0) return undefined
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

/** Titles with their values, in two columns; a value that does not fit beside its title stands below it. */
export function facts(rows: readonly (readonly [string, string])[], columns = Infinity): string[] {
  const titles = Math.max(0, ...rows.map(([title]) => widthOf(inertLine(title))))
  return rows.flatMap(([title, value]) => {
    const [name, text] = [inertLine(title), inertLine(value)]
    const room = columns - 4 - titles
    if (
      room >= Math.min(longestWord(text), widthOf(text)) &&
      room >= Math.min(narrowest, widthOf(text))
    )
      return folded(text, Math.max(1, room)).map((line, index) =>
        `  ${padded(index === 0 ? name : '', titles)}  ${line}`.trimEnd(),
      )
    return [`  ${name}`, ...folded(text, Math.max(1, columns - 4)).map(line => `    ${line}`)]
  })
}
