// What a batch is judged by: every table in it and every key, or the action of each of its messages.
import { expect, test } from 'vitest'
import { permissionsFor } from '../../../infra/local/access.ts'
import { openKeyFile } from '../../../infra/local/key-file.ts'
import { queueArn, tableArn } from '../../../infra/local/names.ts'
import { join } from 'node:path'
import { machineFolder } from './fragment.ts'

const judged = (service: 'dynamodb' | 'sqs', operation: string, body: object) => {
  const keys = openKeyFile(join(machineFolder(), 'kms.json'), () => 0)
  return permissionsFor(service, operation, body, { keys, storageKeys: new Map() })
}
const about = (action: string, table: string, ...keys: string[]) => ({
  action: `dynamodb:${action}`,
  resource: tableArn(table),
  context: { 'dynamodb:leadingkeys': keys },
})
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } })

test('a batch that reads needs each of its tables, for all the keys in it', () => {
  const RequestItems = { One: { Keys: [key('a'), key('b')] }, Two: { Keys: [key('c')] } }
  expect(judged('dynamodb', 'BatchGetItem', { RequestItems })).toEqual([
    about('BatchGetItem', 'One', 'a', 'b'),
    about('BatchGetItem', 'Two', 'c'),
  ])
})

test('a batch that writes needs each of its tables, for the keys of what it puts and deletes', () => {
  const One = [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }]
  expect(judged('dynamodb', 'BatchWriteItem', { RequestItems: { One } })).toEqual([
    about('BatchWriteItem', 'One', 'a', 'b'),
  ])
})

test('a batch that does not say which rows it is about is judged by nobody: it throws', () => {
  for (const asked of [{}, [{ PutRequest: {} }, { Other: {} }], 'all'])
    expect(() => judged('dynamodb', 'BatchWriteItem', { RequestItems: { One: asked } })).toThrow()
})

test.each([
  ['SendMessageBatch', 'SendMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
])('%s needs what %s needs', (batch, one) => {
  const QueueUrl = 'http://127.0.0.1/000000000000/inbox.fifo'
  const needed = [{ action: `sqs:${one}`, resource: queueArn('inbox.fifo'), context: {} }]
  expect(judged('sqs', batch, { QueueUrl, Entries: [] })).toEqual(needed)
  expect(judged('sqs', one, { QueueUrl })).toEqual(needed)
})
