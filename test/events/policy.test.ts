// What holds where an agreement's policy says nothing.
import { expect, test } from 'vitest'
import { policyOf } from '../../events/policy.ts'
import { agreement } from './given.ts'

test('what a policy leaves out is as usual, and what it says holds', () => {
  expect(policyOf(agreement)).toEqual({
    ...agreement.policy,
    collectHours: { routine: 120, urgent: 24, stat: 4 },
    expireDays: 60,
    stallDays: 30,
    completionDays: 90,
    evidenceDays: 30,
    referralsInNotice: true,
  })
  const collectHours = { routine: 1, urgent: 1, stat: 1 }
  const said = { ...agreement.policy, collectHours, referralsInNotice: false, evidenceDays: 0 }
  expect(policyOf({ policy: said })).toMatchObject({
    collectHours,
    referralsInNotice: false,
    evidenceDays: 0,
    stallDays: 30,
  })
})
