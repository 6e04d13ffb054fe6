import {
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { startDynamoDb } from '../../../infra/local/dynamodb.ts'
import { type TableSpec, sweepExpired } from '../../../infra/local/provision.ts'
import { machineWith, resources, machineFolder } from './fragment.ts'

const TableName = 'referral-hub-Things'
const spec: TableSpec = {
  name: TableName,
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
}

const report = () => {}

test('tables have the keys and indexes of the template, and their rows survive a restart', async () => {
  const folder = machineFolder()
  const first = await machineWith({}, { folder })
  const { Table } = await first.dynamodb.send(new DescribeTableCommand({ TableName }))
  expect(Table?.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }])
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).toSorted()).toEqual([
    'by-other',
    'by-owner',
  ])
  await first.dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'kept' } } }))
  await first.stop()
  const second = await machineWith({}, { folder })
  const { Item } = await second.dynamodb.send(
    new GetItemCommand({ TableName, Key: { pk: { S: 'kept' } } }),
  )
  expect(Item).toEqual({ pk: { S: 'kept' } })
})

test('an index that the template has since then is made, with the rows that are there', async () => {
  const folder = machineFolder()
  const { Properties } = resources['Things'] as {
    Properties: { GlobalSecondaryIndexes: unknown[]; AttributeDefinitions: unknown[] }
  }
  const Things = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      ...Properties,
      GlobalSecondaryIndexes: Properties.GlobalSecondaryIndexes.filter(
        index => (index as { IndexName: string }).IndexName === 'by-owner',
      ),
      AttributeDefinitions: Properties.AttributeDefinitions.filter(
        each => (each as { AttributeName: string }).AttributeName !== 'other',
      ),
    },
  }
  const first = await machineWith({ Things }, { folder })
  const Item = { pk: { S: 'kept' }, other: { S: 'there' } }
  await first.dynamodb.send(new PutItemCommand({ TableName, Item }))
  await first.stop()
  const { dynamodb } = await machineWith({}, { folder })
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, IndexName: 'by-other' }))
  expect(Items.map(({ pk }) => pk?.S)).toEqual(['kept'])
})

test('a table that has an index more than the template is not used', async () => {
  const folder = machineFolder()
  await (await machineWith({}, { folder })).stop()
  const { Properties } = resources['Things'] as { Properties: Record<string, unknown> }
  const { GlobalSecondaryIndexes: _, ...properties } = Properties
  const Things = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      ...properties,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    },
  }
  await expect(machineWith({ Things }, { folder })).rejects.toThrow('other keys or indexes')
})

test('rows whose time to live has passed are swept, and no others', async () => {
  const { dynamodb } = await machineWith()
  const now = Date.UTC(2026, 10, 21)
  const seconds = now / 1000
  const put = (pk: string, expiresAt?: number) =>
    dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: {
          pk: { S: pk },
          ...(expiresAt !== undefined && { expiresAt: { N: String(expiresAt) } }),
        },
      }),
    )
  await Promise.all([
    put('past', seconds - 1),
    put('now', seconds),
    put('later', seconds + 1),
    put('never'),
  ])
  await sweepExpired(dynamodb, [spec], now)
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }))
  expect(new Set(Items.map(({ pk }) => pk?.S))).toEqual(new Set(['later', 'never', 'now']))
})

test('tables can be on a DynamoDB that somebody else runs; one that does not answer is named', async () => {
  const folder = machineFolder()
  const foreign = await startDynamoDb({ folder, foreign: undefined, report })
  onTestFinished(() => foreign.stop())
  process.env['HUB_DYNAMODB_ENDPOINT'] = foreign.endpoint
  onTestFinished(() => void delete process.env['HUB_DYNAMODB_ENDPOINT'])
  const machine = await machineWith()
  await machine.dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'there' } } }))
  await machine.stop()
  const body = JSON.stringify({ TableName, Key: { pk: { S: 'there' } } })
  const answer = await foreign.call('DynamoDB_20120810.GetItem', body)
  expect(JSON.parse(String(answer.body))).toEqual({ Item: { pk: { S: 'there' } } })
  const nobody = { folder, foreign: 'http://127.0.0.1:9/', report }
  await expect(startDynamoDb(nobody)).rejects.toThrow('nothing answers at HUB_DYNAMODB_ENDPOINT')
  await expect(startDynamoDb({ ...nobody, foreign: 'table' })).rejects.toThrow('is no URL')
})
