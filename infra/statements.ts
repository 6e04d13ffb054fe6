// The IAM statements of a function, out of its capabilities. Written out: CDK's grant… methods add kms:Decrypt on a
// table's or queue's key unasked.
import { Aws } from 'aws-cdk-lib'
import { PolicyStatement, type Conditions } from 'aws-cdk-lib/aws-iam'
import {
  type Capability,
  type Grant,
  type Kept,
  type TableGrant,
  type TableName,
  grants,
  pascal,
} from './capabilities.ts'

/** What functions may beside their capabilities, by the statement's Sid, and why (`npm run permissions`). */
export const unasked = {
  StorageThroughService: {
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    why: 'has its tables and queues encrypted at rest: DynamoDB and SQS use the storage key in its name, and it cannot',
  },
  OwnLog: {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    why: 'writes its own operational log, which has ids, codes and durations only',
  },
} as const

/** DynamoDB tells the partition keys of every item that a call is about. The Null half as below. */
const onlyRows = (rows: readonly string[]): Conditions => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': rows },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})

/** What items of a transaction may do; all else only reads. */
const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'])

const unionOf = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())]

/**
 * The statements of a function on one table: one for all that it writes, so that no transaction depends on how IAM puts
 * several together for items of one table. Where rows are named, reads have their own: together with the writes,
 * whoever reads the head could write it.
 */
const onTable = (
  table: TableName,
  granted: readonly TableGrant[],
  { tables }: Kept,
): PolicyStatement[] => {
  const { tableArn } = tables[table]
  const direct = granted.filter(({ indexes }) => !indexes)
  const split = direct.some(({ rows }) => rows)
  const part = (suffix: string, holds: (action: string) => boolean): PolicyStatement[] => {
    const mine = direct.filter(({ actions }) => actions.some(holds))
    if (mine.length === 0) return []
    const limited = mine.flatMap(({ rows }) => (rows ? [rows] : []))
    if (limited.length > 0 && limited.length < mine.length)
      throw new Error(`${table}: a grant without rows would lift the limits of the others`)
    return [
      new PolicyStatement({
        sid: `${table}${suffix}`,
        actions: unionOf(mine.map(({ actions }) => actions.filter(holds))).map(
          action => `dynamodb:${action}`,
        ),
        resources: [tableArn],
        ...(limited.length > 0 && { conditions: onlyRows(unionOf(limited)) }),
      }),
    ]
  }
  const indexes = granted.filter(grant => grant.indexes)
  return [
    ...(split
      ? [
          ...part('Writes', action => writing.has(action)),
          ...part('Reads', action => !writing.has(action)),
        ]
      : part('', () => true)),
    ...(indexes.length === 0
      ? []
      : [
          new PolicyStatement({
            sid: `${table}Indexes`,
            actions: unionOf(indexes.map(({ actions }) => actions)).map(
              action => `dynamodb:${action}`,
            ),
            resources: unionOf(indexes.map(grant => grant.indexes ?? [])).map(
              name => `${tableArn}/index/${name}`,
            ),
          }),
        ]),
  ]
}

/**
 * The IAM statements of a list of capabilities: of each table as above, one for each key, one for the inboxes, one for
 * the storage key.
 */
export const statementsOf = (may: readonly Capability[], kept: Kept): PolicyStatement[] => {
  const granted = may.map((capability): { capability: Capability; grant: Grant } => ({
    capability,
    grant: grants[capability],
  }))
  const onTables = granted.flatMap(({ grant }) => ('table' in grant ? [grant] : []))
  const ofInboxes = granted.flatMap(({ grant }) => ('inboxes' in grant ? [grant] : []))
  return [
    ...[...Map.groupBy(onTables, ({ table }) => table)].flatMap(([table, all]) =>
      onTable(table, all, kept),
    ),
    ...granted.flatMap(({ capability, grant }) =>
      'key' in grant
        ? [
            new PolicyStatement({
              sid: pascal(capability),
              actions: grant.actions.map(action => `kms:${action}`),
              resources: [kept.keys[grant.key].keyArn],
              ...(grant.conditions && { conditions: grant.conditions }),
            }),
          ]
        : [],
    ),
    // By the pattern of their names, which no parked queue has: as sharp as naming each, since whoever may use one may
    // use all, and a policy that stays as it is when an institution comes (docs/decisions.md).
    ...[...Map.groupBy(ofInboxes, ({ inboxes }) => inboxes)].map(
      ([which, all]) =>
        new PolicyStatement({
          sid: which === 'first' ? 'FirstInbox' : 'Inboxes',
          actions: unionOf(all.map(({ actions }) => actions)).map(action => `sqs:${action}`),
          resources: [which === 'first' ? kept.inboxes.firstArn : kept.inboxes.everyArn],
        }),
    ),
    ...storageKeyUse(may, kept),
  ]
}

/** DynamoDB and SQS use the storage key in the caller's name; the caller itself cannot: kms:ViaService. */
const storageKeyUse = (may: readonly Capability[], kept: Kept): PolicyStatement[] => {
  const services = new Set<string>()
  for (const capability of may) {
    if ('table' in grants[capability]) services.add('dynamodb')
    if (capability === 'inbox:send' || capability === 'inbox:receive') services.add('sqs')
  }
  if (services.size === 0) return []
  return [
    new PolicyStatement({
      sid: 'StorageThroughService' satisfies keyof typeof unasked,
      actions: [...unasked.StorageThroughService.actions],
      resources: [kept.keys.Storage.keyArn],
      conditions: {
        StringEquals: {
          'kms:ViaService': [...services].map(name => `${name}.${Aws.REGION}.amazonaws.com`),
        },
      },
    }),
  ]
}
