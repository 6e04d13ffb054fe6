// Two signed checkpoints that no one log can have: whoever holds both can prove it to anybody, so both are kept whole.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failed, type FailureCode } from './verdict.ts'

export class Inconsistent extends Failed {
  readonly notes: readonly [string, string]

  constructor(code: FailureCode, detail: string, notes: readonly [string, string]) {
    super(code, detail)
    this.notes = notes
  }
}

/** Writes both notes, unchanged, under a name made of them; undefined where the folder cannot be written. */
export function keepEvidence(folder: string, { notes }: Inconsistent): string | undefined {
  const both = notes.join('\n')
  const hash = createHash('sha256').update(both).digest('hex').slice(0, 16)
  const name = `evidence-${hash}.txt`
  try {
    writeFileSync(join(folder, name), both)
    return name
  } catch {
    return undefined
  }
}
