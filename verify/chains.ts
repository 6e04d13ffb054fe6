// The chain of each referral: every entry that changed it counts one on and names the one before by its hash, so that
// none can be taken out, put in or reworded without all that came after it. By `n`, not by place: entries take their
// place in the tree by id, after their commit.
import { hex } from '../log/bytes.ts'
import { type Action, clockActions } from '../schemas/access-log.ts'
import { begins } from './beginnings.ts'
import type { Told } from './entries.ts'
import { hashAt, type Hashes } from './tree.ts'
import { Failed } from './verdict.ts'

/**
 * What cannot happen without changing a referral. Other actions do so at times (a first acknowledgement, say), and have
 * a chain where they did.
 */
const changing: readonly Action[] = [
  'referral.release',
  ...clockActions,
  'consent.expiring',
  'consent.expire',
]

/** What moves a referral, each time it is done and not only answered again. */
const moving: readonly Action[] = [
  'referral.status',
  'referral.milestone',
  'referral.void-milestone',
  'referral.handover',
]

/**
 * Nothing is sealed, opened, moved or destroyed without changing its referral. An answer that was given again
 * (Idempotency-Key) changed nothing: its entry says `replayed`, and verify/meaning.ts that there is a first one.
 */
const mustHave = (entry: Told): boolean => {
  const { action, outcome, code, consentId, envelopeDigest, destroyedKeyDigest } = entry
  if (outcome !== 'allowed') return false
  if (moving.includes(action)) return consentId !== undefined && code !== 'replayed'
  return (
    changing.includes(action) || envelopeDigest !== undefined || destroyedKeyDigest !== undefined
  )
}

/**
 * Verifies the chain of every referral in the log. What no later entry of a referral names is not held by its chain:
 * its end.
 * @param hashes of the leaves
 * @returns how many referrals have a chain
 */
export const verifyChains = (entries: readonly Told[], hashes: Hashes): number => {
  const places = new Map<string, Map<number, number>>()
  entries.forEach(({ referralId, chain }, index) => {
    if (referralId === undefined || !chain) return
    const chained = places.get(referralId) ?? new Map<number, number>()
    places.set(referralId, chained)
    if (!chained.has(chain.n)) chained.set(chain.n, index)
  })

  entries.forEach((entry, index) => {
    const { referralId, chain, action } = entry
    if (!chain) {
      if (mustHave(entry)) throw new Failed('chain-missing', action, index)
      return
    }
    if (referralId === undefined) throw new Failed('chain-stray', action, index)
    const { n, prevHash } = chain
    const chained = places.get(referralId)
    const at = `${referralId} n=${n}`
    if (chained?.get(n) !== index) throw new Failed('chain-forked', at, index)
    if ((n === 1) !== begins(entry)) throw new Failed('chain-start', at, index)
    const before = chained.get(n - 1)
    if (n > 1 && before === undefined) throw new Failed('chain-gap', at, index)
    const expected = before === undefined ? undefined : hex(hashAt(hashes, before))
    if (prevHash !== expected) throw new Failed('chain-broken', at, index)
  })
  return places.size
}
