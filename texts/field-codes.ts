// What is wrong with a member of a request, as people read it. The sentences stand beside their codes
// (schemas/field-codes.ts).
import { type FieldCode, fieldCodes } from '../schemas/field-codes.ts'
import type { Language } from './labels.ts'

/** The sentences of the codes, for the catalogue of the command line. */
export const fieldTexts = {
  ...(Object.fromEntries(
    Object.entries(fieldCodes).map(([code, sentence]) => [`field.${code}`, sentence]),
  ) as Record<`field.${FieldCode}`, Record<Language, string>>),
  'field-allowed': { es: 'se permite: {values}', en: 'allowed: {values}' },
} as const
