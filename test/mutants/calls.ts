// What the exchange calls at AWS: a call more must be noticed, for nothing but its price tells of it.
import type { Mutant } from './mutant.ts'

const counted = ['test/calls/calls.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'a change of status reads the referral once more',
    file: 'functions/effects/party-referral.ts',
    find: 'await referrals.find(referralId, known)',
    replace: 'await referrals.find(referralId)',
    tests: counted,
  },
]
