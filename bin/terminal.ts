// What reaches the terminal: plain text or one JSON object per line, colours only where somebody looks.
import type { Person } from './confirm.ts'
import type { Language } from './labels.ts'
import { speaker, type Say } from './texts.ts'

/** Where a command writes and how. Results go to `line`, everything about them to `note` (stderr). */
export type Terminal = {
  say: Say
  language: Language
  readonly json: boolean
  readonly reveal: boolean
  /** Who can be asked: there is one only where standard input and standard error are both a terminal. */
  person?: Person
  line: (text: string) => void
  record: (value: unknown) => void
  note: (text: string) => void
  bold: (text: string) => string
  dim: (text: string) => string
}

/** Where a command line reads and writes: a process's own streams, or those of a test. */
export type Streams = {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  out: NodeJS.WritableStream & { isTTY?: boolean }
  error: NodeJS.WritableStream & { isTTY?: boolean }
}

/**
 * @param options read when something is written: `--json` and `--reveal` are known only once the line is parsed
 * @param paint whether ANSI colours may be used (a terminal, and no `NO_COLOR`)
 */
export function terminalOn(
  { input, out, error }: Streams,
  language: Language,
  options: () => { json?: boolean; reveal?: boolean },
  paint: boolean,
): Terminal {
  const styled = (code: number) => (text: string) =>
    paint && out.isTTY === true ? `\u001b[${code}m${text}\u001b[0m` : text
  return {
    say: speaker(language),
    ...(input.isTTY === true && error.isTTY === true ? { person: { input, output: error } } : {}),
    language,
    get json() {
      return options().json ?? false
    },
    get reveal() {
      return options().reveal ?? false
    },
    line: text => void out.write(`${text}\n`),
    record: value => void out.write(`${inert(JSON.stringify(value))}\n`),
    note: text => void error.write(`${text}\n`),
    bold: styled(1),
    dim: styled(2),
  }
}

/** JSON leaves C1 controls and direction marks as they are; a terminal or a reader would act on them. */
export const inert = (json: string) =>
  json.replace(
    /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** In code points: every accented letter of ours is one, and takes one column. */
const lengthOf = (text: string) => Array.from(text).length

/** Rows as aligned columns under a heading; the last column is not padded. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((title, column) =>
    Math.max(...[title, ...rows.map(row => row[column] ?? '')].map(lengthOf)),
  )
  const laid = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - lengthOf(cell)))
      .join('  ')
      .trimEnd()
  return [laid(heading), widths.map(width => '─'.repeat(width)).join('  '), ...rows.map(laid)]
}

/** An instant as the clock on a Guatemalan wall shows it: `2026-11-21 06:00:00`. */
export const wallClock = (instant: string) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Guatemala',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(instant))
