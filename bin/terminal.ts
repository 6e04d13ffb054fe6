// What reaches the terminal: plain text or one JSON object per line. Whatever was read or sent by others is shown,
// never obeyed.
import type { Ending } from './ending.ts'
import { inert } from '../texts/inert.ts'
import type { Language } from '../texts/labels.ts'
import type { Reading } from './input.ts'
import { facts, table } from './layout.ts'
import { speaker, type Say } from '../texts/hub.ts'

/** Where a person sits: answers are read from `input`, questions written to `output`. */
export type Person = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream }

/** Where a command writes and how. Results go to `line` and its siblings, everything about them to `note` (stderr). */
export type Terminal = {
  say: Say
  language: Language
  readonly json: boolean
  readonly reveal: boolean
  /** Who can be asked: there is one only where standard input and standard error are both a terminal. */
  person?: Person
  /** Where `-` is read from. */
  reading: Reading
  /** Environment variables. */
  env: Readonly<Record<string, string | undefined>>
  ending: Ending
  /** Whether any of its streams is a terminal: somebody is there, though not where they could be asked. */
  readonly watched: boolean
  /** How many columns there are to write in. */
  readonly columns: number
  line: (text: string) => void
  record: (value: unknown) => void
  /** A value for people to read, over several lines. */
  pretty: (value: unknown) => void
  /** A whole file (a page, a CSV), byte by byte where it goes into one; on a terminal it is as inert as everything. */
  document: (text: string) => void
  table: (heading: readonly string[], rows: readonly (readonly string[])[]) => void
  facts: (rows: readonly (readonly [string, string])[]) => void
  note: (text: string) => void
  /** Marks what `line` shows in bold. */
  bold: (text: string) => string
}

/** Where a command line reads and writes: a process's own streams, or those of a test. */
export type Streams = {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  out: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  error: NodeJS.WritableStream & { isTTY?: boolean }
}

/**
 * A line of a pipe is as long as one of a common terminal: what is piped by people is read by people, and machines use
 * `--json`.
 */
const usualColumns = 80

/**
 * @param around `options` are read when something is written: `--json` and `--reveal` are known only once the line is
 * parsed. Of `env`, `NO_COLOR` (any value: no colours, no-color.org) and `COLUMNS` (where the output is no terminal)
 * matter here
 */
export function terminalOn(
  { input, out, error }: Streams,
  around: Pick<Terminal, 'language' | 'env' | 'ending'> & {
    options: () => { json?: boolean; reveal?: boolean }
  },
): Terminal {
  const { language, options, env, ending } = around
  const paint = out.isTTY === true && env['NO_COLOR'] === undefined
  // Secret, so that nothing that is shown can carry a mark of its own.
  const mark = `<${crypto.randomUUID()}>`
  const put = (stream: NodeJS.WritableStream, text: string) => {
    const [first = '', ...rest] = inert(text).split(mark)
    const painted = rest.map((part, index) => `\u001b[${index % 2 === 0 ? 1 : 0}m${part}`)
    stream.write(`${first}${painted.join('')}\n`)
  }
  const line = (text: string) => put(out, text)
  const columnsOf = () => Number(out.columns || env['COLUMNS'])
  const say = speaker(language)
  const note = (text: string) => put(error, text)
  const terminal = {
    say,
    language,
    env,
    ending,
    reading: { input, typed: () => note(say('input.typed')) },
    ...(input.isTTY === true && error.isTTY === true ? { person: { input, output: error } } : {}),
    watched: [input, out, error].some(({ isTTY }) => isTTY === true),
    get json() {
      return options().json ?? false
    },
    get reveal() {
      return options().reveal ?? false
    },
    get columns() {
      return columnsOf() >= 1 ? Math.max(20, Math.floor(columnsOf())) : usualColumns
    },
    line,
    record: (value: unknown) => line(JSON.stringify(value)),
    pretty: (value: unknown) => line(JSON.stringify(value, null, 2)),
    document: (text: string) => void (out.isTTY === true ? line(text) : out.write(text)),
    table: (heading: readonly string[], rows: readonly (readonly string[])[]) => {
      if (rows.length > 0) for (const row of table(heading, rows, terminal.columns)) line(row)
    },
    facts: (rows: readonly (readonly [string, string])[]) => {
      for (const row of facts(rows, terminal.columns)) line(row)
    },
    note,
    bold: (text: string) => (paint ? `${mark}${text}${mark}` : text),
  }
  return terminal
}

/** An instant as the clock on a Guatemalan wall shows it: `2026-11-21 06:00:00`. */
export const wallClock = (instant: string) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Guatemala',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(instant))
