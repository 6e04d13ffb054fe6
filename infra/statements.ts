// The IAM statements of a function, out of its capabilities. Written out: CDK's grant… methods add kms:Decrypt on a
// table's or queue's key unasked.
import { Aws } from 'aws-cdk-lib'
import { PolicyStatement, type Conditions } from 'aws-cdk-lib/aws-iam'
import type { TableName } from '../functions/aws/tables.ts'
import {
  type Capability,
  type Grant,
  type Kept,
  type TableGrant,
  grants,
  pascal,
  rowsFor,
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

/** DynamoDB tells the partition keys of every item that a call is about. The Null half as in capabilities.ts. */
const onlyRows = (rows: readonly string[]): Conditions => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': rows },
  Null: { 'dynamodb:LeadingKeys': 'false' },
})

const unionOf = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())]

/**
 * The statements of a function on one table: of each action one, which names all rows of the transactions that it
 * stands in, so that none of them depends on how IAM puts several statements together. Actions on the same rows share
 * one.
 */
const onTable = (
  table: TableName,
  granted: readonly TableGrant[],
  { tables }: Kept,
): PolicyStatement[] => {
  const { tableArn } = tables[table]
  const direct = granted.filter(({ indexes }) => !indexes)
  const actions = unionOf(direct.map(grant => grant.actions))
  const rowsOf = (action: string): string[] | undefined => {
    const mine = direct.filter(grant => grant.actions.includes(action))
    const limited = mine.flatMap(grant => {
      const rows = rowsFor(grant, action)
      return rows ? [rows] : []
    })
    if (limited.length > 0 && limited.length < mine.length)
      throw new Error(`${table}: a grant without rows would lift the limits of the others`)
    const beside = direct.map(grant => grant.beside?.[action] ?? [])
    return limited.length > 0 ? unionOf([...limited, ...beside]) : undefined
  }
  const sharing = [
    ...Map.groupBy(actions, action => rowsOf(action)?.toSorted().join(' ') ?? '').values(),
  ]
  const indexes = granted.filter(grant => grant.indexes)
  return [
    ...sharing.map(some => {
      const rows = rowsOf(some[0] ?? '')
      return new PolicyStatement({
        sid: sharing.length === 1 ? table : `${table}${some.join('')}`,
        actions: some.map(action => `dynamodb:${action}`),
        resources: [tableArn],
        ...(rows && { conditions: onlyRows(rows) }),
      })
    }),
    ...(indexes.length === 0
      ? []
      : [
          new PolicyStatement({
            sid: `${table}Indexes`,
            actions: unionOf(indexes.map(grant => grant.actions)).map(
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
