// Who must have signed what is in a folder: policy.json.
import * as z from 'zod'
import { Instant } from '../schemas/ids.ts'
import { type NoteKey, readVerifierKey } from './note.ts'
import { Failed, type Trusted } from './verdict.ts'

/**
 * Whom the folder's reader trusts: the log's key, and the name that callers sign for (`hub`, RFC 9421 `@authority`).
 * `exportedAt` proves nothing.
 */
export const Policy = z.strictObject({
  origin: z.string().regex(/^[^\s+]+$/),
  vkey: z.string(),
  exportedAt: Instant,
  hub: z.string(),
})
export type Policy = z.infer<typeof Policy>

/** policy.json: strict, and in the one spelling in which it is exported. */
export const readPolicy = (text: string): Policy => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failed('policy-malformed', 'policy.json')
  }
  const parsed = Policy.safeParse(value)
  if (!parsed.success || policyText(parsed.data) !== text)
    throw new Failed('policy-malformed', 'policy.json')
  return parsed.data
}

export const policyText = ({ origin, vkey, exportedAt, hub }: Policy): string =>
  `${JSON.stringify({ origin, vkey, exportedAt, hub }, null, 2)}\n`

/**
 * The trusted key as the one that must have signed. The folder's policy must name the same: else it is another log's,
 * or a forgery.
 */
export const signerOf = (policy: { origin: string; vkey: string }, { vkey }: Trusted): NoteKey => {
  const own = readVerifierKey(policy.vkey, policy.origin)
  if (policy.vkey !== vkey) throw new Failed('log-key', policy.vkey)
  return own
}
