// The log: places, signatures, what it counts, and who cosigns it.
import type { Mutant } from './mutant.ts'

const sequence = 'functions/aws/access-log/sequence.ts'
const placing = 'functions/aws/access-log/placing.ts'
const signing = 'functions/aws/access-log/signing.ts'
const sequenceTest = ['test/functions/aws/access-log/sequence.test.ts']
const simulation = ['test/functions/aws/access-log/sequence.crashes.long.test.ts']
const cosignaturesTest = ['test/functions/aws/access-log/cosignatures.test.ts']
const counts = 'functions/aws/access-log/counts.ts'
const countsTest = ['test/functions/aws/access-log/counts.whole.test.ts']

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
]
