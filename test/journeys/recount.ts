// A summary of the log made the naive way: every entry looked at.
import type { AccessLogEntry, AccessLogSummary } from '../../schemas/access-log.ts'

/** The calendar day in Guatemala, by the time zone's own rules. */
export const dayIn = (time: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Guatemala' }).format(new Date(time))

const grouped = <T extends object>(values: T[]): (T & { n: number })[] => {
  const names = values.map(value => JSON.stringify(value))
  return [...new Set(names)].toSorted().map(name => ({
    ...(JSON.parse(name) as T),
    n: names.filter(one => one === name).length,
  }))
}

export const recount = (entries: readonly AccessLogEntry[]): AccessLogSummary => {
  const days = [...new Set(entries.map(({ time }) => dayIn(time)))].toSorted()
  return {
    days: days.map(day => ({
      day,
      counts: grouped(
        entries
          .filter(({ time }) => dayIn(time) === day)
          .map(({ action, outcome }) => ({ action, outcome })),
      ),
    })),
    releases: grouped(
      entries
        .filter(({ action, outcome }) => action === 'referral.release' && outcome === 'allowed')
        .map(({ purpose, categories, actor: { keyid } }) => ({ purpose, categories, keyid })),
    ) as AccessLogSummary['releases'],
  }
}
