// The gate as the doors that disclose use it: judged before, held as a condition of the transaction that records the release, and judged
// again, on what the referral and its consent are by then, after the key is opened. Nothing here or above it can pass it by.
import { type Consent, isLive } from '../../events/consent.ts'
import type { Occurrence, RecordedRelease, ReleaseReceipt } from '../../events/access-log.ts'
import { isOpenable } from '../../events/referral.ts'
import { Refused } from '../../events/refusal.ts'
import { isHalfWithdrawn } from '../../events/withdrawal.ts'
import type { DataCategory, Purpose } from '../../schemas/consent.ts'
import type { Instant } from '../../schemas/ids.ts'
import type { Envelope } from '../../schemas/inbox.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import type { Projection } from '../../schemas/payload.ts'
import { envelopeDigest, open } from '../crypto/envelope.ts'
import type { Committer, Release } from './commit.ts'
import type { Consents } from '../aws/consents.ts'
import type { Write } from '../aws/dynamodb.ts'
import type { EnvelopeOpener } from '../aws/kms.ts'
import type { LogCover } from '../aws/access-log/cover.ts'
import type { ReferralKeys } from '../aws/referral-keys.ts'
import type { Change, ReferralRow, Referrals } from '../aws/referrals.ts'
import { log, now } from '../aws/runtime.ts'

export type ReleaseDeps = {
  consents: Consents
  cover: LogCover
  opener: EnvelopeOpener
  referrals: Referrals
  referralKeys: ReferralKeys
}

/** Which of the held categories a consent gives at an instant: `mayRelease` or `mayReleaseOnPull` for one recipient. */
export type Gate = (consent: Consent, held: readonly DataCategory[], at: Instant) => DataCategory[]

/** What may leave at `at`: nothing of a shredded or taken-back referral, else what the consent gives. */
const permitted = (
  { status, contentState }: ReferralRow,
  gate: Gate,
  ...[consent, held, at]: Parameters<Gate>
): DataCategory[] =>
  contentState === 'shredded' || !isOpenable(status) ? [] : gate(consent, held, at)

export type Verdict = {
  consent: Consent
  at: Instant
  held: DataCategory[]
  categories: DataCategory[]
  /** Why nothing may leave, where nothing may. */
  refusal: ProblemCode | undefined
}

/** Reads the consent as it stands and says what it permits. */
export const judge = async (
  referral: ReferralRow,
  held: DataCategory[],
  gate: Gate,
  deps: ReleaseDeps,
): Promise<Verdict> => {
  const ledger = await deps.consents.read(referral.consentId)
  if (!ledger) throw new Error('a referral without its consent')
  const { consent } = ledger
  const at = now()
  const categories = permitted(referral, gate, consent, held, at)
  const refusal = categories.length > 0 ? undefined : whyNot(referral, consent, at)
  return { consent, at, held, categories, refusal }
}

const whyNot = (referral: ReferralRow, consent: Consent, at: Instant): ProblemCode => {
  if (referral.contentState === 'shredded' || consent.state === 'withdrawn')
    return 'content-shredded'
  if (!isOpenable(referral.status)) return 'transition-not-allowed'
  return isLive(consent, at) ? 'consent-missing-purpose' : 'consent-expired'
}

/** What a refusal changes in a row whose withdrawal a backup has undone: the clock's work looks at it at once and finishes it. */
export const unfinished = (referral: ReferralRow, { consent, at }: Verdict): Change =>
  isHalfWithdrawn(referral, consent) ? { due: 'due', dueAt: at } : {}

/** A release counts as possibly under way for as long as a function may run. */
const underWayMs = 30_000

/** Releases of this referral that were logged so lately that their answers may still be arriving. */
export const releasesUnderWay = ({ recentReleases }: ReferralRow, at: Instant): Instant[] =>
  recentReleases.filter(release => Date.parse(at) - Date.parse(release) < underWayMs)

/** A release that is recorded and waits to be covered. */
export type Recorded = {
  recorded: RecordedRelease
  /** The release as its entry has it. */
  release: Release
  referral: ReferralRow
  envelope: Envelope
  held: DataCategory[]
  gate: Gate
  wrapped: Uint8Array
}

/**
 * Records what a verdict permits: the entry is committed on condition that the ledger has not moved and the row is as read. Undefined where
 * the key is gone.
 *
 * @param change what else the release changes in the row
 */
export const record = async (
  referral: ReferralRow,
  envelope: Envelope,
  { consent, at, held, categories }: Verdict,
  gate: Gate,
  purpose: Purpose,
  change: Change,
  request: { release: Committer['release'] },
  deps: ReleaseDeps,
): Promise<Recorded | undefined> => {
  const { referralId, agreementId, consentId, envelopeDigest: sealed } = referral
  const wrapped = await deps.referralKeys.find(referralId)
  if (!wrapped) return undefined
  if (envelopeDigest(envelope) !== sealed) throw new Error('another envelope than was sealed')
  const about = { referralId, agreementId, consentId, purpose, categories, envelopeDigest: sealed }
  const recentReleases = [...releasesUnderWay(referral, at), at]
  const release = { action: 'referral.release', outcome: 'allowed', ...about } as const
  const recorded = await request.release(release, [
    deps.consents.stillAt(consent),
    deps.referrals.change(referral, { ...change, contentState: 'released', recentReleases }, at),
  ])
  return { recorded, release, referral, envelope, held, gate, wrapped }
}

/**
 * Takes back what a recorded release says of its referral, when the whole request fails and nothing of it leaves: an entry `failed` next
 * in the chain after the release's own, and the row as it was. Only where nobody has changed the row since. Never throws: where it does
 * not come about, the log and the row say too much, until the lease ends.
 */
export const takeBack = async (
  { release, referral }: Recorded,
  cause: unknown,
  request: {
    commit: (
      entries: readonly Occurrence[],
      writes: readonly Write[],
      answer: { body: object },
    ) => Promise<unknown>
  },
  deps: ReleaseDeps,
): Promise<void> => {
  const { referralId, revision, contentState, deliveryState, leaseUntil, recentReleases } = referral
  const code = cause instanceof Refused ? cause.code : undefined
  try {
    const row = await deps.referrals.find(referralId)
    if (row?.revision !== revision + 1) return
    const before = { contentState, deliveryState, leaseUntil, recentReleases }
    await request.commit(
      [{ ...release, outcome: 'failed', code }],
      [deps.referrals.change(row, before, now())],
      { body: {} },
    )
  } catch (error) {
    log('warn', 'not-taken-back', {
      referralId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}

export type Disclosure = { payload: Projection; withheld: DataCategory[]; proof: string }

/** A recorded release, and the receipt of the log that covers it by now. */
export type Covered = { release: Recorded; receipt: ReleaseReceipt }

/**
 * Opens recorded releases by their receipts; then, once all are open, reads each referral and its consent again and judges by these alone.
 * Undefined where it does not hold any longer: nothing leaves then. One that cannot be opened does not keep the others.
 * Tests: what a cancel, an entry in error, a withdrawal or an expiry in between does (test/journeys/release.gate.test.ts).
 */
export const disclose = async (
  covered: readonly Covered[],
  deps: ReleaseDeps,
): Promise<PromiseSettledResult<Disclosure | undefined>[]> => {
  const opened = await Promise.allSettled(covered.map(one => openCovered(one, deps)))
  return Promise.allSettled(
    covered.map(async (one, n) => {
      const disclosure = opened[n]
      if (disclosure?.status !== 'fulfilled') throw disclosure?.reason
      return (await holdsStill(one, deps)) ? disclosure.value : undefined
    }),
  )
}

const openCovered = async (
  { release: { referral, envelope, held, wrapped }, receipt }: Covered,
  deps: ReleaseDeps,
): Promise<Disclosure> => {
  const { referralId, agreementId, recipient } = referral
  const { categories, proof } = receipt
  const binding = { referralId, agreementId, recipient }
  const key = await deps.opener.unwrap(wrapped, binding)
  const payload = await open(envelope, key, binding, receipt)
  key.fill(0)
  return { payload, withheld: held.filter(category => !categories.includes(category)), proof }
}

/** Whether all that a receipt names may leave now, by the referral and the consent as they are now. */
const holdsStill = async (
  { release: { referral, gate }, receipt: { categories } }: Covered,
  deps: ReleaseDeps,
): Promise<boolean> => {
  const [row, ledger] = await Promise.all([
    deps.referrals.find(referral.referralId),
    deps.consents.read(referral.consentId),
  ])
  if (!row || !ledger) return false
  return permitted(row, gate, ledger.consent, categories, now()).length === categories.length
}
