// Dates that compare as text, terms that are bounded where they are asked for, and rows that cannot be read.
import type { Mutant } from './mutant.ts'

const instants = 'schemas/instants.ts'
const agreement = 'schemas/agreement.ts'
const bounds = ['test/schemas/agreement.bounds.test.ts']
const far = ['test/events/far-dates.test.ts']
const unreadable = ['test/journeys/unreadable.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'an instant behind the year 9999 comes before all others',
    file: instants,
    find: 'Math.min(Math.max(time, first), last)',
    replace: 'Math.max(time, first)',
    tests: far,
  },
  {
    name: 'an instant before the year 0 has a sign',
    file: instants,
    find: 'Math.min(Math.max(time, first), last)',
    replace: 'Math.min(time, last)',
    tests: ['test/schemas/instants.test.ts'],
  },
  {
    name: 'an agreement is renewed until the end of all years',
    file: agreement,
    find: "at >= '1900' && at < '2101-01-01T06'",
    replace: "at >= '1900'",
    tests: bounds,
  },
  {
    name: 'a rescission is received at the end of all years',
    file: agreement,
    find: "day >= '1900' && day < '2101'",
    replace: "day >= '1900'",
    tests: bounds,
  },
  {
    name: 'a policy keeps content for thousands of years',
    file: agreement,
    find: 'days: 36_500',
    replace: 'days: 36_500_000',
    tests: ['test/journeys/agreement.test.ts'],
  },
  {
    name: 'a file declares a term without an end',
    file: agreement,
    find: 'inForceUntil: TermInstant,',
    replace: 'inForceUntil: Instant,',
    tests: bounds,
  },
  {
    name: 'terms that were taken before there were bounds are read no more',
    file: 'schemas/notice.ts',
    find: 'states: StatedNotice,',
    replace: 'states: NoticeCommand,',
    tests: bounds,
  },
  {
    name: 'one referral that cannot be read empties the list',
    file: 'functions/referral/get.ts',
    find: 'deps.referrals.findReadable(ids, known)',
    replace: 'deps.referrals.findAll(ids, known)',
    tests: unreadable,
  },
  {
    name: 'one referral that cannot be read stops a redrive',
    file: 'functions/inbox/redrive.ts',
    find: 'await deps.referrals.findReadable(',
    replace: 'await deps.referrals.findAll(',
    tests: unreadable,
  },
  {
    name: 'a log is empty until the last instant',
    file: 'functions/aws/access-log/filter.ts',
    find: 'at: later(at, slack)',
    replace: 'at: new Date(Date.parse(at) + slack).toISOString()',
    tests: ['test/journeys/access-log.query.test.ts'],
  },
]
