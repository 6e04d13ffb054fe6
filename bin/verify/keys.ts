// The keys behind the entries (keys.json): each is what its keyid says, and could do what was done with it when it was done.
import * as z from 'zod'
import { verifiers } from '../../functions/crypto/algorithms.ts'
import { algorithmOf, strongKey, thumbprint } from '../../functions/crypto/public-key.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'
import type { LoggedEntry } from './entries.ts'
import { Failed } from './verdict.ts'

const Keys = z.strictObject({ items: z.array(DirectoryKey) })

export type VerifierKey = DirectoryKey & {
  verify: (data: Uint8Array, signature: Uint8Array) => boolean
}

/** keys.json by keyid. Every key in it must be the one that its keyid names, used or not. */
export const readKeys = (text: string | undefined): Map<string, VerifierKey> => {
  let value: unknown
  try {
    value = JSON.parse(text ?? '')
  } catch {
    throw new Failed('keys-malformed', 'keys.json')
  }
  const parsed = Keys.safeParse(value)
  if (!parsed.success || keysText(parsed.data.items) !== text)
    throw new Failed('keys-malformed', 'keys.json')
  const keys = new Map<string, VerifierKey>()
  for (const key of parsed.data.items) {
    const { keyid, jwk, alg } = key
    if (keys.has(keyid)) throw new Failed('keys-repeated', keyid)
    if (thumbprint(jwk) !== keyid) throw new Failed('key-thumbprint', keyid)
    if (algorithmOf[jwk.kty] !== alg) throw new Failed('key-algorithm', keyid)
    const object = strongKey(jwk)
    if (!object) throw new Failed('key-algorithm', keyid)
    keys.set(keyid, {
      ...key,
      verify: (data, signature) => verifiers[alg](data, object, signature),
    })
  }
  return keys
}

export const keysText = (items: readonly DirectoryKey[]): string =>
  `${JSON.stringify({ items }, null, 2)}\n`

/** Milliseconds between a signature's verification and the time its entry was given: a pull may wait for messages. */
export const processingSlack = 60_000

/** The actor's key, which must be of that institution, hold that role and be valid. */
export const keyOf = (
  { actor, time }: Pick<LoggedEntry, 'actor' | 'time'>,
  keys: ReadonlyMap<string, VerifierKey>,
  index?: number,
): VerifierKey => {
  const key = actor.keyid && keys.get(actor.keyid)
  // A key that was proposed and never confirmed signs nothing; one that was, not from before (`validFrom`).
  if (!key || (key.proposedBy !== undefined && key.confirmedBy === undefined))
    throw new Failed('key-unknown', actor.keyid ?? 'actor.keyid', index)
  const { keyid, institution, roles, post, validFrom, validUntil, revokedAt } = key
  if (institution !== actor.institution) throw new Failed('key-institution', keyid, index)
  if (!roles.some(role => role === actor.role)) throw new Failed('key-role', actor.role, index)
  if (post !== actor.post) throw new Failed('key-post', keyid, index)
  const at = Date.parse(time)
  const verifiedFrom = at - processingSlack
  if (at < Date.parse(validFrom) || verifiedFrom > Date.parse(validUntil))
    throw new Failed('key-validity', keyid, index)
  if (revokedAt !== undefined && verifiedFrom >= Date.parse(revokedAt))
    throw new Failed('key-revoked', keyid, index)
  return key
}
