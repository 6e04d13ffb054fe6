// Clause 15: an agreement is about to end, and its parties are told 90, 60 and 30 days before, once for each end that
// it has: a renewal or a rescission makes another. No rule of a referral: an agreement has its own events. Pure.
import type { Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import type { EndingNews } from '../../schemas/inbox.ts'
import { type Term, endsAt } from '../agreement.ts'
import { days } from './rule.ts'

const daysBefore = [90, 60, 30] as const

/** Of which end the parties were told last, and for how many days before it; absent before the first. */
export type ToldOfEnd = { endsAt: Instant; days?: EndingNews['days'] | undefined }

export type Ending = {
  /** In the order in which they fell due. */
  news: EndingNews[]
  after: ToldOfEnd
  /** When the next is due; undefined when none will be, unless the end changes. */
  next: Instant | undefined
}

/**
 * What is to be told of an agreement's end by `now`. All of it, also what fell due while nobody looked. Of an end that
 * nobody knew of before, what had passed by then is told once: the last of it, and nothing of one that is over.
 */
export const agreementEnding = (
  agreement: Term,
  before: ToldOfEnd | undefined,
  now: Instant,
): Ending => {
  const end = endsAt(agreement)
  const known = before?.endsAt === end ? before : undefined
  // Whoever terminates ends it at once: there is no day before.
  if (agreement.terminatedAt !== undefined)
    return { news: [], after: known ?? { endsAt: end }, next: undefined }
  const left = daysBefore
    .filter(n => known?.days === undefined || n < known.days)
    .map(n => ({ n, at: dayBefore(end, n) }))
  const due = left.filter(({ at }) => at <= now)
  const told = known ? due : now <= end ? due.slice(-1) : []
  const last = due.at(-1)?.n ?? known?.days
  return {
    news: told.map(({ n }) => ({ endsAt: end, days: n })),
    after: { endsAt: end, ...(last === undefined ? {} : { days: last }) },
    next: left.find(({ at }) => at > now)?.at,
  }
}

const dayBefore = (end: Instant, n: number): Instant => later(end, -n * days)
