// How a refusal is answered.
import * as z from 'zod'
import { fieldCodes, mostAllowed } from './field-codes.ts'

/**
 * One wrong place in a request: RFC 6901 pointer into it, a code, and what would be allowed there where that is a short
 * list. None of them repeats what the caller sent. Codes: schemas/field-codes.ts, or the name of a rule of the
 * signature profile.
 */
export const FieldError = z.strictObject({
  pointer: z.string().meta({ description: 'RFC 6901 pointer to the member that is refused' }),
  code: z
    .string()
    .meta({ description: `Why. For members of a body: ${Object.keys(fieldCodes).join(', ')}` }),
  allowed: z
    .array(z.string())
    .max(mostAllowed)
    .optional()
    .meta({ description: 'The codes that are allowed here, where they are few' }),
})
export type FieldError = z.infer<typeof FieldError>

/** RFC 9457 problem details, as every refusal is answered. `instance` is the request id. */
export const ProblemDetails = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  instance: z.string(),
  detail: z.string().optional(),
  errors: z.array(FieldError).optional(),
})
export type ProblemDetails = z.infer<typeof ProblemDetails>
