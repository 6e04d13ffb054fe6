import type { ProblemCode } from '../schemas/problem.ts'

/** That a request's signature is not taken: the problem's code, and the name of the rule that does not hold. */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused'
  readonly code: ProblemCode
  readonly rule: string

  constructor(code: ProblemCode, rule: string) {
    super(`${code} ${rule}`)
    this.code = code
    this.rule = rule
  }
}
