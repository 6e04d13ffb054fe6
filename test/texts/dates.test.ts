// Days and times as people write them: the same whatever zone, language data and clock the machine has.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import {
  clockTime,
  dateInWords,
  momentInWords,
  quarterInWords,
  shortDate,
  shortMoment,
} from '../../texts/dates.ts'

describe('a day in words', () => {
  test.each([
    ['1998-03-14', '14 de marzo de 1998', '14 March 1998'],
    ['2000-02-29', '29 de febrero de 2000', '29 February 2000'],
    ['1998-03', 'marzo de 1998', 'March 1998'],
    ['1998', '1998', '1998'],
    // Six in UTC is midnight in Guatemala.
    ['2026-11-22T05:59:59.999Z', '21 de noviembre de 2026', '21 November 2026'],
    ['2026-11-22T06:00:00.000Z', '22 de noviembre de 2026', '22 November 2026'],
    ['2027-01-01T03:00:00Z', '31 de diciembre de 2026', '31 December 2026'],
  ])('%s', (date, es, en) => {
    expect(dateInWords(date, 'es')).toBe(es)
    expect(dateInWords(date, 'en')).toBe(en)
  })

  test('of all months, in either language', () => {
    for (const language of ['es', 'en'] as const) {
      const told = Array.from({ length: 12 }, (_, n) =>
        dateInWords(`2026-${String(n + 1).padStart(2, '0')}-01`, language),
      )
      expect(new Set(told).size).toBe(12)
      for (const [n, text] of told.entries()) {
        const locale = language === 'es' ? 'es' : 'en-GB'
        const options = { dateStyle: 'long', timeZone: 'UTC' } as const
        const usual = new Intl.DateTimeFormat(locale, options).format(Date.UTC(2026, n, 1))
        expect(text).toBe(usual)
      }
    }
  })

  test.each(['', 'hacia 1994', '1994-13', '1994-00-01', '1994-8-5', '94', '19940805'])(
    'what is none stays as it is: %j',
    text => {
      for (const language of ['es', 'en'] as const) {
        expect(dateInWords(text, language)).toBe(text)
        expect(shortDate(text, language)).toBe(text)
      }
    },
  )
})

test('short, with the hour, and to the second, by the clock of Guatemala', () => {
  const instant = '2026-11-03T05:07:09.000Z'
  expect(shortDate(instant, 'es')).toBe('2 nov 2026')
  expect(shortDate('2026-09-30', 'en')).toBe('30 Sep 2026')
  expect(shortMoment(instant, 'es')).toBe('2 nov 2026, 23:07')
  expect(shortMoment(instant, 'en')).toBe('2 Nov 2026, 23:07')
  expect(momentInWords(instant, 'es')).toBe('2 de noviembre de 2026, 23:07:09')
  expect(momentInWords(instant, 'en')).toBe('2 November 2026, 23:07:09')
  expect(clockTime(instant)).toBe('23:07')
  expect(() => shortMoment('Tuesday', 'en')).toThrow(RangeError)
})

test('a quarter in words; what is none as it is', () => {
  expect(quarterInWords('2026-Q4', 'es')).toBe('4.º trimestre de 2026')
  expect(quarterInWords('2026-Q4', 'en')).toBe('quarter 4 of 2026')
  expect(quarterInWords('en total', 'es')).toBe('en total')
})

const zones = ['UTC', 'America/Guatemala', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Tehran']

test.each(zones)('the same on a machine in %s', zone => {
  const from = JSON.stringify(new URL('../../texts/dates.ts', import.meta.url).href)
  const program = `const d = await import(${from})
    const instant = '2026-11-22T05:59:59.999Z'
    console.log([d.dateInWords('1998-03-14', 'es'), d.dateInWords(instant, 'es'),
      d.shortMoment(instant, 'en'), d.momentInWords(instant, 'es')].join('|'))`
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TZ: zone, LANG: 'ja_JP.UTF-8' },
    encoding: 'utf8',
  })
  expect(out.trim()).toBe(
    [
      '14 de marzo de 1998',
      '21 de noviembre de 2026',
      '21 Nov 2026, 23:59',
      '21 de noviembre de 2026, 23:59:59',
    ].join('|'),
  )
})
