// The digest of what parties state: both sign the same where it is the same.
import { createHash } from 'node:crypto'
import type { Sha256 } from '../../schemas/ids.ts'

/** SHA-256 of a text in UTF-8, lower-case hexadecimal. */
export const sha256Of = (text: string): Sha256 =>
  createHash('sha256').update(text).digest('hex') as Sha256
