// Sheets for tests: the template's first person, with changes, as rows and as text.
import { letterOf, templateColumns } from '../../bin/csv/columns.ts'
import { sheetRecords } from '../../bin/csv/records.ts'
import { problemsOf } from '../../bin/refer/check.ts'
import { Instant } from '../../schemas/ids.ts'

export const now = Instant.parse('2026-11-30T12:00:00.000Z')
export const header = templateColumns.map(({ name }) => name)
/** The cells of the template's first person, with changes. */
export const person = (changes: Record<string, string> = {}) =>
  templateColumns.map(
    ({ name, example }) => ({ numero_propio: 'PROPIO-1', ...changes })[name] ?? example,
  )
export const sheet = (rows: string[][], delimiter = ',', names = header) =>
  [names, ...rows].map(row => row.join(delimiter)).join('\r\n')
export const problems = (rows: string[][]) =>
  problemsOf(sheetRecords(sheet(rows)), { now }).map(({ line, code, place, allowed }) => ({
    line,
    code,
    ...place,
    allowed,
  }))
export const letterFor = (name: string) => letterOf(header.indexOf(name))
