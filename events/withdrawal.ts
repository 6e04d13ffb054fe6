// The end of a consent: withdrawal, and deletion. Pure: (command, state, now) → facts or refusal. What time alone makes
// of it: events/clock.
import type {
  ConsentEvent,
  ConsentView,
  DeletionConfirmation,
  WithdrawalCommand,
} from '../schemas/consent.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import type { ContentState, Status, StatusChange } from '../schemas/referral.ts'
import type { Consent } from './consent.ts'
import { type Parties, isClosed } from './referral.ts'
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
