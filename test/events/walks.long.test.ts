// Ten thousand random walks of an agreement's referrals (walking.ts).
import { expect, test } from 'vitest'
import { walks } from './walking.ts'

test('10,000 walks: no forbidden state, counters as a recount, sequences and numbers without gaps', () => {
  const answers = walks(10_000, 12)
  const all = ['handover-exists', 'agreement-not-in-force', 'agreement-frozen', 'consent-expired']
  for (const answer of [...all, 'already'])
    expect([answer, answers.has(answer)]).toEqual([answer, true])
}, 1_200_000)
