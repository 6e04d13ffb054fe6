// Every minute: what time alone brings about. For each referral that is due it walks the rules of the clock
// (events/clock), and commits all that they come to as one. Releases do not wait for this: they go by the clock.
import { hubActor } from '../../events/access-log.ts'
import type { ClockedReferral } from '../../events/clock/rule.ts'
import { type Walked, walkRules } from '../../events/clock/walk.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { Instant, ReferralId, RequestId } from '../../schemas/ids.ts'
import { type Given, bind } from '../aws/bind.ts'
import type { Row, Write } from '../aws/dynamodb.ts'
import type { Change, ReferralRow } from '../aws/referrals.ts'
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
  const walked = walkRules({ referral, consent, agreement }, now)
  if (walked.done.length === 0 && walked.next === referral.dueAt) return
  const shreds = walked.done.some(done => done.shreds)
  const wrapped = shreds ? await deps.referralKeys.find(referralId) : undefined
  const about = {
    outcome: 'allowed',
    referralId,
    agreementId: seenUnder(referral),
    consentId,
  } as const
  const destroyed = {
    envelopeDigest: referral.envelopeDigest,
    ...(wrapped ? { destroyedKeyDigest: keyDigest(wrapped) } : {}),
  }
  await commit(
    {
      occurrences: walked.done.map(({ action, status, shreds: ends }) => ({
        action,
        ...about,
        status,
        ...(ends ? destroyed : {}),
      })),
      writes: [
        ...walked.done
          .filter(({ expires }) => expires)
          .map((_, i) => {
            const n = consent.n + 1 + i
            return deps.consents.append({ event: 'expired', consentId, n, at: now, by: 'hub' })
          }),
        ...(shreds
          ? shred(referral, { wrapped, change: changeOf(referral, walked), at: now }, deps)
          : kept(referral, walked, { now, deps })),
      ],
      messages: walked.done.flatMap(({ tells }) =>
        tells.map((news): Message => ({ ...news, referral })),
      ),
    },
    byTheClock(),
    deps,
  )
}

/** The writes where the content stays: the row, and the guards where the referral has been closed. */
const kept = (
  referral: ReferralRow,
  walked: Walked,
  { now, deps }: { now: Instant; deps: Deps },
): Write[] => {
  const closed = walked.done.some(({ status }) => status)
  const change: Change = {
    ...changeOf(referral, walked),
    ...(closed ? { openGuards: [] } : {}),
    due: walked.next ? 'due' : undefined,
    dueAt: walked.next,
  }
  return [
    deps.referrals.change(referral, change, now),
    ...(closed
      ? referral.openGuards.map(name => deps.referrals.releaseGuard(name, referral.referralId))
      : []),
  ]
}

/** What a deed may change in a row. */
const changing = ['status', 'history', 'version', 'deliveryState', 'told'] as const

/** The members of the row that are others after the walk. */
const changeOf = (before: ClockedReferral, { after: { referral: after } }: Walked): Change =>
  Object.fromEntries(
    changing.filter(name => after[name] !== before[name]).map(name => [name, after[name]]),
  )

/** The hub's own doing: nobody signed it. */
const byTheClock = (): Committing => {
  const id = newId<RequestId>()
  return { actor: hubActor, evidence: { id, method: 'SCHEDULE', path: '/run-due-work' } }
}

const deps = bind(needs)
export const handler = onSchedule('run-due-work', timeLeft => runDueWork(deps, timeLeft))
