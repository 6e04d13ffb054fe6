// The log and its keys, the one transaction of an effect, and what happens once.
import type { Mutant } from './mutant.ts'

const sequence = 'functions/aws/access-log/sequence.ts'
const placing = 'functions/aws/access-log/placing.ts'
const signing = 'functions/aws/access-log/signing.ts'
const sequenceTest = ['test/functions/aws/access-log/sequence.test.ts']
const simulation = ['test/functions/aws/access-log/sequence.crashes.long.test.ts']
const dynamodb = 'functions/aws/dynamodb.ts'
const dynamodbTest = ['test/functions/aws/dynamodb.test.ts']
const commitTest = ['test/functions/effects/commit.test.ts']
const cosignaturesTest = ['test/functions/aws/access-log/cosignatures.test.ts']
const counts = 'functions/aws/access-log/counts.ts'
const countsTest = ['test/functions/aws/access-log/counts.test.ts']

export const mutants: readonly Mutant[] = [
  {
    name: 'the signed size goes back',
    file: signing,
    find: "ConditionExpression: 'signedSize < :size'",
    replace: "ConditionExpression: 'signedSize <> :size'",
    tests: sequenceTest,
  },
  {
    name: 'a pass answers the head that it had read',
    file: sequence,
    find: 'const covering = await signedHead()',
    replace: 'const covering = head',
    tests: sequenceTest,
  },
  {
    name: 'a conflict over the head is a fault',
    file: signing,
    find: `    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({`,
    replace: `    await (async (send: () => Promise<unknown>) => send())(() =>
      dynamodb.send(
        new UpdateItemCommand({`,
    tests: sequenceTest,
  },
  {
    name: 'the tree grows whoever was first',
    file: placing,
    find: "'attribute_not_exists(pk) OR (#size = :size AND signedSize = :signed)'",
    replace: "'attribute_not_exists(pk) OR (#size >= :size OR signedSize >= :signed)'",
    // A place is given once by this condition too: either alone would do.
    also: [
      {
        find: `        Item: toItem(row),
        ConditionExpression: 'attribute_not_exists(pk)',
`,
        replace: '        Item: toItem(row),\n',
      },
    ],
    tests: sequenceTest,
  },
  {
    name: 'entries are placed and stay pending',
    file: placing,
    find: '...pending.map(({ pk, sk }) => ({',
    replace: '...pending.slice(1).map(({ pk, sk }) => ({',
    tests: simulation,
  },
  {
    name: 'an unsigned tree grows on',
    file: signing,
    find: 'if (head.signedSize === head.size) return head',
    replace: 'if (head.signedSize <= head.size) return head',
    tests: sequenceTest,
  },
  {
    name: 'a release opens without a place in the log',
    file: 'functions/aws/access-log/cover.ts',
    find: "if (index === undefined || checkpoint === undefined) throw new Refused('log-stale')",
    replace:
      "if (index === undefined || checkpoint === undefined) return { ...release, proof: '' } as never",
    tests: ['test/functions/aws/access-log/cover.test.ts'],
  },
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
    find: "if (!end) throw new Error('a message about a referral that does not change with it')",
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
  {
    name: 'a proposed key signs',
    file: 'functions/aws/directory.ts',
    find: "return key?.state === 'proposed' ? undefined : key",
    replace: 'return key',
    tests: ['test/journeys/keys.test.ts', 'test/journeys/keys.refused.test.ts'],
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
    tests: ['test/journeys/keys.refused.test.ts'],
  },
  {
    name: 'a key’s end may be taken back',
    file: 'functions/aws/directory.ts',
    find: "? 'size(history) = :length'",
    replace: "? 'size(history) >= :length OR size(history) < :length'",
    tests: ['test/journeys/keys.races.test.ts'],
  },
  {
    name: 'what an institution cosigned goes back',
    file: 'functions/aws/access-log/cosignatures.ts',
    find: "ConditionExpression: 'n = :before'",
    replace: "ConditionExpression: 'n >= :before OR n < :before'",
    tests: cosignaturesTest,
  },
  {
    name: 'what an institution cosigned is written over',
    file: 'functions/aws/access-log/cosignatures.ts',
    find: `              Item: toItem({ ...history, n, ...cosigned }),
              ConditionExpression: 'attribute_not_exists(pk)',
`,
    replace: '              Item: toItem({ ...history, n, ...cosigned }),\n',
    tests: cosignaturesTest,
  },
  {
    name: 'a summary counts what its reader may not see',
    file: counts,
    find: '.filter(one => mayView(viewer, one) && one.day >= from && one.day <= to)',
    replace: '.filter(one => one.day >= from && one.day <= to)',
    tests: countsTest,
  },
  {
    name: 'two passes count the same entries',
    file: counts,
    find: "size === 0 ? 'attribute_not_exists(pk)' : '#size = :size'",
    replace: "size === 0 ? undefined : '#size >= :size OR #size < :size'",
    tests: countsTest,
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
    name: 'reads of named rows are merged with the writes',
    file: 'infra/statements.ts',
    find: 'const split = direct.some(({ rows }) => rows)',
    replace: 'const split = direct.every(({ rows }) => !rows)',
    also: [
      {
        find: 'if (limited.length > 0 && limited.length < mine.length)',
        replace: 'if (limited.length > mine.length)',
      },
    ],
    tests: ['test/infra/permissions.rules.test.ts', 'test/infra/permissions.test.ts'],
  },
  {
    name: 'a permission that no capability asks for passes as one that several ask for together',
    file: 'infra/permissions/reasons.ts',
    find: 'unexplained: nobodyAsks.filter(access => !known(access))',
    replace: 'unexplained: nobodyAsks.filter(() => false)',
    tests: ['test/infra/permissions.test.ts'],
  },
]
