// That the embedded DynamoDB counts capacity as DynamoDB does, for units are what it says. The rules are those of the
// DynamoDB Developer Guide ("DynamoDB item sizes and formats", "Amazon DynamoDB Transactions: How it works",
// "Using Global Secondary Indexes"), and where these leave something open, what was measured at DynamoDB itself
// (github.com/paritysuite/dynamodb-conformance, issues 124 and 149, pull request 67).
import {
  CreateTableCommand,
  DynamoDBClient,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'

const { hub } = await ownHub()
const dynamodb = new DynamoDBClient(hub.aws)
const TableName = 'rows-of-known-size'
await dynamodb.send(
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'by', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'everything',
        KeySchema: [{ AttributeName: 'by', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
      {
        IndexName: 'keys',
        KeySchema: [{ AttributeName: 'by', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }),
)

let last = 0
/** A row of 2,500 bytes or so, 3 KB when rounded up, and its key. */
const row = async (by?: string) => {
  const pk = { S: `row-${(last += 1)}` }
  const Item = { pk, filled: { S: 'x'.repeat(2500) }, ...(by !== undefined && { by: { S: by } }) }
  await dynamodb.send(new PutItemCommand({ TableName, Item }))
  return { Item, Key: { pk } }
}
const transact = async (...TransactItems: TransactWriteItem[]) => {
  const { ConsumedCapacity: [consumed] = [] } = await dynamodb.send(
    new TransactWriteItemsCommand({ TransactItems, ReturnConsumedCapacity: 'INDEXES' }),
  )
  const { everything, keys } = consumed?.GlobalSecondaryIndexes ?? {}
  return [consumed?.Table, everything, keys].map(arm => arm?.CapacityUnits ?? 0)
}
const put = (Item: Record<string, { S: string }>) => ({ Put: { TableName, Item } })

test.each<[name: string, write: () => Promise<TransactWriteItem>, units: number[]]>([
  ['a small row in no index costs 2', async () => put({ pk: { S: 'small' } }), [2, 0, 0]],
  [
    'a row of 3 KB costs 6, and its indexes what they hold of it, once',
    async () => put({ ...(await row()).Item, pk: { S: 'large' }, by: { S: 'a' } }),
    [6, 3, 1],
  ],
  [
    'one that becomes small costs what it was',
    async () => put({ pk: (await row()).Key.pk }),
    [6, 0, 0],
  ],
  [
    'an update costs the whole row',
    async () => ({
      Update: {
        TableName,
        Key: (await row()).Key,
        UpdateExpression: 'SET added = :a',
        ExpressionAttributeValues: { ':a': { S: 'a' } },
      },
    }),
    [6, 0, 0],
  ],
  [
    'an index that does not hold what has changed costs nothing',
    async () => ({
      Update: {
        TableName,
        Key: (await row('a')).Key,
        UpdateExpression: 'SET added = :a',
        ExpressionAttributeValues: { ':a': { S: 'a' } },
      },
    }),
    [6, 3, 0],
  ],
  [
    'another key of an index costs twice there',
    async () => ({
      Update: {
        TableName,
        Key: (await row('a')).Key,
        UpdateExpression: 'SET #by = :b',
        ExpressionAttributeNames: { '#by': 'by' },
        ExpressionAttributeValues: { ':b': { S: 'b' } },
      },
    }),
    [6, 6, 2],
  ],
  [
    'a row that leaves the indexes costs once there',
    async () => ({
      Update: {
        TableName,
        Key: (await row('a')).Key,
        UpdateExpression: 'REMOVE #by',
        ExpressionAttributeNames: { '#by': 'by' },
      },
    }),
    [6, 3, 1],
  ],
  [
    'a deletion costs what was there',
    async () => ({ Delete: { TableName, Key: (await row('a')).Key } }),
    [6, 3, 1],
  ],
  [
    'a condition costs a write of the row it looks at',
    async () => ({
      ConditionCheck: {
        TableName,
        Key: (await row('a')).Key,
        ConditionExpression: 'attribute_exists(pk)',
      },
    }),
    [6, 0, 0],
  ],
])('in a transaction %s', async (_, write, units) => {
  expect(await transact(await write())).toEqual(units)
})

test('a consistent read costs one for 4 KB, and as much for a row that is not there', async () => {
  const [{ Key }, nowhere] = [await row(), { pk: { S: 'nowhere' } }]
  const { ConsumedCapacity } = await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: { [TableName]: { ConsistentRead: true, Keys: [Key, nowhere] } },
      ReturnConsumedCapacity: 'INDEXES',
    }),
  )
  expect(ConsumedCapacity?.[0]?.CapacityUnits).toBe(2)
})
