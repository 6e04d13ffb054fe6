// The JSON values in a text: one, an array of them, several one after the other, or one per line (NDJSON). What it is,
// the whole text decides. An error names the record and the line, and nothing of what they say.
import { JsonFault, readJson } from '../schemas/strict-json.ts'
import { UsageError } from './usage.ts'

/** An object that was read. `record` counts them from 1; `line` is where it begins in the text, from 1. */
export type JsonRecord = { record: number; line: number; value: object }

type Span = { from: number; to: number }

/**
 * The objects in a text, arrays by their elements. Takes time in proportion to the text.
 * @throws UsageError when there is none, when one is no object, or when the text is not (strict) JSON
 */
export function jsonRecords(text: string): JsonRecord[] {
  const spans = spansIn(text)
  if (spans.length === 0) throw new UsageError('usage.empty-input')
  const lineOf = lines(text)
  const values = spans.flatMap(({ from, to }) => {
    const line = lineOf(from)
    const value = parsed(text.slice(from, to), line)
    if (!Array.isArray(value)) return [{ line, value }]
    return elementsOf(text, from).map((start, index) => ({
      line: lineOf(start),
      value: value[index] as unknown,
    }))
  })
  if (values.length === 0) throw new UsageError('usage.empty-list')
  return values.map(({ line, value }, index) => {
    const record = index + 1
    if (value === null) throw new UsageError('usage.null-record', { record, line })
    if (typeof value !== 'object' || Array.isArray(value))
      throw new UsageError('usage.not-an-object', { record, line })
    return { record, line, value }
  })
}

/** The one JSON value of a text, such as a key. @throws UsageError when it is none */
export function jsonValue(text: string): unknown {
  const [first, ...more] = spansIn(text)
  if (!first) throw new UsageError('usage.empty-input')
  if (more[0]) throw new UsageError('usage.bad-json-line', { line: lines(text)(more[0].from) })
  return parsed(text.slice(first.from, first.to), lines(text)(first.from))
}

/**
 * Members named twice, lone surrogates and depths that the hub refuses are refused here already: the last one would
 * win.
 */
function parsed(text: string, line: number): unknown {
  try {
    return readJson(new TextEncoder().encode(text))
  } catch (error) {
    if (error instanceof JsonFault && error.code === 'duplicate-member')
      throw new UsageError('usage.json-twice', { line })
    throw new UsageError('usage.bad-json-line', { line })
  }
}

/** The values of a text. @throws UsageError naming the line that is not JSON */
function spansIn(text: string): Span[] {
  const spans: Span[] = []
  let from = skipBlank(text, 0)
  while (from < text.length) {
    const { to, wrong } = endOf(text, from)
    if (wrong !== undefined)
      throw new UsageError('usage.bad-json-line', {
        line: brokenLine(text) ?? lines(text)(wrong),
      })
    spans.push({ from, to })
    from = skipBlank(text, to)
  }
  return spans
}

/**
 * Where at least half of the lines are objects by themselves, it is NDJSON, and the first line that is none is the
 * wrong one.
 */
function brokenLine(text: string): number | undefined {
  if (text.startsWith('[', skipBlank(text, 0))) return undefined
  const each = text.split('\n').map(line => {
    const from = skipBlank(line, 0)
    if (from === line.length) return 'blank'
    const { to, wrong } = endOf(line, from)
    return wrong === undefined && skipBlank(line, to) === line.length ? line[from] : 'broken'
  })
  const count = (what: string) => each.filter(one => one === what).length
  return count('{') > 0 && count('{') >= count('broken') ? each.indexOf('broken') + 1 : undefined
}

/** Blanks of JSON (RFC 8259 §2), and byte order marks: files with one each may have been put one after the other. */
const blank = /[ \t\r\n\uFEFF]*/y
/** Everything but quotation mark, backslash and control characters (RFC 8259 §7), and what a backslash may begin. */
const string = /"[ !#-[\]-\uFFFF]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uFFFF]*)*"/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Where the match at `at` ends; `at` itself where there is none. */
function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
const skipBlank = (text: string, at: number) => past(blank, text, at)

/**
 * The end of the value that begins at `from`, or the place where it stops to be JSON. `element` hears where elements of
 * it begin.
 */
function endOf(
  text: string,
  from: number,
  element: (at: number) => void = () => {},
): { to: number; wrong?: number } {
  const open: ('{' | '[')[] = []
  let at = from
  let expects: 'value' | 'first' | 'name' | 'next' = 'value'
  do {
    at = skipBlank(text, at)
    const character = text[at]
    const inside = open.at(-1)
    if (character === (inside === '{' ? '}' : ']') && inside && expects !== 'value') {
      if (expects === 'name') return { to: at, wrong: at }
      open.pop()
      at++
      expects = 'next'
    } else if (expects === 'next') {
      if (character !== ',') return { to: at, wrong: at }
      at++
      expects = inside === '{' ? 'name' : 'value'
    } else {
      if (inside === '{') {
        const named = past(string, text, at)
        const colon = skipBlank(text, named)
        if (named === at || text[colon] !== ':') return { to: at, wrong: named }
        at = skipBlank(text, colon + 1)
      } else if (open.length === 1) element(at)
      if (text[at] === '{' || text[at] === '[') {
        open.push(text[at] as '{' | '[')
        at++
        expects = 'first'
      } else {
        const end = past(text[at] === '"' ? string : scalar, text, at)
        if (end === at) return { to: at, wrong: at }
        at = end
        expects = 'next'
      }
    }
  } while (open.length > 0)
  return { to: at }
}

/** Where the elements of the array at `from` begin. */
function elementsOf(text: string, from: number): number[] {
  const starts: number[] = []
  endOf(text, from, at => starts.push(at))
  return starts
}

/** The line of a place, from 1. Places must be asked for from the beginning on: each line feed is counted once. */
function lines(text: string): (at: number) => number {
  let [line, counted] = [1, 0]
  return at => {
    for (let feed = text.indexOf('\n', counted); feed !== -1 && feed < at; line++) {
      counted = feed + 1
      feed = text.indexOf('\n', counted)
    }
    return line
  }
}
