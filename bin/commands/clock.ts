// hub clock: on which day so many business days have passed, with every day that was skipped and why. Asks no hub and
// no clock.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { guatemalaCity } from '../../events/calendar-guatemala.ts'
import { type Day, type DayOff, afterBusinessDays } from '../../events/calendar.ts'
import { dateInWords } from '../../texts/dates.ts'
import { CalendarDate } from '../../schemas/standards.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError, matching, wholeNumber } from '../usage.ts'

/** Four years of business days: longer than any deadline of an agreement, and soon told. */
const mostDays = 1000

type ClockOptions = { from: Day; businessDays: number }

export function addClock(program: Command, terminal: Terminal) {
  const { say } = terminal
  command(program, 'clock', say('clock.about'))
    .requiredOption('--from <day>', say('clock.from'), matching(CalendarDate, 'YYYY-MM-DD'))
    .requiredOption('--business-days <n>', say('clock.business-days'), wholeNumber(1, mostDays))
    .action(({ from, businessDays }: ClockOptions) => {
      const { from: first, until } = guatemalaCity
      const known = first <= from && from <= until
      const result = known && afterBusinessDays(from, businessDays, guatemalaCity)
      if (!result || result === 'outside-calendar')
        throw new UsageError('usage.outside-calendar', {
          first: dateInWords(first, terminal.language),
          last: dateInWords(until, terminal.language),
        })
      if (terminal.json) return terminal.record(result)
      const { day, skipped, calendar } = result
      terminal.line(terminal.bold(`${day}  ${weekdayIn(day, terminal)}`))
      terminal.line(
        say('clock.counted', { count: businessDays, start: dateInWords(from, terminal.language) }),
      )
      terminal.line('')
      terminal.table(
        [say('clock.skipped'), say('clock.weekday'), say('clock.why')],
        skipped.map(off => [off.day, weekdayIn(off.day, terminal), whyIn(off, terminal)]),
      )
      terminal.line(say('clock.calendar', calendar))
    })
}

const weekdayIn = (day: Day, { language }: Terminal): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(day))

const whyIn = (off: DayOff, { say, language }: Terminal): string => {
  if (off.reason === 'weekend') return say('clock.weekend')
  return `${off.name[language]} · ${off.source}`
}
