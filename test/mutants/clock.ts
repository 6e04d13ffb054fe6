// What time makes of referrals and agreements, and by whose terms.
import type { Mutant } from './mutant.ts'

const ending = 'events/clock/agreement-ending.ts'
const endings = ['test/events/clock/agreement-ending.test.ts']
const rules = ['test/events/clock/rules.test.ts']
const ends = ['test/events/clock/agreement-ended.test.ts']
const gates = ['test/events/agreement.test.ts']
const versions = ['test/journeys/agreement.versions.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'the end of an agreement is told again and again',
    file: ending,
    find: 'known?.days === undefined || n < known.days',
    replace: 'known?.days === undefined || n <= known.days',
    tests: endings,
  },
  {
    name: 'the end of an agreement is told a millisecond late',
    file: ending,
    find: '.filter(({ at }) => at <= now)',
    replace: '.filter(({ at }) => at < now)',
    tests: endings,
  },
  {
    name: 'an outage swallows what fell due in it',
    file: ending,
    find: 'const told = known ? due : now <= end ? due.slice(-1) : []',
    replace: 'const told = due.slice(-1)',
    tests: endings,
  },
  {
    name: 'a renewal is not told, since the end before it was',
    file: ending,
    find: 'before?.endsAt === end ? before : undefined',
    replace: 'before && end ? { ...before, endsAt: end } : undefined',
    tests: endings,
  },
  {
    name: 'an answer is called late in its last millisecond',
    file: 'events/clock/overdue.ts',
    find: 'at: justAfter(respondBy)',
    replace: 'at: respondBy',
    tests: rules,
  },
  {
    name: 'silence is told every minute',
    file: 'events/clock/stalled.ts',
    find: "if (told?.['stalled'] === since) return undefined",
    replace: '',
    tests: rules,
  },
  {
    name: 'work in progress is cancelled in the last millisecond that it has',
    file: 'events/clock/agreement-ended.ts',
    find: 'justAfter(completionUntil(agreement))',
    replace: 'completionUntil(agreement)',
    tests: ends,
  },
  {
    name: 'a termination waits for the time to finish',
    file: 'events/clock/agreement-ended.ts',
    find: 'agreement.terminatedAt ?? justAfter',
    replace: 'justAfter',
    tests: ends,
  },
  {
    name: 'work goes on under an agreement that has ended',
    file: 'events/agreement.ts',
    find: 'submit: over, open: over, work: over',
    replace: 'submit: over, open: over',
    tests: gates,
  },
  {
    name: 'the time to finish is over and the doors wait for the clock',
    file: 'functions/effects/under-way.ts',
    find: 'if (work) throw new Refused(work)',
    replace: 'void work',
    tests: versions,
  },
  {
    name: 'a termination shuts no work until the clock comes by',
    file: 'functions/effects/under-way.ts',
    find: "if (await ends.isEnded(agreementId, by, known)) throw new Refused('agreement-not-in-force')",
    replace: 'await ends.isEnded(agreementId, by, known)',
    tests: ['test/journeys/agreement.frozen.test.ts'],
  },
  {
    name: 'the clock goes by the terms of now',
    file: 'functions/hub/run-due-work.ts',
    find: 'await deps.directory.under(kept, referral)',
    replace: 'kept',
    tests: versions,
  },
  {
    name: 'a redrive sends nothing of what was lost',
    file: 'functions/inbox/redrive.ts',
    find: 'owed.length - (await deps.inbox.count(institution))',
    replace: '(await deps.inbox.count(institution)) - owed.length',
    tests: ['test/journeys/redrive.test.ts'],
  },
  {
    name: 'a person who is referred twice counts twice',
    file: 'events/progress.ts',
    find: '[stage, n > 0 ? 1 : 0]',
    replace: '[stage, n]',
    tests: ['test/functions/aws/progress.test.ts'],
  },
  {
    name: 'a milestone that was voided counts',
    file: 'events/progress.ts',
    find: 'milestones.filter(({ voidedAt }) => voidedAt === undefined)',
    replace: 'milestones.filter(({ n }) => n > 0)',
    tests: ['test/events/walks.test.ts'],
  },
]
