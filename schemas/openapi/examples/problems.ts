// A worked refusal of each code, in Spanish as it comes without Accept-Language.
import { type ProblemCode, problems } from '../../problem.ts'
import type { FieldError, ProblemDetails } from '../../problem-details.ts'
import { requestId } from './things.ts'

/** Codes that say which member is wrong, or which rule of the signature profile. */
const errors: Partial<Record<ProblemCode, FieldError[]>> = {
  'malformed-request': [{ pointer: '', code: 'duplicate-member' }],
  'signature-missing': [{ pointer: '', code: 'signature-present' }],
  'signature-expired': [{ pointer: '', code: 'created-not-behind' }],
  'signature-incomplete': [{ pointer: '', code: 'covers-body' }],
  'invalid-request': [
    { pointer: '/priority', code: 'not-allowed', allowed: ['routine', 'urgent', 'stat'] },
    { pointer: '/payload/identity/documents/0/issuingCountry', code: 'required' },
  ],
}

export const problemExample = (code: ProblemCode, status: number): ProblemDetails => ({
  type: `https://referral-hub.example/problems/${code}`,
  title: problems[code].es,
  status,
  code,
  instance: requestId,
  ...(errors[code] ? { errors: errors[code] } : {}),
})
