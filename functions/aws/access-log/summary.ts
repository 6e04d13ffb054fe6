// What a summary of the log tells entries apart by, and the sums it is made of. No I/O.
import * as z from 'zod'
import { AccessLogSummary } from '../../../schemas/access-log.ts'
import { dayOf } from '../../../schemas/guatemala.ts'
import { instantAt } from '../../../schemas/instants.ts'
import type { Row } from '../dynamodb.ts'
import { indexedOf } from './zones.ts'

/** Entries that count together. Purpose, categories and key are told of allowed releases alone. */
export type Counted = {
  day: string
  agreementId?: string | undefined
  institution: string
  action: string
  outcome: string
  purpose?: string | undefined
  categories?: string | undefined
  keyid?: string | undefined
}

const isRelease = ({ action, outcome }: Pick<Counted, 'action' | 'outcome'>) =>
  action === 'referral.release' && outcome === 'allowed'

/** What the entry of a row counts as. */
export const countedOf = (row: Row): Counted => {
  const {
    kind: { agreementId, institution = '', action = '', outcome = '', ...told },
    time,
  } = indexedOf(row)
  const { purpose, categories, keyid } = told
  return {
    day: dayOf(instantAt(time)),
    agreementId,
    institution,
    action,
    outcome,
    ...(isRelease({ action, outcome }) ? { purpose, categories, keyid } : {}),
  }
}

const members = [
  'agreementId',
  'institution',
  'action',
  'outcome',
  'purpose',
  'categories',
  'keyid',
] as const

/** A name that sorts by day: `2026-11-21 ["igm-ala-2026","ALA",…]`. */
export const nameOfCounted = (counted: Counted): string =>
  `${counted.day} ${JSON.stringify(members.map(member => counted[member] ?? ''))}`

const Names = z.array(z.string()).length(members.length)

export const parseCounted = (name: string): Counted => {
  const values = Names.parse(JSON.parse(name.slice(11)))
  const told = members.flatMap((member, i) => (values[i] ? [[member, values[i]]] : []))
  return { day: name.slice(0, 10), ...Object.fromEntries(told) } as Counted
}

const sum = (sums: Map<string, number>, name: unknown, n: number): void => {
  const text = JSON.stringify(name)
  sums.set(text, (sums.get(text) ?? 0) + n)
}
const sorted = (sums: Map<string, number>) =>
  [...sums.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, n]) => ({ ...(JSON.parse(name) as object), n }))

/** The summary of entries that count together and how many there are of each. Days and their counts in order. */
export const summaryOf = (all: readonly (readonly [Counted, number])[]): AccessLogSummary => {
  const days = new Map<string, Map<string, number>>()
  const releases = new Map<string, number>()
  for (const [{ day, action, outcome, purpose, categories = '', keyid }, n] of all) {
    const counts = days.get(day) ?? new Map<string, number>()
    days.set(day, counts)
    sum(counts, { action, outcome }, n)
    if (isRelease({ action, outcome }))
      sum(releases, { purpose, categories: categories.split(',').filter(Boolean), keyid }, n)
  }
  return AccessLogSummary.parse({
    days: [...days.entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, counts]) => ({ day, counts: sorted(counts) })),
    releases: sorted(releases),
  })
}
