import type { ProblemCode } from '../schemas/problem.ts'
import type { FieldCode } from '../schemas/field-codes.ts'
import type { FieldError } from '../schemas/problem-details.ts'

/** A place in the request that a rule refuses, by a code of the catalogue. */
export type FieldFault = FieldError & { code: FieldCode }

/** What a rule answers instead of a fact: a code of the catalogue, and where in the request it lies. */
export type Refusal = { refused: ProblemCode; errors?: FieldFault[] }

export const refuse = (refused: ProblemCode, errors?: FieldFault[]): Refusal =>
  errors ? { refused, errors } : { refused }

/** A refusal on its way out of a door: the stack turns it into a problem answer and a `denied` log entry. */
export class Refused extends Error {
  readonly code: ProblemCode
  readonly errors: FieldError[] | undefined
  constructor(code: ProblemCode, errors?: FieldError[]) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.errors = errors
  }
}

/** The fact that a rule gave, or its refusal thrown. */
export const accepted = <T extends object>(answer: T | Refusal): T => {
  if ('refused' in answer) throw new Refused(answer.refused, answer.errors)
  return answer
}
