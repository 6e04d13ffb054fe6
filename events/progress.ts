// What a referral counts as in the report on an agreement's progress (clause 3). Pure: a referral's row → numbers, and
// the difference that a change makes. A counter is a sum of these, so a recount of all referrals comes to the same.
import { dayOf } from '../schemas/guatemala.ts'
import type { Instant } from '../schemas/ids.ts'
import type { Milestone, RecordedMilestone } from '../schemas/milestone.ts'
import type { Quarter, Stage } from '../schemas/report.ts'
import type { KeptHeader } from '../schemas/referral.ts'
import { bucketOf } from './answer-times.ts'
import { isClosed } from './referral.ts'

/** Where a referral is counted; `person` and `as` name rows by keyed hashes, and go when the referral is shredded. */
export type Counted = { quarter: Quarter; person?: string | undefined; as?: string[] | undefined }

/** What counting looks at of a referral's row. */
export type Countable = Pick<
  KeptHeader,
  | 'referralId'
  | 'agreementId'
  | 'consentId'
  | 'recipient'
  | 'priority'
  | 'submittedAt'
  | 'respondBy'
  | 'status'
  | 'contentState'
  | 'history'
  | 'milestones'
  | 'partOf'
> & {
  openGuards: readonly string[]
  told?: Readonly<Record<string, string>> | undefined
  counted?: Counted | undefined
}

/** The quarter of a year in Guatemala. */
export const quarterOf = (at: Instant): Quarter => {
  const [year = '', month] = dayOf(at).split('-')
  return `${year}-Q${Math.ceil(Number(month) / 3)}` as Quarter
}

const stageOf: Partial<Record<Milestone, Stage>> = {
  profiled: 'profiled',
  enrolled: 'enrolled',
  'training-completed': 'completed',
  'handed-over-iom': 'handedOver',
  placed: 'placed',
  'in-work-30-days': 'd30',
  'in-work-180-days': 'd180',
  'in-work-365-days': 'd365',
}

/** The milestone that brings a person to a stage. */
export const milestoneOf = Object.fromEntries(
  Object.entries(stageOf).map(([milestone, stage]) => [stage, milestone]),
) as Partial<Record<Stage, Milestone>>

export type Evidence = Partial<Record<Stage, number>>

const add = <K extends string>(sums: Partial<Record<K, number>>, name: K, n = 1): void => {
  sums[name] = (sums[name] ?? 0) + n
}

const standing = ({ milestones }: Countable): readonly RecordedMilestone[] =>
  milestones.filter(({ voidedAt }) => voidedAt === undefined)

/**
 * How often a referral shows that its person has reached a stage. One that was entered in error shows nothing; a
 * handover shows what its recipient recorded, for the person was referred and accepted before.
 */
export const evidenceOf = (referral: Countable): Evidence => {
  const found: Evidence = {}
  if (referral.status === 'entered-in-error') return found
  if (referral.partOf === undefined) {
    found.referred = 1
    if (referral.history.some(({ status }) => status === 'accepted')) found.accepted = 1
  }
  for (const { milestone } of standing(referral)) {
    const stage = stageOf[milestone]
    if (stage) add(found, stage)
  }
  return found
}

type Answer = 'accepted' | 'rejected' | 'silent' | 'overdue'

/**
 * The recipient's first decision; `silent` where it ended without one after its answer time, or because there was none;
 * `overdue` while it waits and the hub has said so. Undefined: still in time, or taken back in time.
 */
const answerOf = (referral: Countable): { answer: Answer; after?: number } | undefined => {
  const { history, submittedAt, respondBy, status, told } = referral
  const decision = history.find(one => one.status === 'accepted' || one.status === 'rejected')
  if (decision)
    return {
      answer: decision.status === 'accepted' ? 'accepted' : 'rejected',
      after: Date.parse(decision.at) - Date.parse(submittedAt),
    }
  if (!isClosed(status)) return told?.['overdue'] === undefined ? undefined : { answer: 'overdue' }
  const end = history.at(-1)
  const reason: string | undefined = end?.reason
  return reason === 'not-answered' || (end && end.at > respondBy) ? { answer: 'silent' } : undefined
}

/** Names of counters: `total`, `s:received`, `m:enrolled`, `a:ALA:routine:accepted`, `h:routine:7`, `p:enrolled`. */
export type Sums = Partial<Record<string, number>>

/** What a referral counts as, but for its person. */
export const tallyOf = (referral: Countable): Sums => {
  const sums: Sums = { total: 1, [`s:${referral.status}`]: 1 }
  if (referral.status === 'entered-in-error') return sums
  for (const { milestone } of standing(referral)) add(sums, `m:${milestone}`)
  const answered = answerOf(referral)
  if (!answered) return sums
  const { recipient, priority } = referral
  add(sums, `a:${recipient}:${priority}:${answered.answer}`)
  if (answered.after !== undefined) add(sums, `h:${priority}:${bucketOf(answered.after)}`)
  return sums
}

/** `after` less `before`, without what stays. */
export const difference = <K extends string>(
  after: Partial<Record<K, number>>,
  before: Partial<Record<K, number>>,
): Partial<Record<K, number>> => {
  const changed: Partial<Record<K, number>> = {}
  for (const name of Object.keys({ ...before, ...after }) as K[]) {
    const n = (after[name] ?? 0) - (before[name] ?? 0)
    if (n !== 0) changed[name] = n
  }
  return changed
}

/** Adds `more` to `sums`, in place. */
export const addAll = <K extends string>(
  sums: Partial<Record<K, number>>,
  more: Partial<Record<K, number>>,
): void => {
  for (const [name, n] of Object.entries(more) as [K, number][]) add(sums, name, n)
}

/** What becomes of the number of persons at each stage when a person's evidence changes: they count once. */
export const reached = (before: Evidence, after: Evidence): Evidence => {
  const once = (evidence: Evidence): Evidence =>
    Object.fromEntries(Object.entries(evidence).map(([stage, n]) => [stage, n > 0 ? 1 : 0]))
  return difference(once(after), once(before))
}

/** So many rows share the counting of a quarter, so that writers seldom meet at one. */
export const shards = 8

/** The row of a quarter that a change is counted in, by any of the referrals that it changes: rows are summed. */
export const shardOf = ({ referralId }: Pick<Countable, 'referralId'>): number =>
  Number.parseInt(referralId.slice(-2), 16) % shards
