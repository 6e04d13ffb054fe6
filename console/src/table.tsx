// A table that a narrow screen shows as a list: each cell then says what it is.
import type { ComponentChildren } from 'preact'

export type Row = { key: string; cells: readonly [ComponentChildren, ...ComponentChildren[]] }

/** What columns are called, in a page's words. */
export const headings = <K extends string>(say: (key: K) => string, ...keys: K[]): string[] =>
  keys.map(key => say(key))

/** The first cell of a row is its heading. */
export const Table = ({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: readonly string[]
  rows: readonly Row[]
}) => (
  <table class="govuk-table rh-table">
    <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {columns.map(column => (
          <th key={column} scope="col" class="govuk-table__header">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      {rows.map(({ key, cells: [first, ...others] }) => (
        <tr class="govuk-table__row" key={key}>
          <th scope="row" class="govuk-table__header">
            {first}
          </th>
          {others.map((cell, i) => (
            <td key={columns[i + 1]} class="govuk-table__cell" data-label={columns[i + 1]}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
