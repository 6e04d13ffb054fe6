// A month of the log in numbers: what was opened, denied and withdrawn, and the checkpoint it was read under.
import * as z from 'zod'
import { AccessLogEntry, AccessLogSummary } from '../../schemas/access-log.ts'
import type { DataCategory, Purpose } from '../../schemas/consent.ts'

/** First and last day of a month `YYYY-MM`. */
export const daysOfMonth = (month: string): { from: string; to: string } => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` }
}

export const LogReport = z.strictObject({
  month: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** The month is not over. */
  running: z.boolean(),
  hub: z.string(),
  institution: z.string().optional(),
  summary: AccessLogSummary,
  /** Withdrawals of consents that took effect in these days, the oldest first. */
  withdrawals: z.array(AccessLogEntry),
  checkpoint: z.string(),
  vkey: z.string(),
})
export type LogReport = z.infer<typeof LogReport>

type Summed<Code> = { code: Code; n: number }[]

const summed = <Code extends string>(
  counts: readonly (readonly [Code, number])[],
): Summed<Code> => {
  const sums = new Map<Code, number>()
  for (const [code, n] of counts) sums.set(code, (sums.get(code) ?? 0) + n)
  return [...sums.entries()]
    .map(([code, n]) => ({ code, n }))
    .toSorted((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1))
}

/** Openings by purpose, by category (an opening counts in each that it opened) and by key. */
export const openingsBy = ({ releases }: AccessLogSummary) => ({
  purpose: summed(
    releases.flatMap(({ purpose, n }): [Purpose, number][] => (purpose ? [[purpose, n]] : [])),
  ),
  category: summed(
    releases.flatMap(({ categories, n }) =>
      categories.map((category): [DataCategory, number] => [category, n]),
    ),
  ),
  key: summed(releases.map(({ keyid, n }): [string, number] => [keyid, n])),
})

/** How often each action had this outcome, over all days. */
export const countsOf = (
  { days }: AccessLogSummary,
  outcome: 'denied' | 'failed',
): Summed<AccessLogEntry['action']> =>
  summed(
    days.flatMap(({ counts }) =>
      counts
        .filter(each => each.outcome === outcome)
        .map(({ action, n }): [AccessLogEntry['action'], number] => [action, n]),
    ),
  )
