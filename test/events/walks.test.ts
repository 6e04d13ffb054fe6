// Random walks reach no state that the tables forbid (walking.ts).
import { expect, test } from 'vitest'
import { walks } from './walking.ts'

test('100 walks: no forbidden state, counters as a recount, sequences and numbers without gaps', () => {
  const answers = walks(100, 20_261_126)
  // They go somewhere, and are refused here and there.
  for (const answer of [
    'moved',
    'forbidden',
    'transition-not-allowed',
    'agreement-frozen',
    'already',
  ])
    expect([answer, (answers.get(answer) ?? 0) > 5]).toEqual([answer, true])
})
