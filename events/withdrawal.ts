// The end of a consent: withdrawal, expiry, deletion, retention. Pure: (command, state, now) → facts or refusal.
import type { Agreement } from '../schemas/agreement.ts'
import type {
  ConsentEvent,
  ConsentView,
  DeletionConfirmation,
  WithdrawalCommand,
} from '../schemas/consent.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import type { ContentState, Status, StatusChange } from '../schemas/referral.ts'
import type { Consent } from './consent.ts'
import { type Parties, changeStatus, isClosed } from './referral.ts'
import { type Refusal, refuse } from './refusal.ts'
import { isAhead, isOnEarlierDay, isWholeDay } from './stated-time.ts'

/**
 * Facts of a withdrawal: what the ledger gains (nothing where it is complete), and how the referral closes unless it
 * was closed before.
 */
export type Withdrawn = { ledger: ConsentEvent[]; closing?: StatusChange }

/**
 * Whether a withdrawal is in the ledger and not in the referral: a row that was put back from a backup. Its key is gone
 * for good; its ciphertext and its old status are not.
 */
export const isHalfWithdrawn = (
  { contentState }: { contentState: ContentState },
  { state }: Pick<Consent, 'state'>,
): boolean => state === 'withdrawn' && contentState !== 'shredded'

/**
 * Withdraws a consent on behalf of its person. A consent that has expired can still be withdrawn: its content is still
 * there to be destroyed. `'already'` where it was withdrawn before: the same effect, once. Half withdrawn is not: the
 * referral's part is done then.
 */
export const withdrawConsent = (
  command: WithdrawalCommand,
  consent: Consent,
  referral: Parties & { status: Status; contentState: ContentState },
  { by, now }: { by: InstitutionCode; now: Instant },
): Withdrawn | 'already' | Refusal => {
  const closing = isClosed(referral.status)
    ? undefined
    : ({ status: 'cancelled', at: now, by, reason: 'consent-withdrawn' } as const)
  const closed = closing ? { closing } : {}
  if (isHalfWithdrawn(referral, consent)) return { ledger: [], ...closed }
  if (consent.state === 'withdrawn') return 'already'
  if (isAhead(command.at, now))
    return refuse('invalid-request', [{ pointer: '/at', code: 'in-the-future' }])
  if (isOnEarlierDay(command.at, consent.terms.grantedAt))
    return refuse('invalid-request', [{ pointer: '/at', code: 'before-granted' }])
  const { consentId, n } = consent
  const ledger: ConsentEvent[] = [
    {
      event: 'withdrawn',
      consentId,
      n: n + 1,
      at: now,
      by,
      requestedBy: command.requestedBy,
      method: command.method,
      statedAt: command.at,
    },
    { event: 'deletion-requested', consentId, n: n + 2, at: now, by: 'hub' },
  ]
  return { ledger, ...closed }
}

/** A recipient's system states a moment; a day that somebody stated is as good as its last moment. */
const isBeforeWithdrawal = (at: Instant, withdrawnAt: Instant): boolean =>
  isWholeDay(at) ? isOnEarlierDay(at, withdrawnAt) : isAhead(withdrawnAt, at)

/** The recipient has deleted what it held. `'already'` where it said so before. */
export const confirmDeletion = (
  command: DeletionConfirmation,
  consent: Consent,
  { by, now }: { by: InstitutionCode; now: Instant },
): ConsentEvent | 'already' | Refusal => {
  if (consent.deletion === 'confirmed') return 'already'
  if (consent.deletion === 'none') return refuse('transition-not-allowed')
  if (isAhead(command.at, now))
    return refuse('invalid-request', [{ pointer: '/at', code: 'in-the-future' }])
  if (consent.withdrawnAt !== undefined && isBeforeWithdrawal(command.at, consent.withdrawnAt))
    return refuse('invalid-request', [{ pointer: '/at', code: 'before-withdrawn' }])
  const { consentId, n } = consent
  return { event: 'deletion-confirmed', consentId, n: n + 1, at: now, by, statedAt: command.at }
}

const later = (at: Instant, days: number): Instant =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString() as Instant

/** What time alone makes of a referral. */
export type Due = {
  /** The consent's time is over, and the ledger does not say so yet. */
  expire: boolean
  /**
   * Why the content is to be destroyed now: it has been kept as long as the policy says, or a withdrawal did not reach
   * the row.
   */
  shred: 'consent-expired' | 'consent-withdrawn' | undefined
  /** When to look again; none when nothing is left to happen. */
  next: Instant | undefined
}

/**
 * What is due for a referral at `now`. Expiry needs no job to take effect: releases go by the clock. The content of a
 * closed referral, or of one whose consent has expired, is kept for the agreement's retention period and then
 * destroyed.
 */
export const dueWork = (
  referral: { status: Status; contentState: ContentState; history: readonly StatusChange[] },
  consent: Consent,
  { policy }: Pick<Agreement, 'policy'>,
  now: Instant,
): Due => {
  if (referral.contentState === 'shredded')
    return { expire: false, shred: undefined, next: undefined }
  if (isHalfWithdrawn(referral, consent))
    return { expire: false, shred: 'consent-withdrawn', next: undefined }
  const { validUntil } = consent.terms
  const expire = consent.state === 'granted' && validUntil < now
  const closedAt = isClosed(referral.status) ? referral.history.at(-1)?.at : undefined
  const over = [validUntil, ...(closedAt ? [closedAt] : [])].toSorted()[0] as Instant
  const shredAt = later(over, policy.retentionDays)
  if (shredAt <= now) return { expire, shred: 'consent-expired', next: undefined }
  const expiresLater = consent.state === 'granted' && !expire && validUntil < shredAt
  return { expire, shred: undefined, next: expiresLater ? validUntil : shredAt }
}

/** How the hub closes an open referral whose content it destroys. */
export const closeByHub = (
  referral: Parties & { status: Status },
  reason: NonNullable<Due['shred']>,
  now: Instant,
): StatusChange | undefined => {
  const fact = changeStatus({ status: 'cancelled', reason }, referral, { by: 'hub', now })
  return 'refused' in fact ? undefined : fact.change
}

/** A consent as its parties see it. Expiry shows by the clock, whether or not its event is written yet. */
export const consentView = (
  events: readonly ConsentEvent[],
  { consentId, referralId, agreementId, terms, state, deletion }: Consent,
  now: Instant,
): ConsentView => ({
  consentId,
  referralId,
  agreementId,
  state: state === 'granted' && terms.validUntil < now ? 'expired' : state,
  deletion,
  purposes: terms.purposes,
  validUntil: terms.validUntil,
  events: events.map(event => ({
    event: event.event,
    at: event.at,
    by: event.by,
    ...(event.event === 'withdrawn'
      ? { requestedBy: event.requestedBy, method: event.method, statedAt: event.statedAt }
      : {}),
    ...(event.event === 'deletion-confirmed' ? { statedAt: event.statedAt } : {}),
  })),
})
