// The keys behind the entries: keys.json gives their material, the log itself (directory.ts) whose they are, for what
// and when. What keys.json says beside the material must be what the log says.
import * as z from 'zod'
import { algorithmOf } from '../signatures/algorithms.ts'
import { thumbprint } from '../signatures/keys.ts'
import { strongKey } from '../signatures/public-key.ts'
import { maxBehind } from '../signatures/policy.ts'
import type { KeyTerms } from '../schemas/access-log.ts'
import { DirectoryKey, type KeyState } from '../schemas/agreement.ts'
import type { Instant } from '../schemas/ids.ts'
import type { LoggedKey } from './directory.ts'
import type { Told } from './entries.ts'
import { Failed, type FailureCode } from './verdict.ts'

const Keys = z.strictObject({ items: z.array(DirectoryKey) })

export type VerifierKey = DirectoryKey & {
  /** Whether the entry of this index and time is from before the key was in the directory. */
  isEarly?: (index: number, time: string) => boolean
}

/** keys.json by keyid. Every key in it must be the one that its keyid names, used or not. */
export const readKeys = async (json: string | undefined): Promise<Map<string, VerifierKey>> => {
  let value: unknown
  try {
    value = JSON.parse(json ?? '')
  } catch {
    throw new Failed('keys-malformed', 'keys.json')
  }
  const parsed = Keys.safeParse(value)
  if (!parsed.success || keysText(parsed.data.items) !== json)
    throw new Failed('keys-malformed', 'keys.json')
  const keys = new Map<string, VerifierKey>()
  for (const key of parsed.data.items) {
    const { keyid, jwk, alg } = key
    if (keys.has(keyid)) throw new Failed('keys-repeated', keyid)
    if ((await thumbprint(jwk)) !== keyid) throw new Failed('key-thumbprint', keyid)
    if (algorithmOf[jwk.kty] !== alg) throw new Failed('key-algorithm', keyid)
    if (!(await strongKey(jwk))) throw new Failed('key-algorithm', keyid)
    keys.set(keyid, key)
  }
  return keys
}

export const keysText = (items: readonly DirectoryKey[]): string =>
  `${JSON.stringify({ items }, null, 2)}\n`

/**
 * What a reader of the directory may be told of a key with these terms, at one time or another; absent in rows from
 * before proposals.
 */
const statesOf = ({ terms, late }: LoggedKey): (KeyState | undefined)[] => [
  ...(terms.proposedBy !== undefined && terms.confirmedBy === undefined
    ? (['proposed', 'lapsed'] as const)
    : (['active'] as const)),
  ...(terms.revokedAt === undefined ? [] : (['revoked'] as const)),
  ...(late ? [undefined] : []),
]

/** Members of a key that the log has too, and the code of each that differs. */
const members: Record<Exclude<keyof KeyTerms, 'at' | 'before'>, FailureCode> = {
  institution: 'directory-institution',
  roles: 'directory-roles',
  post: 'directory-post',
  validFrom: 'directory-validity',
  validUntil: 'directory-validity',
  revokedAt: 'directory-revocation',
  revocationReason: 'directory-revocation',
  invalidityDate: 'directory-revocation',
  proposedBy: 'directory-confirmation',
  confirmedBy: 'directory-confirmation',
}

const text = (value: unknown): string => JSON.stringify(value) ?? ''

/** The first thing that a key of keys.json says otherwise than the log. */
const differing = (key: DirectoryKey, logged: LoggedKey): FailureCode | undefined => {
  const names = Object.keys(members) as (keyof typeof members)[]
  const other = names.find(name => text(key[name]) !== text(logged.terms[name]))
  if (other) return members[other]
  if (!statesOf(logged).includes(key.state)) return 'directory-confirmation'
  return text(key.history ?? []) === text(logged.history) ? undefined : 'directory-history'
}

/**
 * Holds keys.json against the directory that the log has: no key more, none less, each as it is there.
 * @returns the keys, with when the log has them
 */
export const heldAgainst = (
  directory: ReadonlyMap<string, LoggedKey>,
  keys: ReadonlyMap<string, VerifierKey>,
): Map<string, VerifierKey> => {
  for (const keyid of keys.keys())
    if (!directory.has(keyid)) throw new Failed('directory-invented', keyid)
  return new Map(
    [...directory].map(([keyid, logged]) => {
      const key = keys.get(keyid)
      if (!key) throw new Failed('directory-missing', keyid, logged.index)
      const code = differing(key, logged)
      if (code !== undefined) throw new Failed(code, keyid, logged.index)
      return [keyid, { ...key, isEarly: (index, time) => isEarly(index, time, logged) }]
    }),
  )
}

/** Milliseconds that the clock of whoever deploys may be ahead of the hub's. */
const deploymentAhead = maxBehind * 1000

/**
 * Whether an entry is of a time before its key was in the directory: before the entry that enrolled it, and by more
 * than clocks differ. A proposed key has no validity before its confirmation; one that was taken up late had been there
 * all along.
 */
const isEarly = (index: number, time: string, { terms, late, index: enrolled }: LoggedKey) =>
  !late &&
  terms.proposedBy === undefined &&
  index < enrolled &&
  Date.parse(time) < Date.parse(terms.at) - deploymentAhead

/**
 * The directory's keys as the log has them so far: a key, or a step of its life, that is younger than the log's last
 * entry is left out, for the log has not got there yet. What is older and not in the log is kept as it is, for a
 * verifier to find.
 */
export const asLogged = (
  keys: readonly DirectoryKey[],
  directory: ReadonlyMap<string, LoggedKey>,
  entries: readonly Told[],
): DirectoryKey[] => {
  const newest = entries.reduce((last, { time }) => Math.max(last, Date.parse(time)), 0)
  const young = (at: Instant | undefined) =>
    at !== undefined && Date.parse(at) > newest - processingSlack
  return keys.flatMap((key): DirectoryKey[] => {
    const { keyid, institution, roles, alg, jwk, history = [] } = key
    const logged = directory.get(keyid)
    if (!logged) return young(history[0]?.at) ? [] : [key]
    if (history.length <= logged.history.length || !young(history[logged.history.length]?.at))
      return [key]
    const {
      at: _at,
      before: _before,
      institution: _institution,
      roles: _roles,
      ...terms
    } = logged.terms
    const [state] = statesOf(logged)
    const as = { keyid, institution, roles, alg, jwk, ...terms, state, history: logged.history }
    return [DirectoryKey.parse(as)]
  })
}

/** Milliseconds between a signature's verification and the time its entry was given: a pull may wait for messages. */
export const processingSlack = 60_000

/** The actor's key, which must be of that institution, hold that role and be valid. */
export const keyOf = (
  { actor, time }: Pick<Told, 'actor' | 'time'>,
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
  if (index !== undefined && key.isEarly?.(index, time)) throw new Failed('key-early', keyid, index)
  if (revokedAt !== undefined && verifiedFrom >= Date.parse(revokedAt))
    throw new Failed('key-revoked', keyid, index)
  return key
}
