// hub clock: a deadline in business days, without any hub and any clock.
import { expect, test } from 'vitest'
import { hub as run, records } from './cli.ts'

const clock = (from: string, businessDays: string, ...more: string[]) =>
  run(['clock', '--from', from, '--business-days', businessDays, ...more])

test('it says the day, each day that it skipped and why, and which calendar it went by', async () => {
  const { code, out, err } = await clock('2026-03-16', '30')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(
    /^2026-04-29 {2}miércoles\nDías hábiles: 30, contados desde el día siguiente al 16 de marzo de 2026\n/,
  )
  expect(out).toMatch(
    /2026-04-02 +jueves +Jueves Santo · Código de Trabajo \(Decreto 1441\), art\. 127\n/,
  )
  expect(out).toMatch(/2026-03-21 +sábado +fin de semana\n/)
  expect(out).toMatch(/Calendario gt-guatemala, versión 2026\.1\n$/)
  expect(out.match(/^2026-\d\d-\d\d +/gm)?.length).toBe(15)
})

test('in English too', async () => {
  const { out } = await clock('2027-06-14', '12', '--lang', 'en')
  expect(out).toMatch(/^2027-07-01 {2}Thursday\n/)
  expect(out).toMatch(/2027-06-28 +Monday +Army Day · /)
  expect(out).toMatch(/Calendar gt-guatemala, version 2026\.1\n$/)
})

test('and for machines, one object', async () => {
  const [only, ...others] = records((await clock('2027-12-20', '30', '--json')).out)
  expect(others).toEqual([])
  expect(only).toMatchObject({
    from: '2027-12-20',
    businessDays: 30,
    day: '2028-01-31',
    calendar: { id: 'gt-guatemala', version: '2026.1' },
  })
  const skipped = only?.skipped as { day: string; reason: string; source?: string }[]
  expect(skipped).toContainEqual({
    day: '2027-12-25',
    reason: 'holiday',
    name: { es: 'Navidad', en: 'Christmas Day' },
    source: 'Código de Trabajo (Decreto 1441), art. 127',
  })
  expect(skipped.filter(({ reason }) => reason === 'weekend').length).toBe(10)
})

test.each([
  [['--business-days', '30'], 'falta --from <día>'],
  [['--from', '2026-03-16'], 'falta --business-days <número>'],
  [
    ['--from', '2026-02-30', '--business-days', '3'],
    'valor no válido para --from <día> (YYYY-MM-DD)',
  ],
  [['--from', 'hoy', '--business-days', '3'], 'valor no válido para --from <día> (YYYY-MM-DD)'],
  [['--from', '2026-03-16', '--business-days', '0'], '(1–1000)'],
  [['--from', '2026-03-16', '--business-days', '1.5'], '(1–1000)'],
  [
    ['--from', '2020-12-31', '--business-days', '3'],
    'del 1 de enero de 2021 al 31 de diciembre de 2050',
  ],
  [['--from', '2050-12-30', '--business-days', '3'], 'y no adivina los demás'],
])('%j is wrong usage: exit 2, and no day is guessed', async (args, said) => {
  const ran = await run(['clock', ...args])
  expect(ran).toMatchObject({ code: 2, out: '' })
  expect(ran.err.replaceAll(/\s+/g, ' ')).toContain(said)
})
