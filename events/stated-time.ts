// Times as somebody states them: by a clock that may be ahead, and days that are whole days in Guatemala.
import type { Instant } from '../schemas/ids.ts'

/** Milliseconds that the clock of whoever states a time may be ahead of the hub's: as for signatures. */
const clockSkew = 30_000
const dayLength = 86_400_000
/** America/Guatemala is UTC-6, without daylight saving. */
const offset = 6 * 3_600_000

/** Whether a stated time lies in the future, whatever the clocks. */
export const isAhead = (stated: Instant, now: Instant): boolean =>
  Date.parse(stated) > Date.parse(now) + clockSkew

/** The Guatemalan calendar day of an instant: its midnight there, as if that were UTC, in milliseconds. */
export const guatemalanDay = (at: Instant): number =>
  Math.floor((Date.parse(at) - offset) / dayLength) * dayLength

/** Whether a stated time is a day and not a moment: a day travels as its midnight in Guatemala. */
export const isWholeDay = (at: Instant): boolean => (Date.parse(at) - offset) % dayLength === 0

/**
 * Whether something stated for `later` cannot follow what was stated for `earlier`, as the people meant it: on one day
 * it can, whatever the hour, since a day may stand for either.
 */
export const isOnEarlierDay = (later: Instant, earlier: Instant): boolean =>
  Date.parse(later) + clockSkew < Date.parse(earlier) &&
  guatemalanDay(later) < guatemalanDay(earlier)
