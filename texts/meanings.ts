// What a code of a refusal, of a field or of a cell means.
import { problems } from '../schemas/problem.ts'
import { cellTexts } from './csv.ts'
import { fieldCodes } from '../schemas/field-codes.ts'
import type { Language } from './language.ts'

/** What a code means. A code of a later hub is said as it is. */
export function meaningOf(code: string, language: Language): string {
  const texts: Partial<Record<string, Record<Language, string>>> = {
    ...problems,
    ...fieldCodes,
    ...cellTexts,
  }
  return texts[code]?.[language] ?? code
}
