// First keys out of a JSON file, for `hub admin enrol` and `npm start -- --enrol`: public halves only, as strong as
// proposed ones must be.
import * as z from 'zod'
import { maxValidity } from '../events/institution.ts'
import { algorithmOf } from '../signatures/algorithms.ts'
import { thumbprint } from '../signatures/keys.ts'
import { strongKey } from '../signatures/public-key.ts'
import type { DirectoryKey } from '../schemas/agreement.ts'
import type { Instant } from '../schemas/ids.ts'
import { later } from '../schemas/instants.ts'
import { FirstKey } from '../schemas/institution.ts'
import { institutions } from './declared.ts'

/** What is wrong with a list of first keys: the place in it, nothing of its content. */
export class FirstKeysError extends Error {
  override readonly name = 'FirstKeysError'
}

/**
 * The keys of a list; throws FirstKeysError for one that is malformed, weak, private, or of an institution that
 * `declared` (infra/agreements, where it is left out) does not have.
 */
export const firstKeys = async (
  text: string,
  now: Instant,
  declared?: string,
): Promise<DirectoryKey[]> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new FirstKeysError('JSON')
  }
  const list = z.array(FirstKey).min(1).safeParse(value)
  if (!list.success) throw new FirstKeysError(`/${list.error.issues[0]?.path.join('/')}`)
  const codes = institutions(declared).map(({ code }) => code)
  const inTwoYears = later(now, maxValidity)
  const keys: DirectoryKey[] = []
  for (const [place, first] of list.data.entries()) {
    const { jwk, validFrom = now, validUntil = inTwoYears, ...key } = first
    if (!(await strongKey(jwk))) throw new FirstKeysError(`/${place}/jwk`)
    if (!codes.includes(key.institution)) throw new FirstKeysError(`/${place}/institution`)
    if (validUntil <= validFrom || validUntil <= now)
      throw new FirstKeysError(`/${place}/validUntil`)
    const [keyid, alg] = [await thumbprint(jwk), algorithmOf[jwk.kty]]
    keys.push({ ...key, keyid, alg, jwk, validFrom, validUntil })
  }
  return keys
}
