// The errors of a run as a sheet that opens in a spreadsheet: which row, which column, why. Nothing of what the rows
// say.
import { open, unlink } from 'node:fs/promises'
import type { Ending } from '../ending.ts'
import { UsageError } from '../usage.ts'

export type ErrorsFile = Awaited<ReturnType<typeof errorsFile>>

/**
 * Makes the file before anything is sent, for its owner alone; one that is there is never overwritten.
 * @param heading its first row
 * @throws UsageError when it exists or cannot be made
 */
export async function errorsFile(
  file: string,
  heading: readonly string[],
  { fileLost }: Pick<Ending, 'fileLost'>,
) {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new UsageError(exists ? 'usage.errors-exists' : 'usage.unwritable-file')
  })
  const rows: (readonly string[])[] = []
  return {
    add: (row: readonly string[]) => void rows.push(row),
    /** Writes what was added; without any row the file goes again. Resolves to the number of rows. */
    close: async () => {
      try {
        if (rows.length > 0) await handle.writeFile(csvText([heading, ...rows]))
      } catch (error) {
        fileLost(error)
      }
      await handle.close()
      if (rows.length === 0) await unlink(file)
      return rows.length
    },
  }
}

/**
 * Rows as a spreadsheet opens them: with a byte order mark, CRLF, and nothing that it takes for a formula (OWASP, CSV
 * injection).
 */
export const csvText = (rows: readonly (readonly string[])[]) =>
  `\uFEFF${rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')}`

function cell(text: string): string {
  const guarded = /^[-=+@\t\r]/.test(text) ? `'${text}` : text
  return /[",;\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
