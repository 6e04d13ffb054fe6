// Arithmetic with instants. All that adds time to one goes through here, so that what comes of it compares as text too.
import type { Instant } from './ids.ts'

/**
 * The first and the last instant that a year of four digits can write. Behind them `toISOString` writes `+010000-…`,
 * which is no Instant, and comes before all others as text.
 */
const first = Date.parse('0000-01-01T00:00:00.000Z')
export const lastInstant = '9999-12-31T23:59:59.999Z' as Instant
const last = Date.parse(lastInstant)

/**
 * The instant so many milliseconds after 1970; the first or the last one where none is so early or so late.
 *
 * @throws RangeError for NaN
 */
export const instantAt = (time: number): Instant =>
  new Date(Math.min(Math.max(time, first), last)).toISOString() as Instant

/** The instant so many milliseconds after another; before it, where they are negative. */
export const later = (at: string, milliseconds: number): Instant =>
  instantAt(Date.parse(at) + milliseconds)

/** The first and the last millisecond of a day of Guatemala (UTC-6, no daylight saving). */
export const startOfDay = (day: string): Instant => later(`${day}T06:00:00.000Z`, 0)
export const endOfDay = (day: string): Instant => later(`${day}T06:00:00.000Z`, 86_400_000 - 1)
