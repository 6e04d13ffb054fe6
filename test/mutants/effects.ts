// The one transaction of an effect, and what happens once.
import type { Mutant } from './mutant.ts'

const dynamodb = 'functions/aws/dynamodb.ts'
const dynamodbTest = ['test/functions/aws/dynamodb.test.ts']
const commitTest = ['test/functions/effects/commit.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'an effect has no entry',
    file: 'functions/effects/commit.ts',
    find: '...entries.map((entry, i) => deps.accessLog.append(entry, agreementOf(i)))',
    replace: '',
    tests: commitTest,
  },
  {
    name: 'a message is not counted in the row that it is about',
    file: 'functions/aws/referrals.ts',
    find: '        ...end,\n        revision: row.revision',
    replace: '        chain: end.chain,\n        revision: row.revision',
    tests: commitTest,
  },
  {
    name: 'a message is counted where nobody keeps count',
    file: 'functions/effects/messages.ts',
    find: "if (!end) throw new Error('a message of a referral that does not change with it')",
    replace: 'if (!end) return { inbox: referral[to] } as never',
    tests: commitTest,
  },
  {
    name: 'the entries of one effect are not chained',
    file: 'functions/effects/commit.ts',
    find: '  end.chain = { n, hash }\n',
    replace: '',
    tests: commitTest,
  },
  {
    name: 'a nonce is not spent',
    file: 'functions/effects/commit.ts',
    find: '...(nonce && !nonce.spent ? [nonce.spend] : []),',
    replace: '',
    tests: ['test/journeys/once.test.ts'],
  },
  {
    name: 'a spent nonce is anybody’s first try',
    file: 'functions/aws/requests.ts',
    find: "failed: existing => (existing?.requestId === requestId ? 'ours' : 'nonce-reused')",
    replace: "failed: () => 'ours'",
    tests: dynamodbTest,
  },
  {
    name: 'an answer is stored over the one that stands',
    file: 'functions/aws/requests.ts',
    find: "ConditionExpression: 'attribute_not_exists(pk) OR expiresAt < :now'",
    replace: "ConditionExpression: 'attribute_not_exists(pk) OR expiresAt > :now'",
    tests: ['test/functions/aws/requests.test.ts'],
  },
  {
    name: 'an old stored answer is still given',
    file: 'functions/aws/requests.ts',
    find: 'return expiresAt < epochSeconds() ? undefined : {',
    replace: 'return expiresAt < 0 ? undefined : {',
    tests: ['test/functions/aws/requests.test.ts'],
  },
  {
    name: 'another request gets the stored answer',
    file: 'functions/http/idempotency.ts',
    find: 'stored.fingerprint !== fingerprint(request)',
    replace: 'stored.fingerprint === ""',
    tests: ['test/functions/http/idempotency.test.ts', 'test/journeys/once.test.ts'],
  },
  {
    name: 'a failed condition counts as done',
    file: dynamodb,
    find: "if (meaning === 'ours') return",
    replace: 'if (meaning) return',
    tests: dynamodbTest,
  },
  {
    name: 'a conflict between transactions is not tried again',
    file: dynamodb,
    find: `  'TransactionConflict',
  'Prov`,
    replace: `  'Prov`,
    tests: dynamodbTest,
  },
  {
    name: 'a conflict is tried for ever',
    file: dynamodb,
    find: 'if (attempt === tries) throw new Refused(onConflict)',
    replace: 'if (attempt === tries * 2) throw new Refused(onConflict)',
    tests: dynamodbTest,
  },
]
