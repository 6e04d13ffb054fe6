// hub progress, on a real local hub: table and bars within eighty columns, a spreadsheet, JSON, and who is refused.
import { expect, test } from 'vitest'
import { submissionOf } from '../journeys/submissions.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { hub as run, records } from './cli.ts'

const hub = await emptyHub()
const { igm } = await stagesOf(hub)
for (let n = 1; n <= 6; n++) await igm.submitReferral(submissionOf(n))

const progress = (...args: string[]) => run(['progress', ...args, '--hub', hub.data])

test('people read a table with bars, no line of it longer than eighty columns', async () => {
  const { code, out } = await progress()
  expect(code).toBe(0)
  expect(out).toMatch(/igm-ala-2026 · 2026-11-21/)
  expect(out).toMatch(/Meta: 250 personas/)
  expect(out).toMatch(/referidas +6 +█·+ +6\n/)
  expect(out).toMatch(/en empleo 365 días +0 +·+ +0\n/)
  // Not closed, and ended without an answer: neither reads as opened, nor as still waiting.
  expect(out).toMatch(/sin cerrar +6\n/)
  expect(out).toMatch(/sin respuesta a tiempo +0\n/)
  expect(
    out
      .split('\n')
      .slice(0, -2)
      .filter(line => line.length > 80),
  ).toEqual([])
  expect((await progress('--lang', 'en')).out).toMatch(/Target: 250 persons/)
})

test('a spreadsheet opens it, and a program reads it', async () => {
  const { out } = await progress('--csv')
  expect(out).toContain('personas,en total,2026-Q4\r\nreferidas,6,6\r\n')
  const [report] = records((await progress('--json', '--agreement', 'igm-ala-2026')).out)
  expect(report).toMatchObject({ persons: { referred: 6 }, referrals: { total: 6 } })
})

test('who is no party is refused, and what is no agreement is wrong usage', async () => {
  const stranger = await progress('--agreement', 'igm-ala-2026', '--as', 'stranger')
  expect(stranger.code).toBe(1)
  expect((await progress('--as', 'stranger')).code).toBe(2)
  expect((await progress('--agreement', 'No!')).code).toBe(2)
})
