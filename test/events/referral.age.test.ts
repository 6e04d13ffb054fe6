// Minors: the doubt protects the child.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayBeMinor } from '../../events/age.ts'
import { submitReferral } from '../../events/referral.ts'
import { Instant } from '../../schemas/ids.ts'
import { type JsonObject, submission } from '../schemas/submissions.ts'
import { agreement, igm, now } from './given.ts'

const at = (instant: string) => Instant.parse(instant)

describe('the eighteenth birthday, on the calendar of Guatemala', () => {
  test.each([
    // Midnight in Guatemala is 06:00 UTC, all year round.
    ['2008-11-21', '2026-11-21T05:59:59.999Z', true],
    ['2008-11-21', '2026-11-21T06:00:00.000Z', false],
    ['2008-11-22', '2026-11-22T05:59:59.999Z', true],
    ['2008-11-22', '2026-11-22T06:00:00.000Z', false],
    ['2008-06-30', '2026-06-30T05:59:59.999Z', true],
    ['2008-06-30', '2026-06-30T06:00:00.000Z', false],
    ['2009-01-01', '2027-01-01T05:59:59.999Z', true],
    ['2009-01-01', '2027-01-01T06:00:00.000Z', false],
    // Born on a leap day: the eighteenth year after one is never a leap year, so 1 March.
    ['2008-02-29', '2026-03-01T05:59:59.999Z', true],
    ['2008-02-29', '2026-03-01T06:00:00.000Z', false],
    // Only the month is known: its last day counts.
    ['2008-02', '2026-02-28T12:00:00.000Z', true],
    ['2008-02', '2026-03-01T06:00:00.000Z', false],
    ['2009-02', '2027-02-28T05:59:59.999Z', true],
    ['2009-02', '2027-02-28T06:00:00.000Z', false],
    ['2008-11', '2026-11-30T05:59:59.999Z', true],
    ['2008-11', '2026-11-30T06:00:00.000Z', false],
    ['2008-12', '2026-12-31T05:59:59.999Z', true],
    ['2008-12', '2026-12-31T06:00:00.000Z', false],
    // Only the year is known: its last day counts.
    ['2008', '2026-12-31T05:59:59.999Z', true],
    ['2008', '2026-12-31T06:00:00.000Z', false],
    ['1900', '2026-11-21T12:00:00.000Z', false],
    ['2099-01-01', '2026-11-21T12:00:00.000Z', true],
  ])('born %s, at %s: may be a minor is %s', (birthDate, instant, minor) => {
    expect(mayBeMinor({ birthDate }, at(instant))).toBe(minor)
  })
})

const guatemalanDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Guatemala',
  dateStyle: 'short',
})

const calendars = new Map<string, string[]>()
/** Every day that a year has. */
const calendarOf = (year: string): string[] => {
  const known = calendars.get(year)
  if (known) return known
  const days: string[] = []
  for (let month = 1; month <= 12; month++)
    for (let day = 1; day <= 31; day++) {
      const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
      if (new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)) days.push(date)
    }
  calendars.set(year, days)
  return days
}

/** The same question, asked of every day that the birth date can mean, by what a calendar on the wall says. */
const naively = (birthDate: string, instant: Instant): boolean => {
  const today = guatemalanDay.format(new Date(instant))
  const turnsEighteen = `${Number(today.slice(0, 4)) - 18}${today.slice(4)}`
  return calendarOf(birthDate.slice(0, 4)).some(
    day => day.startsWith(birthDate) && day > turnsEighteen,
  )
}

test('the rule and a deliberately naive second version always agree', () => {
  const instants = fc.date({
    min: new Date('2020-01-01T00:00:00.000Z'),
    max: new Date('2070-01-01T00:00:00.000Z'),
    noInvalidDate: true,
  })
  const days = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -500, max: 500 }))
  fc.assert(
    fc.property(instants, days, fc.constantFrom(4, 7, 10), (date, off, length) => {
      const born = new Date(date)
      born.setUTCFullYear(born.getUTCFullYear() - 18)
      born.setUTCDate(born.getUTCDate() + off)
      const birthDate = born.toISOString().slice(0, length)
      const instant = at(date.toISOString())
      for (const birthDateEstimated of [undefined, false])
        expect(mayBeMinor({ birthDate, birthDateEstimated }, instant)).toBe(
          naively(birthDate, instant),
        )
      expect(mayBeMinor({ birthDate, birthDateEstimated: true }, instant)).toBe(
        naively(birthDate.slice(0, 4), instant),
      )
    }),
    { numRuns: 2000 },
  )
})

const submit = (birthDate: string, grantor: JsonObject, identity: JsonObject = {}) =>
  submitReferral(
    submission({ consent: { grantor }, payload: { identity: { birthDate, ...identity } } }),
    {
      agreement,
      referrer: igm,
      now,
    },
  )

const mother = { type: 'guardian', relationship: 'mother' }
const representative = { type: 'representative', relationship: 'legal-guardian' }

describe('the referral of a minor', () => {
  const refused = { refused: 'minor-needs-guardian-and-assent' }

  test('a guardian’s consent and the minor’s own assent are enough', () => {
    expect(submit('2009-05-02', { ...mother, assent: true })).toHaveProperty('submittedAt')
  })

  test.each([
    [mother],
    [{ ...mother, assent: false }],
    [{ type: 'self', assent: true }],
    [{ type: 'self' }],
    [representative],
    [{ ...representative, assent: true }],
  ])('anything less is not: %j', grantor => {
    expect(submit('2009-05-02', grantor)).toEqual(refused)
  })

  test('a person of whom only the year is known and who may be seventeen is referred as a minor', () => {
    expect(submit('2008', { type: 'self' })).toEqual(refused)
    expect(submit('2008', { ...mother, assent: true })).toHaveProperty('submittedAt')
    expect(submit('2007', { type: 'self' })).toHaveProperty('submittedAt')
  })

  test('of an estimated day only the year is meant: who may turn eighteen later this year is a minor', () => {
    const estimated = { birthDateEstimated: true }
    for (const birthDate of ['2008', '2008-01', '2008-01-01', '2008-11-20']) {
      expect(submit(birthDate, { type: 'self' }, estimated)).toEqual(refused)
      expect(submit(birthDate, { ...mother, assent: true }, estimated)).toHaveProperty(
        'submittedAt',
      )
    }
    expect(submit('2008-01-01', { type: 'self' })).toHaveProperty('submittedAt')
    expect(submit('2007-12-31', { type: 'self' }, estimated)).toHaveProperty('submittedAt')
  })

  test('an adult is referred whoever signed for them, and whatever is said of an assent', () => {
    for (const grantor of [{ type: 'self' }, mother, representative])
      for (const assent of [{}, { assent: false }])
        expect(submit('1994-05-14', { ...grantor, ...assent })).toHaveProperty('submittedAt')
  })
})
