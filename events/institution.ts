// The life of an institution's key: proposed by one person, confirmed by a second, revoked by one. Pure: (command,
// state, now) → fact or refusal.
import { KeyTerms } from '../schemas/access-log.ts'
import type { DirectoryKey, KeyState, Role } from '../schemas/agreement.ts'
import type { FieldCode } from '../schemas/field-codes.ts'
import type { Instant, Keyid } from '../schemas/ids.ts'
import { later } from '../schemas/instants.ts'
import type { KeyConfirmation, KeyProposal, KeyRevocation } from '../schemas/institution.ts'
import { type Refusal, refuse } from './refusal.ts'
import { requestEndsWithin } from './request.ts'

/** How long a proposal waits for its second person, and how long a key is valid at most, in milliseconds. */
export const proposalLifetime = 7 * 24 * 3_600_000
export const maxValidity = 731 * 24 * 3_600_000

/** Keys of one institution, of all times. Whoever verifies the log reads them all. */
export const maxKeys = 500

/**
 * Revocations that plan or refine; beyond it only one that stops the key now, which a thief must not be able to use up.
 */
const maxRevisions = 20

/**
 * By when a request that began at `now` has committed. A key behind it must not be revoked until then: one that was
 * revoked while the request was on its way has stopped, though later than the request began.
 */
export const committedBy = (now: Instant): Instant => later(now, requestEndsWithin)

const wrong = (pointer: string, code: FieldCode): Refusal =>
  refuse('invalid-request', [{ pointer, code }])

/** What a key is at an instant, whatever its validity. */
export const keyStateAt = (key: DirectoryKey, now: Instant): KeyState => {
  if (key.revokedAt !== undefined && key.revokedAt <= now) return 'revoked'
  if (key.state !== 'proposed') return 'active'
  const at = key.history?.[0]?.at
  return at !== undefined && later(at, proposalLifetime) < now ? 'lapsed' : 'proposed'
}

/** Whether a key may sign a request at an instant. */
export const maySign = (key: DirectoryKey, now: Instant): boolean =>
  keyStateAt(key, now) === 'active' && key.validFrom <= now && now <= key.validUntil

/** The same roles, in whatever order. */
const sameRoles = (some: readonly Role[], others: readonly Role[]): boolean =>
  some.length === others.length && some.every(role => others.includes(role))

/**
 * A new key, not yet able to sign. Its material and its proof of possession have been checked
 * (functions/crypto/key-proof.ts).
 *
 * @param institution.keys how many keys it has, of all times
 */
export const proposeKey = (
  { roles, post, alg, jwk, validFrom, validUntil }: KeyProposal,
  { institution, keyid, keys }: Pick<DirectoryKey, 'institution' | 'keyid'> & { keys: number },
  { by, now }: { by: Keyid; now: Instant },
): DirectoryKey | Refusal => {
  const from = validFrom ?? now
  if (validUntil <= now) return wrong('/validUntil', 'in-the-past')
  if (later(now, maxValidity) < from) return wrong('/validFrom', 'too-late')
  if (validUntil <= from) return wrong('/validUntil', 'before-valid-from')
  if (later(from, maxValidity) < validUntil) return wrong('/validUntil', 'too-long')
  if (keys >= maxKeys) return refuse('transition-not-allowed')
  return {
    keyid,
    institution,
    roles,
    ...(post === undefined ? {} : { post }),
    alg,
    jwk,
    validFrom: from,
    validUntil,
    state: 'proposed',
    proposedBy: by,
    history: [{ event: 'proposed', at: now, by }],
  }
}

/**
 * The second person's word: the key may sign from now on, not from before. It counts only while the first person's key
 * may sign itself: what a stolen key proposed dies with it.
 */
export const confirmKey = (
  command: KeyConfirmation,
  key: DirectoryKey,
  proposer: DirectoryKey | undefined,
  { by, now }: { by: Keyid; now: Instant },
): DirectoryKey | Refusal => {
  if (by === key.proposedBy) return refuse('forbidden')
  if (keyStateAt(key, now) !== 'proposed' || key.validUntil <= now)
    return refuse('transition-not-allowed')
  const lasts = proposer && keyStateAt(proposer, committedBy(now)) === 'active'
  if (!proposer || !lasts || !maySign(proposer, now)) return refuse('transition-not-allowed')
  if (!sameRoles(command.roles, key.roles)) return wrong('/roles', 'not-as-proposed')
  if (command.validUntil !== key.validUntil) return wrong('/validUntil', 'not-as-proposed')
  return {
    ...key,
    state: 'active',
    validFrom: key.validFrom < now ? now : key.validFrom,
    confirmedBy: by,
    history: [...(key.history ?? []), { event: 'confirmed', at: now, by }],
  }
}

/**
 * Stops a key now or at a later moment: a liaison or signatory any key of their institution, every other key itself,
 * and that only now: whoever stole it may end it, and neither plan nor cast doubt with it. A planned end can be brought
 * forward and the doubt (`invalidityDate`) reach further back; nothing of it can be taken back. `'already'` where the
 * key has stopped and nothing is added.
 */
export const revokeKey = (
  { reason, effectiveAt }: KeyRevocation,
  key: DirectoryKey,
  { by, role, now }: { by: Keyid; role: Role; now: Instant },
): DirectoryKey | 'already' | Refusal => {
  const manages = role === 'liaison' || role === 'signatory'
  if (!manages && by !== key.keyid) return refuse('forbidden')
  if (!manages && effectiveAt !== undefined) return wrong('/effectiveAt', 'not-allowed')
  const asked = effectiveAt ?? now
  const past = asked < now ? asked : undefined
  if (past !== undefined && past < key.validFrom) return wrong('/effectiveAt', 'before-valid-from')
  if (asked > now && asked > key.validUntil) return wrong('/effectiveAt', 'after-valid-until')
  const takesEffect = asked < now ? now : asked
  const { revokedAt: before, invalidityDate: doubt } = key
  const sooner = before === undefined || takesEffect < before
  const further = past !== undefined && (doubt === undefined || past < doubt)
  if (!sooner && effectiveAt !== undefined && asked > before)
    return refuse('transition-not-allowed')
  if (!sooner && !further) return 'already'
  const revisions = (key.history ?? []).filter(({ event }) => event === 'revoked').length
  if (revisions >= maxRevisions && !(sooner && takesEffect === now))
    return refuse('transition-not-allowed')
  const invalidityDate = further ? past : doubt
  const revocation = {
    revokedAt: sooner ? takesEffect : before,
    revocationReason: reason,
    ...(invalidityDate === undefined ? {} : { invalidityDate }),
  }
  return {
    ...key,
    ...revocation,
    history: [...(key.history ?? []), { event: 'revoked', at: now, by, ...revocation }],
  }
}

/** A key as everybody reads it at an instant. */
export const keyView = (key: DirectoryKey, now: Instant): DirectoryKey => ({
  ...key,
  state: keyStateAt(key, now),
})

/** A key as the entry of its last change has it. */
export const keyTerms = (key: DirectoryKey): KeyTerms =>
  KeyTerms.strip().parse({ ...key, at: key.history?.at(-1)?.at ?? key.validFrom })

/** A key of a hub whose log had no key histories yet, as the entry has it that takes its history up. */
export const earlierTerms = (key: DirectoryKey): KeyTerms => ({
  ...keyTerms(key),
  before: key.history ?? [],
})
