// How a refusal is answered.
import * as z from 'zod'

/** One wrong place in a request: RFC 6901 pointer into it and a code. Neither repeats what the caller sent. */
export const FieldError = z.strictObject({ pointer: z.string(), code: z.string() })
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
