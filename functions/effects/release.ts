// The gate as the doors that disclose use it: judged before, held as a condition of the transaction that records the
// release, and judged again, on what the referral and its consent are by then, after the key is opened (disclose.ts).
// Nothing here or above it can pass it by.
import { gate as gateOf } from '../../events/agreement.ts'
import { type Consent, isLive } from '../../events/consent.ts'
import type { RecordedRelease } from '../../events/access-log.ts'
import { contentOf } from '../../events/handover.ts'
import { isOpenable } from '../../events/referral.ts'
import { requestEndsWithin } from '../../events/request.ts'
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { isHalfWithdrawn } from '../../events/withdrawal.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import type { DataCategory, Purpose } from '../../schemas/consent.ts'
import type { AgreementId, EntryId, Instant } from '../../schemas/ids.ts'
import type { Envelope } from '../../schemas/inbox.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import type { Given, SignedDeps } from '../aws/bind.ts'
import type { RowName, Write } from '../aws/dynamodb.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import type { Change, ReferralRow } from '../aws/referral-row.ts'
import { log, now } from '../aws/runtime.ts'
import { categoriesOf, envelopeDigest } from '../crypto/envelope.ts'
import type { Effect, Owing } from './commit.ts'

/** What every door that opens content needs. */
export const releasing = [
  'referrals:change',
  'consents:read',
  'consents:hold',
  'referral-keys:read',
  'access-log:sequence',
  'access-log:cover',
  'log:sign',
  'agreements:hold',
  'envelope:open',
] as const
export type ReleaseDeps = Given<typeof releasing>

/** Commits in the name of the request that releases. */
type Committer = { commit: (effect: Omit<Effect<never>, Owing>) => Promise<EntryId[]> }

/** Which of the held categories a consent gives at an instant: `mayRelease` or `mayReleaseOnPull` for one recipient. */
export type Gate = (consent: Consent, held: readonly DataCategory[], at: Instant) => DataCategory[]

/**
 * What may leave at `at`: nothing of a shredded or taken-back referral or under a frozen or ended agreement, else what
 * the consent gives.
 */
export const permitted = (
  { referral, agreement, gate }: Pick<Verdict, 'referral' | 'agreement' | 'gate'>,
  ...[consent, held, at]: Parameters<Gate>
): DataCategory[] =>
  referral.contentState === 'shredded' || !isOpenable(referral.status) || shut(agreement, at)
    ? []
    : gate(consent, held, at)

/** Why an agreement lets nothing be opened. One that is gone lets nothing. */
const shut = (agreement: KeptAgreement | undefined, at: Instant): ProblemCode | undefined =>
  agreement ? gateOf(agreement, at).open : 'agreement-not-in-force'

/** What may leave of a sealed referral, judged at an instant. */
export type Verdict = {
  referral: ReferralRow
  agreement: KeptAgreement | undefined
  envelope: Envelope
  gate: Gate
  consent: Consent
  at: Instant
  held: DataCategory[]
  categories: DataCategory[]
  /** Why nothing may leave, where nothing may. */
  refusal: ProblemCode | undefined
}

/** What a release of a referral is judged by, beside its row: where it is, for whoever reads it ahead. */
export const judgedBy = (
  referral: Pick<
    ReferralRow,
    'referralId' | 'agreementId' | 'referrer' | 'recipient' | 'partOf' | 'consentId'
  >,
  {
    referralKeys,
    consents,
    directory,
  }: Pick<ReleaseDeps, 'referralKeys' | 'consents'> & Pick<SignedDeps, 'directory'>,
): RowName[] => [
  referralKeys.at(contentOf(referral).referralId),
  ...consents.at(referral.consentId),
  directory.agreementAt(referral.agreementId),
]

/** Reads the consent as it stands, and says what it permits. */
export const judge = async (
  {
    referral,
    agreement: kept,
    envelope,
    gate,
  }: Pick<Verdict, 'referral' | 'agreement' | 'envelope' | 'gate'>,
  deps: Pick<ReleaseDeps, 'consents'> & Pick<SignedDeps, 'directory'>,
  known?: KnownRows,
): Promise<Verdict> => {
  const held = categoriesOf(envelope)
  const ledger = await deps.consents.read(referral.consentId, known)
  const agreement = kept && (await deps.directory.under(kept, referral))
  if (!ledger) throw new Error('a referral without its consent')
  const { consent } = ledger
  const at = now()
  const categories = permitted({ referral, agreement, gate }, consent, held, at)
  const refusal = categories.length > 0 ? undefined : whyNot({ referral, agreement, consent, at })
  return { referral, agreement, envelope, gate, consent, at, held, categories, refusal }
}

const whyNot = ({
  referral,
  agreement,
  consent,
  at,
}: Pick<Verdict, 'referral' | 'agreement' | 'consent' | 'at'>): ProblemCode => {
  if (referral.contentState === 'shredded' || consent.state === 'withdrawn')
    return 'content-shredded'
  const code = shut(agreement, at)
  if (code) return code
  if (!isOpenable(referral.status)) return 'transition-not-allowed'
  return isLive(consent, at) ? 'consent-missing-purpose' : 'consent-expired'
}

/**
 * What a refusal changes in a row whose withdrawal a backup has undone: the clock's work looks at it at once and
 * finishes it.
 */
export const unfinished = ({ referral, consent, at }: Verdict): Change =>
  isHalfWithdrawn(referral, consent) ? { due: 'due', dueAt: at } : {}

/** Releases of this referral that were logged so lately that their answers may still be arriving. */
export const releasesUnderWay = ({ recentReleases }: ReferralRow, at: Instant): Instant[] =>
  recentReleases.filter(release => Date.parse(at) - Date.parse(release) < requestEndsWithin)

/** A release that is recorded and waits to be covered. */
export type Recorded = {
  recorded: RecordedRelease
  verdict: Verdict
  purpose: Purpose
  wrapped: Uint8Array
}

/** The release as its entry has it. */
const releaseOf = ({ referral, categories }: Verdict, purpose: Purpose) => {
  const { referralId, consentId, envelopeDigest: sealed } = referral
  const agreementId = seenUnder(referral)
  const about = { referralId, agreementId, consentId, purpose, categories, envelopeDigest: sealed }
  return { action: 'referral.release', outcome: 'allowed', ...about } as const
}

/** A release that is ready to be committed. */
type Recording = {
  occurrence: ReturnType<typeof releaseOf>
  writes: Write[]
  /** What it is once its entry is committed. */
  recorded: (entryId: EntryId) => Recorded
}

/**
 * How what a verdict permits is recorded: its entry is committed on condition that the ledger has not moved and the row
 * is as read.
 *
 * @param release.change what else the release changes in the row
 */
export const recording = (
  release: { verdict: Verdict; purpose: Purpose; change: Change; wrapped: Uint8Array },
  deps: Pick<ReleaseDeps, 'consents' | 'referrals'>,
): Recording => {
  const { verdict, purpose, change, wrapped } = release
  const { referral, envelope, consent, categories, at } = verdict
  const { referralId } = referral
  if (envelopeDigest(envelope) !== referral.envelopeDigest)
    throw new Error('another envelope than was sealed')
  const recentReleases = [...releasesUnderWay(referral, at), at]
  const released: Change = { ...change, contentState: 'released', recentReleases }
  return {
    occurrence: releaseOf(verdict, purpose),
    writes: [deps.consents.stillAt(consent), deps.referrals.change(referral, released, at)],
    recorded: entryId => ({
      recorded: { entryId, referralId, categories },
      verdict,
      purpose,
      wrapped,
    }),
  }
}

/** The conditions of releases that they commit before anything shuts their agreements: one for each. */
export const whileOpen = (
  agreementIds: Iterable<AgreementId>,
  { agreements }: Pick<ReleaseDeps, 'agreements'>,
): Write[] => [...new Set(agreementIds)].map(agreements.whileOpen)

/**
 * Takes back what a recorded release says of its referral, when the whole request fails and nothing of it leaves: an
 * entry `failed` next in the chain after the release's own, and the row as it was. Only where nobody has changed the
 * row since. Never throws: where it does not come about, the log and the row say too much, until the lease ends.
 */
export const takeBack = async (
  { verdict, purpose }: Recorded,
  cause: unknown,
  { commit, ...deps }: Committer & Pick<ReleaseDeps, 'referrals'>,
): Promise<void> => {
  const { referral } = verdict
  const { referralId, revision, contentState, deliveryState, leaseUntil, recentReleases } = referral
  const code = cause instanceof Refused ? cause.code : undefined
  try {
    const row = await deps.referrals.find(referralId)
    if (row?.revision !== revision + 1) return
    const before = { contentState, deliveryState, leaseUntil, recentReleases }
    await commit({
      occurrences: [{ ...releaseOf(verdict, purpose), outcome: 'failed', code }],
      writes: [deps.referrals.change(row, before, now())],
    })
  } catch (error) {
    log('warn', 'not-taken-back', {
      referralId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}
