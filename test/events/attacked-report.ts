// An attacker who knows the rules, one report and everything else that can be known: which of all possible histories
// come to just this report? Where a number is hidden, each of the numbers that hide it must be among them.
import { expect } from 'vitest'
import type { Sums } from '../../events/progress.ts'
import { progressReport } from '../../events/report.ts'
import { AgreementId, Instant } from '../../schemas/ids.ts'
import { Quarter } from '../../schemas/report.ts'

/** Persons of a quarter who were referred, accepted and enrolled: each counts in the ones before. */
type Reached = readonly [number, number, number]
type World = readonly Reached[]

/** Everybody was referred once, so that numbers of referrals tell most of persons. */
const sumsOf = ([referred, accepted, enrolled]: Reached): Sums => ({
  total: referred,
  's:received': referred - accepted,
  's:accepted': accepted,
  'a:ALA:routine:accepted': accepted,
  'm:enrolled': enrolled,
  'p:referred': referred,
  'p:accepted': accepted,
  'p:enrolled': enrolled,
})

const about = {
  agreementId: AgreementId.parse('igm-ala-2026'),
  target: 250,
  now: Instant.parse('2026-11-21T12:00:00.000Z'),
}
const quarters = ['2026-Q3', '2026-Q4', '2027-Q1', '2027-Q2'].map(name => Quarter.parse(name))

export const reportOf = (world: World, before = {}) => {
  const counters = new Map(world.map((reached, i) => [quarters[i] as Quarter, sumsOf(reached)]))
  const { report, published } = progressReport(counters, before, about)
  const { hours: _, ...answers } = report.answers
  return { seen: JSON.stringify({ ...report, answers }), report, published }
}

const stages = ['referred', 'accepted', 'enrolled'] as const

/** Every world of so many quarters with at most `most` persons in each. */
const worldsOf = (count: number, values: readonly number[]): World[] => {
  const one = values.flatMap(r =>
    values
      .filter(a => a <= r)
      .flatMap(a => values.filter(e => e <= a).map(e => [r, a, e] as const)),
  )
  return Array.from({ length: count }).reduce<World[]>(
    worlds => worlds.flatMap(world => one.map(reached => [...world, reached])),
    [[]],
  )
}

/** Hidden numbers, with what each can be as far as the attacker can tell. */
const computed = (worlds: readonly World[]) => {
  const bySight = Map.groupBy(worlds, world => reportOf(world).seen)
  const found: { seen: string; cell: string; values: number[] }[] = []
  for (const [seen, possible] of bySight) {
    const { report } = reportOf(possible[0] as World)
    for (const [s, stage] of stages.entries()) {
      const cells: [string, unknown, (world: World) => number][] = [
        ['total', report.persons[stage], world => world.reduce((n, one) => n + (one[s] ?? 0), 0)],
        ...report.quarters.map(
          ({ quarter, persons }): [string, unknown, (world: World) => number] => [
            quarter,
            persons[stage],
            world => world[quarters.indexOf(quarter)]?.[s] ?? 0,
          ],
        ),
      ]
      for (const [name, shown, valueIn] of cells)
        if (shown === '<5') {
          const values = [...new Set(possible.map(valueIn))].toSorted((a, b) => a - b)
          found.push({ seen, cell: `${stage} ${name}`, values })
        }
    }
  }
  return found
}

/**
 * A hidden number may be any of four at least: what `<5` says by itself in a report that shows 0 as 0. Or it is known
 * to be none, where a quarter had nobody at the stage before: that tells of nobody.
 */
const isAnyOfFour = (values: readonly number[]): boolean =>
  values.length >= 4 || values.join() === '0'

const shownOf = ({ referred, accepted, enrolled }: Record<string, unknown>) =>
  [referred, accepted, enrolled].join(' ')

/** What an attacker saw and found, for a reader of a failure. */
const sightOf = ({ seen, cell, values }: { seen: string; cell: string; values: number[] }) => {
  const { persons, quarters: each, referrals } = JSON.parse(seen)
  return [
    cell,
    values.join(),
    shownOf(persons),
    ...each.map((one: { persons: Record<string, unknown> }) => shownOf(one.persons)),
    JSON.stringify(referrals),
  ].join(' | ')
}

/** Tries every history of so many quarters: a report that lets a hidden number be computed fails. */
export const expectNothingComputed = (count: number, values: readonly number[]): void => {
  const found = computed(worldsOf(count, values))
  expect(found.length).toBeGreaterThan(50)
  expect(
    found
      .filter(one => !isAnyOfFour(one.values))
      .map(sightOf)
      .slice(0, 12),
  ).toEqual([])
}
