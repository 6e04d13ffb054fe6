// Progress and the clock's work cost the same at 250 referrals and at thousands. `npm run bench -- --only programme`
// shows it at 100,000.
import { expect, test } from 'vitest'
import { countProgramme, linesOf, unitsOf } from './programme.ts'

test('a report and a run of what is due call the same at AWS at 250 referrals and at 3,000', async () => {
  const few = await countProgramme(250)
  const many = await countProgramme(3000)
  for (const part of ['progress', 'dueWork', 'nothingDue'] as const) {
    expect(linesOf(many[part]), part).toEqual(linesOf(few[part]))
    expect(few[part].length, part).toBeGreaterThan(0)
  }
  expect(unitsOf(many.nothingDue)).toBe(unitsOf(few.nothingDue))
  expect(few.nothingDue.length).toBeLessThan(few.dueWork.length)
}, 300_000)
