// A sheet of referrals (RFC 4180, as spreadsheets save it) as submissions, each with what is wrong in its cells.
import { CsvError, parse } from 'csv-parse/sync'
import { UsageError } from '../usage.ts'
import { CellError, valueOf, type CellCode, type DateOrder, type Scope } from './cells.ts'
import { columnNamed, exampleNumbers, letterOf, type Column } from './columns.ts'

/** A column of this sheet: `letter` is over it in a spreadsheet. */
export type Place = { name: string; letter?: string }
type CellProblem = Place & {
  code: CellCode | 'cell-count' | 'example-row'
  allowed?: readonly string[]
}

/** A row as a submission without its salt. `line` is its row, as a spreadsheet counts them. */
export type SheetRecord = {
  record: number
  line: number
  value: object
  problems: CellProblem[]
  /** The column in which a pointer of this row's submission lies, if there is one for it. */
  placeOf: (pointer: string) => Place | undefined
}

const delimiters = [',', ';', '\t']

/** The header's cells, roughly: good enough to see which delimiter it has. */
const headerCells = (text: string, delimiter: string) =>
  (/^[^\r\n]*/.exec(text)?.[0] ?? '').split(delimiter).map(cell => cell.replaceAll('"', ''))

const known = (text: string, delimiter: string) =>
  headerCells(text, delimiter).filter(cell => columnNamed(cell) !== undefined).length

/** Excel may begin a sheet with a line that only names its delimiter. It does not count as a row. */
const withoutSep = (text: string) => text.replace(/^sep=.\r?\n/i, '')

/** Whether a text is a sheet: its first row has names of columns. */
export function isSheet(text: string): boolean {
  const sheet = withoutSep(text)
  return delimiters.some(delimiter => known(sheet, delimiter) > 0)
}

/**
 * The rows of a sheet. Comma or semicolon (or tab), the header row decides. Blank rows are passed over.
 * @throws UsageError when it is no CSV, or its header row has columns that are not known, or twice; they are named by
 * letter
 */
export function sheetRecords(text: string, dates?: DateOrder): SheetRecord[] {
  const sheet = withoutSep(text)
  const delimiter = delimiters.toSorted((a, b) => known(sheet, b) - known(sheet, a))[0] ?? ','
  const [header = [], ...rows] = cellsOf(sheet, delimiter)
  const found = columnsOf(header, rows)
  const records = rows.flatMap((cells, index) =>
    cells.every(cell => cell === '') ? [] : [{ cells, line: index + 2 }],
  )
  if (records.length === 0) throw new UsageError('usage.empty-list')
  return records.map(({ cells, line }, index) => ({
    record: index + 1,
    line,
    ...rowOf(cells, found, { dates, width: header.length }),
  }))
}

function cellsOf(text: string, delimiter: string): string[][] {
  try {
    // Blank lines stay, so that rows are counted as a spreadsheet counts them.
    const rows: string[][] = parse(text, { delimiter, relax_column_count: true })
    return rows.map(cells => cells.map(cell => cell.replaceAll(/^[\s\u00a0]+|[\s\u00a0]+$/g, '')))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines } = error as CsvError & { lines?: number }
    throw new UsageError('usage.csv-broken', { line: lines ?? '?' })
  }
}

type Found = Map<number, Column>

const letters = (list: string[]) => ({ letters: list.join(', ') })

/** Whether a path is another one or lies in it. */
const under = (one: string, other: string) => one === other || one.startsWith(`${other}.`)

function columnsOf(header: string[], rows: string[][]): Found {
  const found: Found = new Map()
  const [unknown, twice]: [string[], string[]] = [[], []]
  for (const [index, name] of header.entries()) {
    const column = columnNamed(name)
    // Spreadsheets leave empty columns behind.
    const blank = name === '' && rows.every(cells => (cells[index] ?? '') === '')
    if (!column) unknown.push(...(blank ? [] : [letterOf(index)]))
    else if (Array.from(found.values()).includes(column)) twice.push(letterOf(index))
    else found.set(index, column)
  }
  if (unknown.length > 0) throw new UsageError('usage.csv-unknown-column', letters(unknown))
  if (twice.length > 0) throw new UsageError('usage.csv-column-twice', letters(twice))
  return found
}

function rowOf(
  cells: string[],
  found: Found,
  { dates, width }: { dates: DateOrder | undefined; width: number },
): Omit<SheetRecord, 'record' | 'line'> {
  const problems: CellProblem[] = []
  const value: Tree = {}
  const recipient = Array.from(found).find(([, { path }]) => path === 'recipient')
  const context = { dates, recipient: cells[recipient?.[0] ?? -1] ?? '' }
  if (cells.length < width || cells.slice(width).some(cell => cell !== ''))
    problems.push({ name: '', code: 'cell-count' })
  const purposes: string[] = []
  const documents: string[] = []
  for (const [index, column] of found) {
    const cell = cells[index] ?? ''
    const place = { name: column.name, letter: letterOf(index) }
    try {
      // A list that a submission must have is there when nothing is in it.
      const read = cell === '' ? blankOf(column) : valueOf(cell, column, context)
      if (read === undefined) continue
      if (column.path === 'externalId' && isExample(cell))
        problems.push({ ...place, code: 'example-row' })
      const path = column.path.split('.')
      if (column.kind === 'purpose') {
        const purpose = path.at(-1) ?? ''
        purposes.push(column.path)
        const lines = (memberOf(value, ['consent'])['purposes'] ??= []) as object[]
        lines.push({ purpose, ...(read as Scope) })
      } else if (path[2] === 'documents') {
        const [document, member] = [path.slice(0, 4).join('.'), path[4] ?? '']
        if (!documents.includes(document)) documents.push(document)
        const list = (memberOf(value, ['payload', 'identity'])['documents'] ??= []) as Tree[]
        const one = (list[documents.indexOf(document)] ??= {})
        one[member] = read
      } else memberOf(value, path.slice(0, -1))[path.at(-1) ?? ''] = read
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      const { code, allowed } = error
      problems.push({ ...place, code, ...(allowed ? { allowed } : {}) })
    }
  }
  const placeOf = (pointer: string) => columnAt(pathOf(pointer, { purposes, documents }), found)
  return { value, problems, placeOf }
}

/** One of the template's invented persons, left in the sheet. */
const isExample = (cell: string) =>
  exampleNumbers.some(number => number === cell.trim().toUpperCase())

type Tree = { [member: string]: unknown }

/** The object at a path, made where it is not there. */
function memberOf(value: Tree, path: readonly string[]): Tree {
  let at = value
  for (const name of path) at = (at[name] ??= {}) as Tree
  return at
}

const blankOf = ({ path }: Column) =>
  path === 'payload.trainingProfile.interests' ? [] : undefined

/** A pointer as a column's path: lists of documents and purposes have their columns' own numbers and names. */
function pathOf(pointer: string, order: { purposes: string[]; documents: string[] }): string {
  const path = pointer.replace(/^\//, '').replaceAll('/', '.')
  const purpose = /^consent\.purposes\.(\d+)/.exec(path)
  if (purpose) return order.purposes[Number(purpose[1])] ?? path
  const document = /^payload\.identity\.documents\.(\d+)(.*)$/.exec(path)
  if (document) return `${order.documents[Number(document[1])] ?? ''}${document[2]}`
  return path
}

/** The column at a path, the one that holds a part of it, or the first one below it. */
function columnAt(path: string, found: Found): Place | undefined {
  const all = Array.from(found)
  const at =
    all.find(([, column]) => under(path, column.path)) ??
    (path === '' ? undefined : all.find(([, column]) => under(column.path, path)))
  if (at) return { name: at[1].name, letter: letterOf(at[0]) }
  const missing = columnNamed(path)
  return missing ? { name: missing.name } : undefined
}
