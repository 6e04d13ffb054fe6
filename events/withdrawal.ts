// The end of a consent: withdrawal, and deletion. Pure: (command, state, now) → facts or refusal. What time alone makes
// of it: events/clock.
import type {
  ConsentEvent,
  ConsentView,
  DeletionConfirmation,
  WithdrawalCommand,
} from '../schemas/consent.ts'
import type { InstitutionCode, Instant, ReferralId } from '../schemas/ids.ts'
import type { ContentState, Status, StatusChange } from '../schemas/referral.ts'
import type { Consent } from './consent.ts'
import { type Parties, isClosed } from './referral.ts'
import { type Refusal, refuse } from './refusal.ts'
import { isAhead, isOnEarlierDay, isWholeDay } from './stated-time.ts'

/**
 * Facts of a withdrawal: what the ledger gains (nothing where it is complete), and which referrals end with it, each
 * with how it closes unless it was closed before.
 */
export type Withdrawn<R> = {
  ledger: ConsentEvent[]
  ends: { referral: R; closing?: StatusChange }[]
}

type Held = Parties & { status: Status; contentState: ContentState }

/**
 * Whether a withdrawal is in the ledger and not in the referral: a row that was put back from a backup. Its key is gone
 * for good; its ciphertext and its old status are not.
 */
export const isHalfWithdrawn = (
  { contentState }: { contentState: ContentState },
  { state }: Pick<Consent, 'state'>,
): boolean => state === 'withdrawn' && contentState !== 'shredded'

/**
 * Withdraws a consent on behalf of its person: all referrals under it end at once. A consent that has expired can still
 * be withdrawn: its content is still there to be destroyed. `'already'` where it was withdrawn before: the same effect,
 * once. Half withdrawn is not: the referrals' part is done then.
 */
export const withdrawConsent = <R extends Held>(
  command: WithdrawalCommand,
  consent: Consent,
  referrals: readonly R[],
  { by, now }: { by: InstitutionCode; now: Instant },
): Withdrawn<R> | 'already' | Refusal => {
  const ended = (referral: R) =>
    isClosed(referral.status)
      ? { referral }
      : {
          referral,
          closing: { status: 'cancelled', at: now, by, reason: 'consent-withdrawn' } as const,
        }
  const half = referrals.filter(referral => isHalfWithdrawn(referral, consent))
  if (half.length > 0) return { ledger: [], ends: half.map(ended) }
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
  return { ledger, ends: referrals.map(ended) }
}

/** A recipient's system states a moment; a day that somebody stated is as good as its last moment. */
const isBeforeWithdrawal = (at: Instant, withdrawnAt: Instant): boolean =>
  isWholeDay(at) ? isOnEarlierDay(at, withdrawnAt) : isAhead(withdrawnAt, at)

/** A recipient has deleted what it held. `'already'` where it said so before. */
export const confirmDeletion = (
  command: DeletionConfirmation,
  consent: Consent,
  { by, now }: { by: InstitutionCode; now: Instant },
): ConsentEvent | 'already' | Refusal => {
  if (consent.confirmedBy.includes(by)) return 'already'
  if (consent.deletion === 'none') return refuse('transition-not-allowed')
  if (isAhead(command.at, now))
    return refuse('invalid-request', [{ pointer: '/at', code: 'in-the-future' }])
  if (consent.withdrawnAt !== undefined && isBeforeWithdrawal(command.at, consent.withdrawnAt))
    return refuse('invalid-request', [{ pointer: '/at', code: 'before-withdrawn' }])
  const { consentId, n } = consent
  return { event: 'deletion-confirmed', consentId, n: n + 1, at: now, by, statedAt: command.at }
}

/** How far the recipients of these referrals have come: all that were asked, or not all. */
export const deletionOf = (
  { deletion, confirmedBy }: Consent,
  referrals: readonly Parties[],
): Consent['deletion'] => {
  if (deletion === 'none') return 'none'
  return referrals.every(({ recipient }) => confirmedBy.includes(recipient))
    ? 'confirmed'
    : 'requested'
}

/**
 * A consent as one who holds referrals under it sees it: nobody else's deletion is in it, for that would say that there
 * is another referral. Expiry shows by the clock, whether or not its event is written yet.
 *
 * @param held the viewer's referrals under it, its own first
 */
export const consentView = (
  events: readonly ConsentEvent[],
  consent: Consent,
  {
    held,
    now,
  }: { held: readonly [Parties & { referralId: ReferralId }, ...Parties[]]; now: Instant },
): ConsentView => ({
  consentId: consent.consentId,
  referralId: held[0].referralId,
  agreementId: consent.agreementId,
  state: consent.state === 'granted' && consent.terms.validUntil < now ? 'expired' : consent.state,
  deletion: deletionOf(consent, held),
  purposes: consent.terms.purposes,
  validUntil: consent.terms.validUntil,
  events: events
    .filter(event => isFor(event, held))
    .map(event => ({
      event: event.event,
      at: event.at,
      by: event.by,
      ...(event.event === 'withdrawn'
        ? { requestedBy: event.requestedBy, method: event.method, statedAt: event.statedAt }
        : {}),
      ...(event.event === 'deletion-confirmed' ? { statedAt: event.statedAt } : {}),
    })),
})

const isFor = (event: ConsentEvent, held: readonly Parties[]): boolean =>
  event.event !== 'deletion-confirmed' || held.some(({ recipient }) => recipient === event.by)
