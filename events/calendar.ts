// Days and business days. Pure: no clock is read, every day is an argument. Business days are Monday to Friday less
// public holidays, counted from the day after (Ley del Organismo Judicial, art. 45). Which days are holidays is data
// with a version (calendar-guatemala.ts), for extra ones are decreed about a week ahead: whoever states a deadline
// states the version it was computed with, and the days that were skipped.
import { instantAt } from '../schemas/instants.ts'

/** A calendar day, `YYYY-MM-DD`. Days of this form compare as text. */
export type Day = string

type Text = { es: string; en: string }

/**
 * When a holiday is: on a day of the year, so many days from Easter Sunday, or on the Monday that such a day moves to.
 */
type Rule =
  | { on: `${number}-${number}` }
  | { daysFromEaster: number }
  /** Tuesday and Wednesday: the Monday before. Thursday to Sunday: the Monday after. */
  | { mondayNear: `${number}-${number}` }

/** @property source the law or decree that says so */
type Holiday = { name: Text; rule: Rule; source: string }
type Decreed = { day: Day; name: Text; source: string }

export type Calendar = {
  id: string
  /** Another one whenever anything below changes. */
  version: string
  /** The first and the last day that it knows. */
  from: Day
  until: Day
  holidays: readonly Holiday[]
  /** Days off that were decreed beside them, each with the decree. */
  decreed: readonly Decreed[]
}

/** Why a day is no business day. */
export type DayOff = { day: Day } & (
  | { reason: 'weekend' }
  | { reason: 'holiday' | 'decreed'; name: Text; source: string }
)

const dayLength = 86_400_000
const instantOf = (day: Day): number => Date.parse(`${day}T00:00:00.000Z`)
const dayAt = (instant: number): Day => instantAt(instant).slice(0, 10)

/** The day so many days after another; before it, where `days` is negative. */
export const laterDay = (day: Day, days: number): Day => dayAt(instantOf(day) + days * dayLength)

/** From Sunday, 0, to Saturday, 6. */
const weekdayOf = (day: Day): number => new Date(instantOf(day)).getUTCDay()

/**
 * Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, ch. 8): the Sunday after the first
 * full moon of spring, by the church's tables.
 */
export const easterSunday = (year: number): Day => {
  const [golden, century, ofCentury] = [year % 19, Math.floor(year / 100), year % 100]
  const shift = Math.floor((century + 8) / 25)
  const correction = Math.floor((century - shift + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const sum = epact + weekday - 7 * late + 114
  return dayAt(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1))
}

/** By weekday, from Sunday: how far off the Monday is on which a day that moves is kept. */
const toMonday = [1, 0, -1, -2, 4, 3, 2] as const

const dayOfRule = (rule: Rule, year: number): Day => {
  if ('on' in rule) return `${year}-${rule.on}`
  if ('daysFromEaster' in rule) return laterDay(easterSunday(year), rule.daysFromEaster)
  const day = `${year}-${rule.mondayNear}`
  return laterDay(day, toMonday[weekdayOf(day)] ?? 0)
}

/** Why a day is off; undefined for a business day. A holiday is named as one on a weekend, too. */
export const dayOff = (day: Day, { holidays, decreed }: Calendar): DayOff | undefined => {
  const year = Number(day.slice(0, 4))
  const holiday = holidays.find(({ rule }) => dayOfRule(rule, year) === day)
  if (holiday) return { day, reason: 'holiday', name: holiday.name, source: holiday.source }
  const extra = decreed.find(one => one.day === day)
  if (extra) return { day, reason: 'decreed', name: extra.name, source: extra.source }
  return [0, 6].includes(weekdayOf(day)) ? { day, reason: 'weekend' } : undefined
}

/** A day so many business days after another, and how it was computed. */
export type BusinessDay = {
  from: Day
  businessDays: number
  day: Day
  skipped: DayOff[]
  calendar: Pick<Calendar, 'id' | 'version'>
}

/**
 * The day on which so many business days have passed, the first being the next one after `from`.
 *
 * @param from a day that the calendar has
 * @returns `'outside-calendar'` where a day is needed that the calendar does not know: no deadline is guessed
 */
export const afterBusinessDays = (
  from: Day,
  businessDays: number,
  calendar: Calendar,
): BusinessDay | 'outside-calendar' => {
  const { id, version } = calendar
  const skipped: DayOff[] = []
  let day = from
  for (let left = businessDays; left > 0;) {
    day = laterDay(day, 1)
    if (day < calendar.from || day > calendar.until) return 'outside-calendar'
    const off = dayOff(day, calendar)
    if (off) skipped.push(off)
    else left -= 1
  }
  return { from, businessDays, day, skipped, calendar: { id, version } }
}

/**
 * How many business days there are after `from`, up to and with `until`; 0 where `until` is no later.
 *
 * @returns `'outside-calendar'` where the calendar does not know a day of these
 */
export const businessDaysUntil = (
  from: Day,
  until: Day,
  calendar: Calendar,
): number | 'outside-calendar' => {
  if (from < calendar.from || until > calendar.until) return 'outside-calendar'
  let count = 0
  for (let day = laterDay(from, 1); day <= until; day = laterDay(day, 1))
    if (!dayOff(day, calendar)) count += 1
  return count
}
