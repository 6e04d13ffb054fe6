// The report on an agreement's progress: from counters to what is shown (api.md, Progress; clause 3). Pure.
import { Priority } from '../schemas/agreement.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import { Milestone } from '../schemas/milestone.ts'
import {
  type Cell,
  type Persons,
  type ProgressReport,
  type Quarter,
  Stage,
} from '../schemas/report.ts'
import { Status } from '../schemas/referral.ts'
import { bucketEnds, quantile } from './answer-times.ts'
import { type Sums, addAll, milestoneOf, quarterOf } from './progress.ts'
import { isClosed } from './referral.ts'
import {
  type Published,
  type Shown,
  besides,
  cellOf,
  following,
  partOfTotal,
  shownOf,
  sumOf,
  told,
} from './suppression.ts'

/** Counters of each quarter, summed over its rows. */
export type Quarterly = ReadonlyMap<Quarter, Sums>

/** Every quarter from one instant's to another's, both included. */
export const quartersBetween = (from: Instant, to: Instant): Quarter[] => {
  const last = quarterOf(to)
  const quarters = [quarterOf(from)]
  for (let quarter = quarters[0] as Quarter; quarter < last;) {
    const [year, n] = quarter.split('-Q').map(Number) as [number, number]
    quarter = (n === 4 ? `${year + 1}-Q1` : `${year}-Q${n + 1}`) as Quarter
    quarters.push(quarter)
  }
  return quarters
}

/** What may be shown of these counters now, after what was shown before. */
export const progressReport = (
  counters: Quarterly,
  before: Published,
  about: { agreementId: ProgressReport['agreementId']; target: number; now: Instant },
): { report: ProgressReport; published: Published } => {
  const sums: Sums = {}
  for (const each of counters.values()) addAll(sums, each)
  const count = (name: string): number => sums[name] ?? 0

  const known = [...counters.keys()].toSorted()
  const first = known.find(quarter => (counters.get(quarter)?.['total'] ?? 0) > 0)
  const listed = known.filter(quarter => first !== undefined && quarter >= first)
  const persons = Object.fromEntries(
    Stage.options.map(stage => [
      stage,
      shownOf(listed.map(quarter => counters.get(quarter)?.[`p:${stage}`] ?? 0)),
    ]),
  ) as Record<Stage, Shown>
  const { referred, accepted } = persons

  const total = count('total')
  const statuses = each(Status.options, status => count(`s:${status}`))
  const open = Status.options.reduce((n, at) => (isClosed(at) ? n : n + statuses[at]), 0)
  const { by, ...answers } = answersOf(sums, accepted)
  const shown = {
    persons: personsOf(stage => persons[stage].total),
    quarters: Object.fromEntries(
      listed.map((quarter, i) => [quarter, personsOf(stage => persons[stage].parts[i] ?? 0)]),
    ) as Record<Quarter, Persons>,
    referrals: {
      total: besides(total, referred),
      open: partOfTotal(open, total - referred.hidden),
      byStatus: told(statuses, { besides: referred.hides || accepted.hides }),
    },
    answers,
    by,
    milestones: milestonesOf(count, persons),
  }
  const { report: held, published } = following(shown, before)
  const { agreementId, target, now } = about
  return {
    report: {
      agreementId,
      asOf: now,
      target,
      persons: held.persons,
      quarters: listed.map(quarter => ({ quarter, persons: held.quarters[quarter] as Persons })),
      referrals: held.referrals,
      answers: {
        ...held.answers,
        hours: hoursOf(sums),
        by: Object.entries(held.by).map(([name, cells]) => {
          const [recipient, priority] = name.split(':') as [InstitutionCode, Priority]
          return { recipient, priority, ...cells }
        }),
      },
      milestones: held.milestones,
    },
    published,
  }
}

const each = <K extends string>(names: readonly K[], of: (name: K) => number): Record<K, number> =>
  Object.fromEntries(names.map(name => [name, of(name)])) as Record<K, number>

const personsOf = (of: (stage: Stage) => Cell): Persons => ({
  referred: of('referred'),
  accepted: of('accepted'),
  profiled: of('profiled'),
  enrolled: of('enrolled'),
  completed: of('completed'),
  handedOver: of('handedOver'),
  placed: of('placed'),
  inWork: { d30: of('d30'), d180: of('d180'), d365: of('d365') },
})

const milestonesOf = (count: (name: string) => number, persons: Record<Stage, Shown>) => {
  const stageOf = new Map(Object.entries(milestoneOf).map(([stage, one]) => [one, stage as Stage]))
  return Object.fromEntries(
    Milestone.options.map(milestone => {
      const stage = stageOf.get(milestone)
      const n = count(`m:${milestone}`)
      return [milestone, stage ? besides(n, persons[stage]) : cellOf(n)]
    }),
  ) as Record<Milestone, Cell>
}

const columns = ['answered', 'silent', 'overdue'] as const

const answersOf = (sums: Sums, acceptedPersons: Shown) => {
  const lines: Record<string, Record<string, number>> = {}
  const totals: Record<string, number> = {}
  for (const [name, n = 0] of Object.entries(sums)) {
    const [, recipient, priority, answer = ''] = /^a:(\w+):(\w+):(\w+)$/.exec(name) ?? []
    if (recipient === undefined) continue
    const line = (lines[`${recipient}:${priority}`] ??= {})
    const column = answer === 'accepted' || answer === 'rejected' ? 'answered' : answer
    line[column] = (line[column] ?? 0) + n
    totals[answer] = (totals[answer] ?? 0) + n
  }
  const { accepted = 0, rejected = 0, silent = 0, overdue = 0 } = totals
  const shown = { accepted: besides(accepted, acceptedPersons), rejected: cellOf(rejected) }
  const names = Object.keys(lines).toSorted()
  const by: Record<string, Partial<Record<string, Cell>>> = Object.fromEntries(
    names.map(name => [name, {}]),
  )
  for (const column of columns) {
    const counts = each(names, name => lines[name]?.[column] ?? 0)
    const isAnswered = column === 'answered'
    const cells = told(counts, {
      besides: isAnswered && (acceptedPersons.hides || cellOf(rejected) === '<5'),
    })
    for (const [name, cell] of Object.entries(cells)) by[name] = { ...by[name], [column]: cell }
  }
  return {
    answered: sumOf(accepted, rejected, [shown.accepted, shown.rejected]),
    ...shown,
    silent: cellOf(silent),
    overdue: cellOf(overdue),
    by,
  }
}

/** Of all answers; not told while they are few. */
const hoursOf = (sums: Sums): ProgressReport['answers']['hours'] => {
  const buckets = Array.from({ length: bucketEnds.length + 1 }, (_, bucket) =>
    Priority.options.reduce((n, priority) => n + (sums[`h:${priority}:${bucket}`] ?? 0), 0),
  )
  const enough = buckets.reduce((n, one) => n + one, 0) >= 5
  const hours = (share: number) => (enough ? (quantile(buckets, share) ?? null) : null)
  return { median: hours(0.5), p90: hours(0.9) }
}
