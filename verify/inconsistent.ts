// Two signed checkpoints that no one log can have: whoever holds both can prove it to anybody, so both are kept whole
// (folder.ts).
import { Failed, type FailureCode } from './verdict.ts'

export class Inconsistent extends Failed {
  readonly notes: readonly [string, string]

  constructor(code: FailureCode, detail: string, notes: readonly [string, string]) {
    super(code, detail)
    this.notes = notes
  }
}
