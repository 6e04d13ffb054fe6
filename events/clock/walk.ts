// What time makes of a referral: whatever is due, in the order in which it fell due, until nothing is; and when to look
// again. A hub that slept for months does in one run what it would have done by and by, each once. Pure.
import type { Instant } from '../../schemas/ids.ts'
import { changeStatus } from '../referral.ts'
import type { ClockRule, Clocked, ClockedReferral, Coming, Deed, News } from './rule.ts'
import { toBoth } from './rule.ts'
import { clockRules } from './rules.ts'

/** A deed that was due, and what it came to. */
type Done = Pick<Deed, 'action' | 'expires' | 'shreds'> & {
  /** The status that it brought about. */
  status?: 'cancelled'
  tells: readonly News[]
  /** The same for each handover, where it ends or is told as well. */
  handovers: readonly Pick<Done, 'status' | 'tells'>[]
}

export type Walked = {
  done: readonly Done[]
  after: Clocked
  /** When something is due next; undefined when nothing will be unless something changes. */
  next: Instant | undefined
  /** It has come, but another referral under the same consent is to be walked before it. */
  waits: boolean
}

/** What is coming, soonest first; of one instant in the order of the list. */
const comingFor = (clocked: Clocked, rules: readonly ClockRule[]): Coming[] =>
  rules.flatMap(rule => rule(clocked) ?? []).toSorted((a, b) => compare(a.at, b.at))

const endsAll = ({ deed }: Coming): boolean =>
  deed.expires !== undefined || deed.shreds !== undefined

/**
 * Whether another referral under the same consent comes first. Its end is the work of the referral that it was given
 * with, and ends them all: what fell due of a handover before it is done before it, and what falls due later after it.
 * So whichever of them is walked first after an outage, the same comes of it, in the order in which it fell due
 * (test/events/clock/orders.test.ts).
 */
const isHeld = (coming: Coming, clocked: Clocked, rules: readonly ClockRule[]): boolean => {
  const { referral, handovers = [], ...under } = clocked
  if (referral.partOf !== undefined) {
    // As the first would see it: nothing more is due of a handover that is closed.
    const first = { ...under, referral: { ...referral, partOf: undefined } }
    const end = comingFor(first, rules).find(endsAll)
    return end !== undefined && end.at <= coming.at
  }
  if (!endsAll(coming)) return false
  return handovers.some(one => {
    const [own] = comingFor({ ...under, referral: one }, rules)
    return own !== undefined && own.at < coming.at
  })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** More deeds at once than any referral can have due: a rule that does not see its own deed would go on for ever. */
const mostDeeds = 50

/**
 * Walks the rules until nothing is due at `now`, or what is due waits for another referral. All that happens happens at
 * `now`, whenever it fell due. Throws where a rule stays due after its deed.
 */
export const walkRules = (
  clocked: Clocked,
  now: Instant,
  rules: readonly ClockRule[] = clockRules,
): Walked => {
  const done: Done[] = []
  let after = clocked
  for (;;) {
    const [first] = comingFor(after, rules)
    const isDue = first !== undefined && first.at <= now
    const waits = isDue && isHeld(first, after, rules)
    if (!isDue || waits) return { done, after, next: first?.at, waits }
    if (done.length === mostDeeds) throw new Error('a rule of the clock that stays due')
    const step = doneBy(first.deed, after, now)
    done.push(step.done)
    after = step.after
  }
}

/** When a referral is to be looked at first. */
export const firstLook = (clocked: Clocked): Instant | undefined =>
  comingFor(clocked, clockRules)[0]?.at

const doneBy = (deed: Deed, clocked: Clocked, now: Instant): { done: Done; after: Clocked } => {
  const { consent, agreement, handovers = [] } = clocked
  const { action, expires, shreds } = deed
  const [own, ...others] = [clocked.referral, ...(expires || shreds ? handovers : [])].map(
    referral => endedBy(deed, referral, now),
  )
  if (!own) throw new Error('a walk without a referral')
  return {
    done: {
      action,
      ...(expires && { expires }),
      ...(shreds && { shreds }),
      ...own.done,
      handovers: others.map(({ done }) => done),
    },
    after: {
      agreement,
      consent: expires ? { ...consent, state: 'expired', n: consent.n + 1 } : consent,
      referral: { ...own.after, ...deed.changes },
      handovers: others.length > 0 ? others.map(({ after }) => after) : handovers,
    },
  }
}

/** What a deed makes of one of the referrals that it is about. */
const endedBy = (
  deed: Deed,
  before: ClockedReferral,
  now: Instant,
): { done: Pick<Done, 'status' | 'tells'>; after: ClockedReferral } => {
  const { referral, tells } = cancelled(deed, before, now)
  return {
    done: {
      ...(tells.length > 0 && { status: 'cancelled' }),
      tells: [...deed.tells, ...tells],
    },
    after: { ...referral, ...(deed.shreds && { contentState: 'shredded' }) },
  }
}

/** The referral as the hub cancels it, and what both sides are told; as it was, where it is closed already. */
const cancelled = (
  { cancels: reason }: Deed,
  referral: ClockedReferral,
  now: Instant,
): { referral: ClockedReferral; tells: News[] } => {
  if (!reason) return { referral, tells: [] }
  const fact = changeStatus({ status: 'cancelled', reason }, referral, { by: 'hub', now })
  if ('refused' in fact) return { referral, tells: [] }
  const version = referral.version + 1
  const history = [...referral.history, fact.change]
  const data = { status: 'cancelled', reason, version } as const
  return {
    referral: { ...referral, status: 'cancelled', history, version },
    tells: toBoth(to => ({ to, type: 'referral.status-changed.v1', data })),
  }
}
