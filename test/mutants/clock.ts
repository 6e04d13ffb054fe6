// What time makes of referrals and agreements, and by whose terms.
import type { Mutant } from './mutant.ts'

const ending = 'events/clock/agreement-ending.ts'
const endings = ['test/events/clock/agreement-ending.test.ts']
const rules = ['test/events/clock/rules.test.ts']
const ends = ['test/events/clock/agreement-ended.test.ts']
const orders = ['test/events/clock/orders.test.ts']
const redrives = ['test/journeys/redrive.whole.test.ts']
const cutOff = ['test/journeys/redrive.cut-off.whole.test.ts']
const gates = ['test/events/agreement.test.ts']
const told = ['test/journeys/agreement.ending.whole.test.ts']
const versions = ['test/journeys/agreement.versions.whole.test.ts']

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
    name: 'what a party has acknowledged of an agreement comes again',
    file: 'functions/inbox/judge-message.ts',
    find: "if (!own && ackedBy === 'outbox') return false",
    replace: '',
    tests: ['test/functions/inbox/judge-message.test.ts'],
  },
  {
    name: 'a notice leaves the end of the agreement to be told a day later',
    file: 'functions/aws/rules-walk.ts',
    find: ' REMOVE endingsAt ADD',
    replace: ' ADD',
    tests: told,
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
    tests: ['test/journeys/agreement.frozen.whole.test.ts'],
  },
  {
    name: 'the clock goes by the terms of now',
    file: 'functions/hub/walk-referral.ts',
    find: 'await deps.directory.under(kept, referral)',
    replace: 'kept',
    tests: versions,
  },
  {
    name: 'a release goes by the terms of now',
    file: 'functions/effects/release.ts',
    find: 'kept && (await deps.directory.under(kept, referral))',
    replace: 'kept',
    tests: versions,
  },
  {
    name: 'a handover does not wait for the end of its consent',
    file: 'events/clock/walk.ts',
    find: 'return end !== undefined && end.at <= coming.at',
    replace: 'return false',
    tests: orders,
  },
  {
    name: 'a consent ends before what fell due of a handover is told',
    file: 'events/clock/walk.ts',
    find: 'return own !== undefined && own.at < coming.at',
    replace: 'return false',
    tests: orders,
  },
  {
    name: 'a redrive sends nothing of what was lost',
    file: 'functions/inbox/redrive.ts',
    find: 'owed - (await deps.inbox.count(inbox))',
    replace: '(await deps.inbox.count(inbox)) - owed',
    tests: redrives,
  },
  {
    name: 'a redrive that was cut off is counted anew',
    file: 'functions/inbox/redrive.ts',
    find: 'const goesOn = begun !== undefined && unfinished.rows.length > 0',
    replace: 'const goesOn = false',
    tests: cutOff,
  },
  {
    name: 'the sweep leaves a redrive that was cut off as it is',
    file: 'functions/effects/sweep.ts',
    find: 'if (begun !== undefined) sent +=',
    replace: 'if (sent < 0 && begun !== undefined) sent +=',
    tests: cutOff,
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
