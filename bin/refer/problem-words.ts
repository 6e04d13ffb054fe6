// What is wrong with a record, in words: where, what, and what would be right.
import { columnNamed } from '../csv/columns.ts'
import { meaningOf } from '../../texts/meanings.ts'
import type { Terminal } from '../terminal.ts'
import type { Problem } from './check.ts'

/** A field in words: the Spanish name that its column has in a sheet; the pointer itself where no column is for it. */
const fieldOf = (pointer: string) =>
  columnNamed(pointer.replace(/\/documents\/(\d+)\//, (_, n) => `/documents/${Number(n) + 1}/`))
    ?.name ?? pointer

/** Column and letter of a problem, or its field. */
export const whereOf = ({ place, pointer }: Pick<Problem, 'place' | 'pointer'>) => ({
  name: place?.name ?? fieldOf(pointer),
  letter: place?.letter ?? '',
})

/** `fila 12, columna F «prioridad»: …` */
export function problemLine(problem: Problem, { say, language }: Terminal): string {
  const { record, line, code, allowed } = problem
  const { name, letter } = whereOf(problem)
  const at = say(problem.place ? 'refer.at-row' : 'refer.at-record', { record, line })
  const column = letter === '' ? name : say('refer.at-column', { letter, name })
  const what = meaningOf(code, language)
  const options = allowed ? ` · ${say('refer.allowed', { list: allowed.join(', ') })}` : ''
  return `${[at, column].filter(one => one !== '').join(', ')}: ${what} (${code})${options}`
}
