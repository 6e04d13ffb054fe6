// Every minute: what time alone brings about. For each referral that is due it walks the rules of the clock
// (events/clock), and commits all that they come to as one. Releases do not wait for this: they go by the clock.
import { type Occurrence, hubActor } from '../../events/access-log.ts'
import { type ClockedReferral, sharing } from '../../events/clock/rule.ts'
import { rulesVersion } from '../../events/clock/rules.ts'
import { type Walked, walkRules } from '../../events/clock/walk.ts'
import { isClosed } from '../../events/referral.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { isHalfWithdrawn } from '../../events/withdrawal.ts'
import type { Instant, ReferralId, RequestId } from '../../schemas/ids.ts'
import { type Given, bind } from '../aws/bind.ts'
import type { Row, Write } from '../aws/dynamodb.ts'
import type { Change, ReferralRow } from '../aws/referrals.ts'
import type { RulesWalk } from '../aws/rules-walk.ts'
import { log, newId, now as clock } from '../aws/runtime.ts'
import { type Committing, commit } from '../effects/commit.ts'
import { underConsent } from '../effects/party-consent.ts'
import { type Ending, keyDigest, shred } from '../effects/shred.ts'
import { onSchedule } from '../http/on-schedule.ts'
import { consoleTeller } from './tell-console.ts'
import { telling, tellEndings } from './tell-endings.ts'

export const needs = [
  ...telling,
  'referrals:due',
  'referrals:change',
  'referrals:release-guards',
  'progress:count-and-forget',
  'envelopes:destroy',
  'consents:read',
  'consents:append',
  'referral-keys:destroy',
  'access-log:tell-console',
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
  const walk = await deps.rulesWalk.read()
  await tellEndings(walk, { now, committing: byTheClock }, deps)
  let done = 0
  let from: Row | undefined
  do {
    const { ids, next } = await deps.referrals.due(now, perPage, from)
    done += (await dealWith(ids, { now, timeLeft }, deps)).done
    from = next
  } while (from && timeLeft() >= enough)
  await walkUnderRules(walk, { now, timeLeft }, deps)
  return done
}

/** The hub's time, and the milliseconds left. */
type Running = { now: Instant; timeLeft: () => number }

/** Deals with referrals side by side. `all`: none failed, and the time was enough. */
const dealWith = async (
  ids: readonly ReferralId[],
  { now, timeLeft }: Running,
  deps: Deps,
): Promise<{ done: number; all: boolean }> => {
  let done = 0
  const waiting = ids.values()
  const worker = async () => {
    for (const referralId of waiting) {
      if (timeLeft() < enough) return
      if (await dealtWith(referralId, now, deps)) done++
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
  return { done, all: done === ids.length }
}

/** Later than any referral is due. */
const ever = '9999-12-31T23:59:59.999Z' as Instant

/**
 * Looks at every referral that is due at some time, once for each list of rules and after each notice that changes an
 * agreement: one that was last looked at under a shorter list, or other terms, may be due too late. Goes on where the last run ended; where one fails, it begins anew when it is through.
 */
const walkUnderRules = async (
  begun: RulesWalk,
  { now, timeLeft }: Running,
  deps: Deps,
): Promise<void> => {
  let walk = begun
  while (walk.rules < rulesVersion && timeLeft() >= enough) {
    const from = Object.keys(walk.from ?? {}).length > 0 ? walk.from : undefined
    const { ids, next } = await deps.referrals.due(ever, perPage, from)
    const { all } = await dealWith(ids, { now, timeLeft }, deps)
    if (timeLeft() < enough && !all) return
    const failed = walk.failed || !all
    walk = next
      ? { ...walk, from: next as Record<string, string>, failed }
      : { ...walk, from: {}, rules: failed ? walk.rules : rulesVersion, failed: false }
    if (!(await deps.rulesWalk.write(walk)) || !next) return
  }
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
  const [ledger, kept, [, ...handovers]] = await Promise.all([
    deps.consents.read(referral.consentId),
    deps.directory.findAgreement(referral.agreementId),
    underConsent(referral, deps),
  ])
  if (!ledger || !kept) throw new Error('a referral without its consent or agreement')
  const { consent } = ledger
  const agreement = await deps.directory.under(kept, referral)
  const walked = walkRules({ referral, handovers, consent, agreement }, now)
  const handedOver = await wokenBy(referral, walked, deps)
  if (walked.done.length === 0 && walked.next === referral.dueAt && !handedOver) return
  const shreds = walked.done.some(done => done.shreds)
  const wrapped = shreds ? await deps.referralKeys.find(referralId) : undefined
  const deeds = walked.done.flatMap(done => [
    { ...done, of: referral },
    ...done.handovers.map((told, i) => ({ ...done, ...told, of: handovers[i] as ReferralRow })),
  ])
  await commit(
    {
      occurrences: deeds.map(done => occurrenceOf(done, wrapped)),
      writes: [
        ...walked.done
          .filter(({ expires }) => expires)
          .map((_, i) => {
            const [n, { consentId }] = [consent.n + 1 + i, consent]
            return deps.consents.append({ event: 'expired', consentId, n, at: now, by: 'hub' })
          }),
        ...(shreds
          ? shred(
              { of: referralId, wrapped },
              { endings: endingsOf([referral, ...handovers], walked), at: now },
              deps,
            )
          : [
              ...keptWith(referral, walked, { now, deps }),
              ...handovers
                .filter(row => deeds.some(({ of }) => of === row))
                .map(row => deps.referrals.change(row, {}, now)),
            ]),
        ...(handedOver ? [deps.referrals.change(handedOver, { due: 'due', dueAt: now }, now)] : []),
      ],
      messages: deeds.flatMap(({ tells, of }) => tells.map(news => ({ ...news, referral: of }))),
    },
    byTheClock(),
    deps,
  )
}

/**
 * The referral that this one was handed over of, where what has become of this one decides when the content of both ends:
 * it is looked at next.
 */
const wokenBy = async (
  { partOf, contentState }: ReferralRow,
  { after: { referral, consent } }: Walked,
  deps: Deps,
): Promise<ReferralRow | undefined> => {
  if (partOf === undefined || contentState === 'shredded') return undefined
  if (!isClosed(referral.status) && !isHalfWithdrawn(referral, consent)) return undefined
  return deps.referrals.find(partOf)
}

type DeedDone = Pick<Walked['done'][number], 'action' | 'status' | 'shreds'> & { of: ReferralRow }

const occurrenceOf = (
  { action, status, shreds, of }: DeedDone,
  wrapped: Uint8Array | undefined,
): Occurrence => ({
  action,
  outcome: 'allowed',
  referralId: of.referralId,
  consentId: of.consentId,
  agreementId: seenUnder(of),
  status,
  ...(shreds && {
    envelopeDigest: of.envelopeDigest,
    ...(wrapped && { destroyedKeyDigest: keyDigest(wrapped) }),
  }),
})

/** Each row that ends with the content, as the walk left it. */
const endingsOf = (rows: readonly ReferralRow[], { after }: Walked): Ending[] =>
  sharing(after).flatMap((ended, i) => {
    const referral = rows[i]
    return referral ? [{ referral, change: changeOf(referral, ended) }] : []
  })

/** The writes where the content stays: the row, and the guards where the referral has been closed. */
const keptWith = (
  referral: ReferralRow,
  walked: Walked,
  { now, deps }: { now: Instant; deps: Deps },
): Write[] => {
  const closed = walked.done.some(({ status }) => status)
  const change: Change = {
    ...changeOf(referral, walked.after.referral),
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
const changeOf = (before: ClockedReferral, after: ClockedReferral): Change =>
  Object.fromEntries(
    changing.filter(name => after[name] !== before[name]).map(name => [name, after[name]]),
  )

/** The hub's own doing: nobody signed it. */
const byTheClock = (): Committing => {
  const id = newId<RequestId>()
  return { actor: hubActor, evidence: { id, method: 'SCHEDULE', path: '/run-due-work' } }
}

const deps = bind(needs)
const tellConsole = consoleTeller(new URL('served.json', import.meta.url))
export const handler = onSchedule('run-due-work', async timeLeft => {
  await tellConsole(deps)
  return runDueWork(deps, timeLeft)
})
