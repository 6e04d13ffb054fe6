// What a report may show of small numbers. One to four are `<5`; nothing else that is shown depends on which of the
// four it is, so nobody can compute it: not from totals, not from another table of the same report, not from two
// reports. Pure; an attacker who tries every possibility: test/events/suppression.test.ts.
import type { Cell } from '../schemas/report.ts'

/** From so many on, a number is shown. */
const least = 5

const isSmall = (n: number): boolean => n > 0 && n < least

export const cellOf = (n: number): Cell => (isSmall(n) ? '<5' : n)

/** A total and its parts as they are shown, and how far the shown total is behind the true one. */
export type Shown = {
  total: Cell
  parts: Cell[]
  /** The true total less the shown one: 0 where nothing is hidden, or not more than the total itself is. */
  behind: number
  /** Of what is hidden among the parts the sum; 0 where the total is hidden itself. */
  hidden: number
  /** Whether the total, or a part, is `<5`. */
  hides: boolean
}

/**
 * A number of persons by quarter. A total under five says nothing of its parts: each is `<5`, a part of none too. From
 * five on, hidden parts count in the total as 5 for each two of them, whatever they are.
 */
export const shownOf = (parts: readonly number[]): Shown => {
  const total = sum(parts)
  if (total === 0 || isSmall(total))
    return {
      total: cellOf(total),
      parts: parts.map(() => cellOf(total)),
      behind: 0,
      hidden: 0,
      hides: total > 0,
    }
  const small = parts.filter(isSmall)
  const hidden = sum(small)
  const shown = total - hidden + 5 * Math.floor(small.length / 2)
  return {
    total: shown,
    parts: parts.map(cellOf),
    behind: total - shown,
    hidden,
    hides: small.length > 0,
  }
}

/** A count that goes with a number of persons, one of each at least: as far behind as that is shown. */
export const besides = (n: number, { behind }: Pick<Shown, 'behind'>): Cell =>
  isSmall(n) ? '<5' : n - behind

/**
 * Numbers that add up to a total. All are shown where none is hidden. Otherwise only those that leave five or more
 * among the rest; the rest is not told apart: what is few, what is none, and what would tell how few others are.
 *
 * @param besides whether something is hidden elsewhere that these numbers would tell: then none of them is shown
 */
export const told = <K extends string>(
  counts: Readonly<Record<K, number>>,
  { besides: hiddenBesides }: { besides: boolean },
): Partial<Record<K, Cell>> => {
  const all = Object.entries(counts) as [K, number][]
  const of = (some: readonly [K, Cell][]) => Object.fromEntries(some) as Partial<Record<K, Cell>>
  const total = sum(all.map(([, n]) => n))
  if (isSmall(total)) return of(all.map(([name]) => [name, '<5']))
  if (hiddenBesides) return {}
  if (!all.some(([, n]) => isSmall(n))) return of(all)
  const shown = all.filter(([, n]) => n >= least).toSorted(([, a], [, b]) => b - a)
  while (shown.length > 0 && total - sum(shown.map(([, n]) => n)) < least) shown.pop()
  return of(shown)
}

/** A part of a total of which the rest is not shown: as if the rest were none, where it is few. */
export const partOfTotal = (n: number, total: number): Cell => {
  if (isSmall(n)) return '<5'
  return n >= least && n < total && total - n < least
    ? total
    : Math.max(n === 0 ? 0 : least, Math.min(n, total))
}

/** Two numbers, and their sum as far as it tells neither of them. */
export const sumOf = (one: number, other: number, shown: readonly [Cell, Cell]): Cell => {
  const small = [one, other].filter(isSmall).length
  if (isSmall(one + other)) return '<5'
  return small === 2 ? least : sum(shown.map(cell => (cell === '<5' ? 0 : cell)))
}

/** Numbers that were shown last, by where in the report they stand. */
export type Published = Readonly<Record<string, number>>

/**
 * A report as it follows others: a number stays as it was shown until it has moved by five or more, so that no report
 * tells what one to four persons have changed.
 *
 * @param report objects and lists of cells; what is neither a cell nor in one is let be
 */
export const following = <T>(report: T, before: Published): { report: T; published: Published } => {
  const published: Record<string, number> = { ...before }
  const follow = (value: unknown, path: string): unknown => {
    if (typeof value === 'number') {
      const last = before[path]
      if (last !== undefined && value >= least && Math.abs(value - last) < least) return last
      if (value >= least) published[path] = value
      // None is none: what comes after it begins anew.
      else delete published[path]
      return value
    }
    if (Array.isArray(value)) return value.map(each => follow(each, path))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, follow(each, `${path}/${name}`)]),
    )
  }
  return { report: follow(report, '') as T, published }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
