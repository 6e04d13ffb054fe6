import type { ProblemCode } from '../schemas/problem.ts'
import type { FieldError } from '../schemas/problem-details.ts'

/** What a rule answers instead of a fact: a code of the catalogue, and where in the request it lies. */
export type Refusal = { refused: ProblemCode; errors?: FieldError[] }

export const refuse = (refused: ProblemCode, errors?: FieldError[]): Refusal =>
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
