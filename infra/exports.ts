// What the stack that keeps gives the stacks that work on it and watch it. Always all of it, whoever imports it: a
// deployment never takes away what another stack still imports, which CloudFormation would refuse. Nothing here is of
// one institution, so that an institution more changes none of it.
import { Aws, CfnOutput, Fn, type Stack } from 'aws-cdk-lib'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { type TableName, tableNames } from '../functions/aws/tables.ts'
import { type Kept, type KeyName, keyNames } from './capabilities.ts'
import { type Inbox, inboxArn } from './inboxes.ts'

const tableArn = (name: string): string =>
  `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/${name}`

const exportName = (stack: string, what: string): string => `${stack}:${what}`

/** Exports what `importedFrom` imports. */
export const exported = (
  stack: Stack,
  made: {
    tables: Readonly<Record<TableName, Table>>
    keys: Readonly<Record<KeyName, Key>>
    first: Inbox
  },
): void => {
  const output = (id: string, what: string, value: string) =>
    new CfnOutput(stack, id, { value, exportName: exportName(stack.stackName, what) })
  for (const name of tableNames) {
    output(`${name}Name`, name, made.tables[name].tableName)
    output(`${name}Arn`, `${name}:Arn`, made.tables[name].tableArn)
  }
  for (const name of keyNames) output(`${name}KeyArn`, `${name}Key:Arn`, made.keys[name].keyArn)
  // The queues differ by code only: what stands before it in one's URL stands before it in all.
  const { code, inbox } = made.first
  output('InboxUrlPrefix', 'InboxUrlPrefix', Fn.select(0, Fn.split(`${code}.fifo`, inbox.queueUrl)))
}

/** Tables that stand in for those of the stack: restored ones, which no stack has made (docs/operations.md). */
export type Restored = Readonly<Partial<Record<TableName, string | undefined>>>

/**
 * What the stack of that name keeps, as another stack refers to it.
 *
 * @param first the code of an institution that has an inbox
 */
export const importedFrom = (
  stack: string,
  { prefix, first, restored = {} }: { prefix: string; first: string; restored?: Restored },
): Kept => {
  const imported = (what: string): string => Fn.importValue(exportName(stack, what))
  const table = (name: TableName) => {
    const other = restored[name]
    return other === undefined
      ? { tableName: imported(name), tableArn: imported(`${name}:Arn`) }
      : { tableName: other, tableArn: tableArn(other) }
  }
  return {
    tables: Object.fromEntries(tableNames.map(name => [name, table(name)])) as Kept['tables'],
    keys: Object.fromEntries(
      keyNames.map(name => [name, { keyArn: imported(`${name}Key:Arn`) }]),
    ) as Kept['keys'],
    inboxes: {
      first,
      firstArn: inboxArn(prefix, first),
      everyArn: inboxArn(prefix),
      urlPrefix: imported('InboxUrlPrefix'),
    },
  }
}
