// What zod found, as the contract says it: places and codes, never what was sent.
import type * as z from 'zod'
import { type FieldCode, mostAllowed } from './field-codes.ts'
import type { FieldError } from './problem-details.ts'

const codes: Record<string, FieldCode> = {
  invalid_type: 'wrong-type',
  too_big: 'too-big',
  too_small: 'too-small',
  invalid_format: 'wrong-format',
  unrecognized_keys: 'unknown-member',
  invalid_union: 'not-allowed',
  invalid_value: 'not-allowed',
  invalid_key: 'unknown-member',
}

/** What the member that says which of several shapes something has may be, where it is none of these. */
const kindsOf = (issue: z.core.$ZodIssue): readonly unknown[] | undefined =>
  'options' in issue ? issue.options : undefined

/** What a shape or a rule allows where it refused something, if that is a short list. */
const allowedIn = (issue: z.core.$ZodIssue, own: Record<string, unknown> | undefined) => {
  const values = issue.code === 'invalid_value' ? issue.values : kindsOf(issue)
  const allowed = (own?.allowed ?? values) as readonly unknown[] | undefined
  return allowed && allowed.length <= mostAllowed ? { allowed: allowed.map(String) } : {}
}

/**
 * What zod found, as pointers (RFC 6901) and codes, at most 50. A pointer ends at the last name that the schema has: an
 * unknown member is reported at the object it is in, so that nothing personal comes back in its name.
 */
export const fieldErrors = (error: z.core.$ZodError): FieldError[] =>
  error.issues.slice(0, 50).map(issue => {
    const own = issue.code === 'custom' ? issue.params : undefined
    const path = issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path
    const missing = issue.code === 'invalid_type' && issue.input === undefined
    return {
      pointer: path.map(step => `/${String(step)}`).join(''),
      code:
        (own?.code as FieldCode | undefined) ??
        (missing ? 'required' : (codes[issue.code] ?? 'not-allowed')),
      ...allowedIn(issue, own),
    }
  })
