// A running hub as its first start left it: empty tables and inboxes, the directory as declared, new keys.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateListTables,
} from '@aws-sdk/client-dynamodb'
import { agreements, institutions } from '../../infra/declared.ts'
import { moduleOf } from '../../infra/local/built.ts'
import { enterFirst } from '../../infra/local/first-entries.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { ensureSigningKeys, writeHubFile } from '../../infra/local/signing-keys.ts'
import type { Instant } from '../../schemas/ids.ts'
import { hubNow } from './callers.ts'
import { emptyInboxes } from './worker-hub.ts'

const madeAnew = async (dynamodb: DynamoDBClient, TableName: string): Promise<void> => {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }))
  if (!Table) throw new Error(`${TableName} is not described`)
  await dynamodb.send(new DeleteTableCommand({ TableName }))
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = Table
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map(
        ({ IndexName, KeySchema: keys, Projection }) => ({
          IndexName,
          KeySchema: keys,
          Projection,
        }),
      ),
    }),
  )
}

/** As after a first start: nothing but what that writes, and keys that no function has seen. */
export const asStarted = async (hub: Hub): Promise<Hub> => {
  const dynamodb = new DynamoDBClient(hub.aws)
  const names: string[] = []
  for await (const page of paginateListTables({ client: dynamodb }, {}))
    names.push(...(page.TableNames ?? []))
  await Promise.all(names.map(name => madeAnew(dynamodb, name)))
  await emptyInboxes(hub)
  rmSync(join(hub.data, 'keys'), { recursive: true, force: true })
  const signing = await ensureSigningKeys(hub.data)
  const keys = signing.map(({ key }) => key)
  await enterFirst(
    { ...hub, dynamodb },
    { institutions: institutions(), agreements: agreements(), keys: signing.map(s => s.enrol) },
    {
      at: hubNow(hub).toISOString() as Instant,
      console: moduleOf('functions/hub/run-due-work.ts'),
    },
  )
  dynamodb.destroy()
  writeHubFile(hub.data, { url: hub.url, authority: hub.authority, keys })
  return { ...hub, keys }
}
