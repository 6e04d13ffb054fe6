// The places of a refusal as people read them: where, what is wrong and what to do, and what is allowed instead.
import type { FieldError } from '../client/refusal.ts'
import { type FieldCode, fieldCodes } from '../schemas/field-codes.ts'
import type { Say } from '../texts/hub.ts'

const isFieldCode = (code: string): code is FieldCode => Object.hasOwn(fieldCodes, code)

/**
 * One line per place: pointer, code, its sentence if this program knows the code, and the allowed values where the hub
 * names them.
 */
export const fieldErrorLines = (errors: readonly FieldError[], say: Say): string[] =>
  errors.map(({ pointer, code, allowed }) =>
    [
      `    ${pointer}  ${code}`,
      ...(isFieldCode(code) ? [say(`field.${code}`)] : []),
      ...(allowed?.length ? [say('field-allowed', { values: allowed.join(', ') })] : []),
    ].join(' · '),
  )
