// Business days of Guatemala, against days that people counted, a naive second version, and laws of counting.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guatemalaCity } from '../../events/calendar-guatemala.ts'
import {
  type Calendar,
  afterBusinessDays,
  businessDaysUntil,
  dayOff,
  easterSunday,
  laterDay,
} from '../../events/calendar.ts'

const after = (from: string, businessDays: number, calendar: Calendar = guatemalaCity) => {
  const result = afterBusinessDays(from, businessDays, calendar)
  if (result === 'outside-calendar') throw new Error('outside the calendar')
  return result
}
const known = (from: string, n: number) => afterBusinessDays(from, n, guatemalaCity)
const namesOf = (days: ReturnType<typeof after>['skipped']) =>
  days.flatMap(off => (off.reason === 'weekend' ? [] : [`${off.day} ${off.name.es}`]))

describe('a deadline in business days', () => {
  test.each([
    // Holy Week between them; a year that turns on a weekend; 30 June that is kept on the Monday before.
    [
      '2026-03-16',
      30,
      '2026-04-29',
      ['2026-04-02 Jueves Santo', '2026-04-03 Viernes Santo', '2026-04-04 Sábado Santo'],
    ],
    ['2027-12-20', 30, '2028-01-31', ['2027-12-25 Navidad', '2028-01-01 Año Nuevo']],
    ['2027-06-14', 12, '2027-07-01', ['2027-06-28 Día del Ejército']],
    // From a holiday, from a weekend: the first day that counts is the next business day.
    ['2026-09-15', 1, '2026-09-16', []],
    ['2026-11-01', 1, '2026-11-02', []],
    ['2026-11-20', 1, '2026-11-23', []],
    ['2028-02-28', 1, '2028-02-29', []],
  ])('from %s, %i: %s', (from, businessDays, day, holidays) => {
    const result = after(from, businessDays)
    expect(result).toMatchObject({
      from,
      businessDays,
      day,
      calendar: { id: 'gt-guatemala', version: '2026.1' },
    })
    expect(namesOf(result.skipped)).toEqual(holidays)
  })

  test('names every day that it skipped, in order, with its reason and its law', () => {
    const { skipped } = after('2026-03-31', 3)
    expect(skipped.map(({ day, reason }) => `${day} ${reason}`)).toEqual([
      '2026-04-02 holiday',
      '2026-04-03 holiday',
      '2026-04-04 holiday',
      '2026-04-05 weekend',
    ])
    for (const off of skipped)
      if (off.reason !== 'weekend')
        expect(off.source).toMatch(/^Código de Trabajo \(Decreto 1441\), art\. 127/)
  })

  test('a day off that is decreed counts no more, by its decree, and with another version of the calendar', () => {
    const decreed = {
      day: '2026-12-28',
      name: { es: 'Descanso de prueba', en: 'Test day off' },
      source: 'Acuerdo de prueba 1-2026',
    }
    const calendar = { ...guatemalaCity, version: '2026.2', decreed: [decreed] }
    expect(after('2026-12-24', 1).day).toBe('2026-12-28')
    const later = after('2026-12-24', 1, calendar)
    expect(later).toMatchObject({ day: '2026-12-29', calendar: { version: '2026.2' } })
    expect(later.skipped.at(-1)).toEqual({ ...decreed, reason: 'decreed' })
  })

  test('what the calendar does not know is not guessed', () => {
    expect(known('2050-12-30', 1)).toBe('outside-calendar')
    expect(known('2020-12-30', 1)).toBe('outside-calendar')
    expect(known('2050-12-29', 1)).toMatchObject({ day: '2050-12-30' })
    expect(known('2020-12-31', 1)).toMatchObject({ day: '2021-01-04' })
  })
})

describe('holidays', () => {
  test.each([
    ['2021-06-28', 'Wednesday'],
    ['2022-07-04', 'Thursday'],
    ['2023-07-03', 'Friday'],
    ['2024-07-01', 'Sunday'],
    ['2025-06-30', 'Monday'],
    ['2026-06-29', 'Tuesday'],
    ['2029-07-02', 'Saturday'],
  ])(
    '30 June is kept on Monday %s where it falls on a %s, and on no other day',
    (kept, weekday) => {
      const year = kept.slice(0, 4)
      expect(
        new Date(`${year}-06-30`).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }),
      ).toBe(weekday)
      const off = Array.from({ length: 30 }, (_, n) => laterDay(`${year}-06-15`, n))
        .map(day => dayOff(day, guatemalaCity))
        .filter(one => one?.reason === 'holiday')
      expect(off).toMatchObject([{ day: kept, name: { es: 'Día del Ejército', en: 'Army Day' } }])
    },
  )

  test('1 May and 20 October do not move; 15 August is Guatemala City’s', () => {
    for (let year = 2021; year <= 2050; year++)
      for (const day of ['01-01', '05-01', '08-15', '09-15', '10-20', '11-01', '12-25'])
        expect(dayOff(`${year}-${day}`, guatemalaCity)?.reason).toBe('holiday')
  })

  test('half days are business days', () => {
    for (const day of ['2026-04-01', '2026-12-24', '2026-12-31'])
      expect(dayOff(day, guatemalaCity)).toBeUndefined()
  })

  test('Easter is where almanacs have it', () => {
    const almanac =
      '2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 ' +
      '2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25 2036-04-13 2037-04-05 2038-04-25 2039-04-10 2040-04-01 ' +
      '2041-04-21 2042-04-06 2043-03-29 2044-04-17 2045-04-09 2046-03-25 2047-04-14 2048-04-05 2049-04-18 2050-04-10 ' +
      '1818-03-22 1943-04-25 1954-04-18 1981-04-19 2000-04-23 2285-03-22'
    for (const day of almanac.split(' ')) expect(easterSunday(Number(day.slice(0, 4)))).toBe(day)
  })

  test('each has its names in both languages, its law, and falls on a day of every year', () => {
    for (const { name, source, rule } of guatemalaCity.holidays) {
      expect([name.es, name.en, source]).toEqual([
        expect.stringMatching(/\S/),
        expect.stringMatching(/\S/),
        expect.stringMatching(/art\. 127/),
      ])
      const one: Calendar = { ...guatemalaCity, holidays: [{ name, source, rule }], decreed: [] }
      for (let year = 2021; year <= 2050; year++) {
        const days = Array.from({ length: 366 }, (_, n) => laterDay(`${year}-01-01`, n))
        const own = days.filter(
          day => day.startsWith(String(year)) && dayOff(day, one)?.reason === 'holiday',
        )
        expect([name.es, year, own.length]).toEqual([name.es, year, 1])
      }
    }
  })
})

describe('whatever is counted', () => {
  const day = fc.integer({ min: 0, max: 9000 }).map(n => laterDay('2021-01-01', n))
  const count = fc.integer({ min: 1, max: 300 })

  /** Day by day, by sets: no rule of ours but the list of holidays, and `Date`. */
  const naive = (from: string, businessDays: number) => {
    const date = new Date(`${from}T12:00:00Z`)
    for (let left = businessDays; left > 0;) {
      date.setUTCDate(date.getUTCDate() + 1)
      const text = date.toISOString().slice(0, 10)
      const weekday = date.toUTCString().slice(0, 3)
      if (weekday !== 'Sat' && weekday !== 'Sun' && !holidays.has(text)) left--
    }
    return date.toISOString().slice(0, 10)
  }
  const holidays = new Set<string>()
  for (let year = 2021; year <= 2050; year++) {
    for (const fixed of ['01-01', '05-01', '08-15', '09-15', '10-20', '11-01', '12-25'])
      holidays.add(`${year}-${fixed}`)
    const easter = new Date(`${easterSunday(year)}T12:00:00Z`)
    for (const before of [3, 2, 1])
      holidays.add(new Date(easter.getTime() - before * 86_400_000).toISOString().slice(0, 10))
    // The Monday that is nearest to Thursday to Sunday from behind, and to Tuesday and Wednesday from before.
    const candidates = ['06-28', '06-29', '06-30', '07-01', '07-02', '07-03', '07-04']
    holidays.add(
      candidates.map(one => `${year}-${one}`).find(one => new Date(one).getUTCDay() === 1) ?? '',
    )
  }

  test('it is the day that a naive second version finds', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        expect(after(from, n).day).toBe(naive(from, n))
      }),
    )
  })

  test('it is never a weekend or a holiday, and later than where it began', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const result = after(from, n)
        expect(dayOff(result.day, guatemalaCity)).toBeUndefined()
        expect(result.day > from).toBe(true)
      }),
    )
  })

  test('more days, or a later beginning, never end earlier', () => {
    fc.assert(
      fc.property(day, day, count, count, (one, other, n, more) => {
        const [early, late] = [one, other].toSorted() as [string, string]
        expect(after(early, n).day <= after(late, n).day).toBe(true)
        expect(after(early, n).day < after(early, n + more).day).toBe(true)
      }),
    )
  })

  test('counting back what was counted gives the same number; every other day is named as skipped, once', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        const result = after(from, n)
        const length = (Date.parse(result.day) - Date.parse(from)) / 86_400_000
        const days = Array.from({ length }, (_, i) => laterDay(from, i + 1))
        const off = days.filter(one => dayOff(one, guatemalaCity))
        expect(days.length - off.length).toBe(n)
        expect(result.skipped.map(one => one.day)).toEqual(off)
      }),
    )
  })

  test('counting on is the same as counting at once', () => {
    fc.assert(
      fc.property(day, count, count, (from, n, more) => {
        expect(after(after(from, n).day, more).day).toBe(after(from, n + more).day)
      }),
    )
  })

  test('how many are left until a day is what one counts on to it; none where the calendar ends', () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        expect(businessDaysUntil(from, after(from, n).day, guatemalaCity)).toBe(n)
      }),
    )
    expect(businessDaysUntil('2026-11-26', '2026-11-26', guatemalaCity)).toBe(0)
    expect(businessDaysUntil('2026-11-26', '2026-11-20', guatemalaCity)).toBe(0)
    // A Friday to the Monday after it.
    expect(businessDaysUntil('2026-11-27', '2026-11-30', guatemalaCity)).toBe(1)
    expect(businessDaysUntil('2050-12-30', '2051-01-02', guatemalaCity)).toBe('outside-calendar')
    expect(businessDaysUntil('2020-12-30', '2021-01-02', guatemalaCity)).toBe('outside-calendar')
  })
})
