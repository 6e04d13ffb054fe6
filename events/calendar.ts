// Days and business days of Guatemala. Pure: no clock is read. Business days are Monday to Friday less public holidays,
// counted from the day after (Ley del Organismo Judicial, art. 45); which days those are is data with a version
// (calendar-guatemala.ts), for extra days are decreed about a week ahead.

/** A calendar day, `YYYY-MM-DD`. Days of this form compare as text. */
export type Day = string

const dayLength = 86_400_000
const instantOf = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`)
const dayAt = (instant: number): Day => new Date(instant).toISOString().slice(0, 10)

/** The day so many days after another; before it, where `days` is negative. */
export const laterDay = (day: Day, days: number): Day => dayAt(instantOf(day) + days * dayLength)
