// Every minute: what time alone brings about. Writes that a consent has expired and tells both sides; destroys content
// that has been kept as long as the agreement's policy says, or whose withdrawal a backup had undone, through the same
// writes as a withdrawal. Releases do not wait for this: they go by the clock.
import { hubActor } from '../../events/access-log.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { closeByHub, dueWork } from '../../events/withdrawal.ts'
import type { Instant, ReferralId, RequestId } from '../../schemas/ids.ts'
import { type Given, bind } from '../aws/bind.ts'
import type { Row } from '../aws/dynamodb.ts'
import type { Change, Side } from '../aws/referrals.ts'
import { log, newId, now as clock } from '../aws/runtime.ts'
import { type Committing, commit } from '../effects/commit.ts'
import type { Message } from '../effects/messages.ts'
import { keyDigest, shred } from '../effects/shred.ts'
import { onSchedule } from '../http/on-schedule.ts'

export const needs = [
  'directory:read',
  'referrals:due',
  'referrals:change',
  'referrals:release-guards',
  'envelopes:destroy',
  'consents:read',
  'consents:append',
  'referral-keys:destroy',
  'access-log:append',
  'outbox:send',
  'inbox:send',
] as const
type Deps = Given<typeof needs>

/** Referrals found at a time, and how many of them are dealt with side by side. */
const [perPage, sideBySide] = [100, 8]
/** Milliseconds that one referral may take. With less left nothing is begun: the next run goes on. */
const enough = 10_000

/**
 * Does what is due until nothing is, or the time is nearly over. One referral that fails does not hold up the others,
 * however many fail. Answers how many were dealt with.
 *
 * @param timeLeft milliseconds until this function is stopped
 */
export const runDueWork = async (deps: Deps, timeLeft: () => number): Promise<number> => {
  const now = clock()
  let done = 0
  let from: Row | undefined
  do {
    const { ids, next } = await deps.referrals.due(now, perPage, from)
    const waiting = ids.values()
    const worker = async () => {
      for (const referralId of waiting) {
        if (timeLeft() < enough) return
        if (await dealtWith(referralId, now, deps)) done++
      }
    }
    await Promise.all(Array.from({ length: sideBySide }, worker))
    from = next
  } while (from && timeLeft() >= enough)
  return done
}

const dealtWith = async (referralId: ReferralId, now: Instant, deps: Deps): Promise<boolean> => {
  try {
    await runFor(referralId, now, deps)
    return true
  } catch (error) {
    // Whoever changed the referral meanwhile has set when to look again; a fault is looked at in a minute.
    log('warn', 'due-later', {
      referralId,
      error: error instanceof Error ? error.name : 'unknown',
    })
    return false
  }
}

const runFor = async (referralId: ReferralId, now: Instant, deps: Deps): Promise<void> => {
  const referral = await deps.referrals.find(referralId)
  if (!referral) return
  const { consentId, agreementId } = referral
  const [ledger, agreement] = await Promise.all([
    deps.consents.read(consentId),
    deps.directory.findAgreement(agreementId),
  ])
  if (!ledger || !agreement) throw new Error('a referral without its consent or agreement')
  const { consent } = ledger
  const due = dueWork(referral, consent, agreement, now)
  const about = {
    outcome: 'allowed',
    referralId,
    agreementId: seenUnder(referral),
    consentId,
  } as const
  const told: Message[] = due.expire
    ? toBoth(to => ({ to, referral, type: 'consent.expired.v1', data: { consentId } }))
    : []
  const expiry = due.expire
    ? {
        occurrences: [{ action: 'consent.expire', ...about } as const],
        writes: [
          deps.consents.append({
            event: 'expired',
            consentId,
            n: consent.n + 1,
            at: now,
            by: 'hub',
          }),
        ],
      }
    : { occurrences: [], writes: [] }
  if (!due.shred) {
    const change: Change = { due: due.next ? 'due' : undefined, dueAt: due.next }
    const writes = [...expiry.writes, deps.referrals.change(referral, change, now)]
    await commit({ ...expiry, writes, messages: told }, byTheClock(), deps)
    return
  }
  const wrapped = await deps.referralKeys.find(referralId)
  const closing = closeByHub(referral, due.shred, now)
  const version = referral.version + (closing ? 1 : 0)
  const data = { status: 'cancelled', reason: due.shred, version } as const
  const closed: Message[] = closing
    ? toBoth(to => ({ to, referral, type: 'referral.status-changed.v1', data }))
    : []
  const change: Change = {
    ...(closing ? { status: closing.status, history: [...referral.history, closing] } : {}),
    version,
  }
  const destruction = {
    action: 'referral.shred',
    ...about,
    envelopeDigest: referral.envelopeDigest,
    status: closing?.status,
    ...(wrapped ? { destroyedKeyDigest: keyDigest(wrapped) } : {}),
  } as const
  await commit(
    {
      occurrences: [...expiry.occurrences, destruction],
      writes: [...expiry.writes, ...shred(referral, { wrapped, change, at: now }, deps)],
      messages: [...told, ...closed],
    },
    byTheClock(),
    deps,
  )
}

const toBoth = (tell: (to: Side) => Message): Message[] =>
  (['referrer', 'recipient'] as const).map(tell)

/** The hub's own doing: nobody signed it. */
const byTheClock = (): Committing => {
  const id = newId<RequestId>()
  return { actor: hubActor, evidence: { id, method: 'SCHEDULE', path: '/run-due-work' } }
}

const deps = bind(needs)
export const handler = onSchedule('run-due-work', timeLeft => runDueWork(deps, timeLeft))
