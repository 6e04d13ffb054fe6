// Every minute: what time alone brings about. For each referral that is due it walks the rules of the clock
// (events/clock), and commits all that they come to as one. Releases do not wait for this: they go by the clock.
import { rulesVersion } from '../../events/clock/rules.ts'
import type { Instant, ReferralId } from '../../schemas/ids.ts'
import { lastInstant } from '../../schemas/instants.ts'
import { type Given, bind } from '../aws/bind.ts'
import type { Row } from '../aws/dynamodb.ts'
import type { RulesWalk } from '../aws/rules-walk.ts'
import { log, now as clock } from '../aws/runtime.ts'
import { onSchedule } from '../http/on-schedule.ts'
import { consoleTeller } from './tell-console.ts'
import { tellEndings } from './tell-endings.ts'
import { byTheClock, walking, walkReferral } from './walk-referral.ts'

export const needs = [...walking, 'referrals:due', 'access-log:tell-console'] as const
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

/**
 * Looks at every referral that is due at some time, once for each list of rules and after each notice that changes an
 * agreement: one that was last looked at under a shorter list, or other terms, may be due too late. Goes on where the
 * last run ended; where one fails, it begins again when it is through.
 */
const walkUnderRules = async (
  begun: RulesWalk,
  { now, timeLeft }: Running,
  deps: Deps,
): Promise<void> => {
  let walk = begun
  while (walk.rules < rulesVersion && timeLeft() >= enough) {
    const from = Object.keys(walk.from ?? {}).length > 0 ? walk.from : undefined
    const { ids, next } = await deps.referrals.due(lastInstant, perPage, from)
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
    await walkReferral(referralId, now, deps)
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

const deps = bind(needs)
const tellConsole = consoleTeller(new URL('served.json', import.meta.url))
export const handler = onSchedule('run-due-work', async timeLeft => {
  await tellConsole(deps)
  return runDueWork(deps, timeLeft)
})
