// Who may do what: keys and who makes them, a referral’s sides, and permissions.
import type { Mutant } from './mutant.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'a proposed key signs',
    file: 'functions/aws/directory.ts',
    find: "return key?.state === 'proposed' ? undefined : key",
    replace: 'return key',
    tests: ['test/journeys/keys.test.ts', 'test/journeys/keys.refused.whole.test.ts'],
  },
  {
    name: 'one person makes a key',
    file: 'events/institution.ts',
    find: "if (by === key.proposedBy) return refuse('forbidden')",
    replace: '',
    tests: ['test/events/institution.test.ts'],
  },
  {
    name: 'a key is confirmed after its proposer’s was revoked',
    file: 'functions/institution/change-key.ts',
    find: "...(proposer ? [directory.unrevoked(proposer.keyid, committedBy(now), 'moved')] : []),",
    replace: '',
    tests: ['test/journeys/keys.held.test.ts'],
  },
  {
    name: 'a key behind a confirmation is looked at as of when the request began',
    file: 'events/institution.ts',
    find: 'later(now, requestEndsWithin)',
    replace: 'now',
    tests: ['test/journeys/keys.held.test.ts'],
  },
  {
    name: 'another institution’s key is changed',
    file: 'functions/institution/change-key.ts',
    find: "if (key?.institution !== institution) throw new Refused('forbidden')",
    replace: "if (!key) throw new Refused('forbidden')",
    tests: ['test/journeys/keys.refused.whole.test.ts'],
  },
  {
    name: 'a key’s end may be taken back',
    file: 'functions/aws/directory.ts',
    find: "? 'size(history) = :length'",
    replace: "? 'size(history) >= :length OR size(history) < :length'",
    tests: ['test/journeys/keys.races.whole.test.ts'],
  },
  {
    name: 'doors may write the head of the log',
    file: 'infra/capabilities.ts',
    find: "'access-log:append': { table: 'AccessLog', actions: ['PutItem'], rows: ['pending', 'pending#*'],",
    replace:
      "'access-log:append': { table: 'AccessLog', actions: ['PutItem'], rows: ['pending', 'pending#*', 'head'],",
    tests: ['test/infra/permissions.rules.test.ts'],
  },
  {
    name: 'actions on a table have one statement, whatever rows each is for',
    file: 'infra/statements.ts',
    find: "action => rowsOf(action)?.toSorted().join(' ') ?? ''",
    replace: "action => (rowsOf(action) ? 'some' : '')",
    tests: ['test/infra/permissions.rules.test.ts', 'test/infra/permissions.test.ts'],
  },
  {
    name: 'a permission that no capability asks for passes as one for a transaction’s sake',
    file: 'infra/permissions/reasons.ts',
    find: "unexplained: nobodyAsks.filter(access => !asksFor(access, 'beside'))",
    replace: 'unexplained: nobodyAsks.filter(() => false)',
    tests: ['test/infra/permissions.test.ts'],
  },
  {
    name: 'a referral is shown to whoever names it, and changed by them',
    file: 'functions/effects/party-referral.ts',
    find: '  if (!referral || !sides.some(side => referral[side] === institution))',
    replace: '  if (!referral)',
    tests: ['test/journeys/access-log.test.ts', 'test/journeys/referral.test.ts'],
  },
]
