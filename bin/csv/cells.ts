// One cell of a sheet as the value it stands for. What spreadsheets make of numbers and dates is recognised, never
// guessed back.
import { InvalidArgumentError } from 'commander'
import { DataCategory } from '../../schemas/consent.ts'
import { CalendarDate } from '../../schemas/standards.ts'
import { instant } from '../usage.ts'
import type { Column } from './columns.ts'

/** How dates with slashes are to be read: day or month first. Without it they are refused: nobody can tell. */
export type DateOrder = 'dmy' | 'mdy'

/** What is wrong with a cell. `csvCodes` in texts/csv.ts says it in words. */
export type CellCode =
  | 'excel-number'
  | 'excel-error'
  | 'date-order'
  | 'not-a-day'
  | 'yes-or-no'
  | 'unknown-category'
  | 'who-may-see-it'

export class CellError extends Error {
  override readonly name = 'CellError'
  readonly code: CellCode
  readonly allowed: readonly string[] | undefined

  constructor(code: CellCode, allowed?: readonly string[]) {
    super(code)
    this.code = code
    this.allowed = allowed
  }
}

/** A purpose's cell: who may see which categories. */
export type Scope = { recipient: string; dataCategories: string[] }

/**
 * The value of a cell that is not blank.
 * @param context who receives the referral: the purposes of a recipient need not repeat it
 * @throws CellError
 */
export function valueOf(
  cell: string,
  { kind, path }: Column,
  context: { dates: DateOrder | undefined; recipient: string },
): unknown {
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(cell)) throw new CellError('excel-number')
  if (cell.startsWith('#')) throw new CellError('excel-error')
  switch (kind) {
    case 'text':
      // An apostrophe keeps a spreadsheet from taking what follows for a formula or a number.
      return cell.replace(/^'(?=[-+=@\d])/, '')
    case 'list':
      return parts(cell)
    case 'yes-no':
      return yesOrNo(cell)
    case 'date':
      return ordered(cell, context.dates)
    case 'start':
    case 'end':
      return moment(ordered(cell, context.dates), kind)
    default:
      return scope(cell, path, context.recipient)
  }
}

const parts = (cell: string) =>
  cell
    .split('|')
    .map(part => part.trim())
    .filter(part => part !== '')

/** TRUE and FALSE of a spreadsheet are VERDADERO and FALSO in Spanish. */
const answers = new Map([
  ...['si', 's', 'yes', 'y', 'true', 'verdadero', '1'].map(word => [word, true] as const),
  ...['no', 'n', 'false', 'falso', '0'].map(word => [word, false] as const),
])

function yesOrNo(cell: string): boolean {
  const word = cell.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const answer = answers.get(word)
  if (answer === undefined) throw new CellError('yes-or-no', ['sí', 'no'])
  return answer
}

/** A date with slashes in the order it was said to have; anything else as it is: the schema decides. */
function ordered(cell: string, dates: DateOrder | undefined): string {
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(cell)
  if (!numbers) return cell
  const [, first = '', second = '', year = ''] = numbers
  if (dates === undefined || year.length === 2) throw new CellError('date-order')
  const [day, month] = dates === 'dmy' ? [first, second] : [second, first]
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function moment(text: string, edge: 'start' | 'end'): string {
  if (!CalendarDate.safeParse(text.slice(0, 10)).success) throw new CellError('not-a-day')
  try {
    return instant(edge)(text)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new CellError('not-a-day')
  }
}

/** The purposes whose recipient is the referral's own (domain.md, Consent). */
const ofRecipient = [
  'training-referral',
  'psychosocial-support',
  'mobility-stipend',
  'protection-handling',
]

/** Categories by their Spanish names too. */
const categories = new Map<string, string>([
  ...DataCategory.options.map(code => [code.toLowerCase(), code] as const),
  ['identidad', 'identity'],
  ['contacto', 'contact'],
  ['situacion_migratoria', 'migrationStatus'],
  ['perfil_formacion', 'trainingProfile'],
  ['apoyos', 'supportNeeds'],
  ['medidas_proteccion', 'protection'],
])

function scope(cell: string, path: string, recipient: string): Scope {
  const named = /^\s*([A-Za-z]{2,8})\s*:(.*)$/s.exec(cell)
  const own = ofRecipient.includes(path.split('.').at(-1) ?? '')
  if (!named && !own) throw new CellError('who-may-see-it')
  const dataCategories = parts(named?.[2] ?? cell).map(part => {
    const code = categories.get(part.toLowerCase().replaceAll(/[\s-]+/g, '_'))
    if (code === undefined) throw new CellError('unknown-category', DataCategory.options)
    return code
  })
  return { recipient: named?.[1]?.toUpperCase() ?? recipient, dataCategories }
}
