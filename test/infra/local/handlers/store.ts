// Does one AWS call with nothing but its environment, as a deployed function would, and says how it ended.
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { DecryptCommand, GenerateDataKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const dynamodb = new DynamoDBClient({ maxAttempts: 1 })
const kms = new KMSClient({ maxAttempts: 1 })
const sqs = new SQSClient({ maxAttempts: 1 })
const env = (name: string) => process.env[name] as string

const TableName = env('TABLE')
const row = (pk: string) => ({ pk: { S: pk }, owner: { S: 'me' } })
const byOwner = {
  TableName,
  KeyConditionExpression: '#owner = :me',
  ExpressionAttributeNames: { '#owner': 'owner' },
  ExpressionAttributeValues: { ':me': { S: 'me' } },
}

const calls: Record<string, () => Promise<unknown>> = {
  put: () => dynamodb.send(new PutItemCommand({ TableName, Item: row('one') })),
  get: async () =>
    (await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: 'one' } } }))).Item,
  'put in transaction': () =>
    dynamodb.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: row('two') } }] }),
    ),
  'delete in transaction': () =>
    dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: row('three') } },
          { Delete: { TableName, Key: { pk: { S: 'one' } } } },
        ],
      }),
    ),
  scan: () => dynamodb.send(new ScanCommand({ TableName })),
  'query index': () => dynamodb.send(new QueryCommand({ ...byOwner, IndexName: 'by-owner' })),
  'query other index': () => dynamodb.send(new QueryCommand({ ...byOwner, IndexName: 'by-other' })),
  send: () =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: env('QUEUE'),
        MessageBody: 'm',
        MessageGroupId: 'g',
        MessageDeduplicationId: 'd',
      }),
    ),
  receive: () => sqs.send(new ReceiveMessageCommand({ QueueUrl: env('QUEUE') })),
  wait: () => sqs.send(new ReceiveMessageCommand({ QueueUrl: env('QUEUE'), WaitTimeSeconds: 20 })),
  seal: () =>
    kms.send(
      new GenerateDataKeyCommand({
        KeyId: env('KEY'),
        KeySpec: 'AES_256',
        EncryptionContext: { referralId: 'r' },
      }),
    ),
  'seal for anything': () =>
    kms.send(
      new GenerateDataKeyCommand({
        KeyId: env('KEY'),
        KeySpec: 'AES_256',
        EncryptionContext: { other: 'x' },
      }),
    ),
  'seal for nothing': () =>
    kms.send(new GenerateDataKeyCommand({ KeyId: env('KEY'), KeySpec: 'AES_256' })),
  'seal under the storage key': () =>
    kms.send(new GenerateDataKeyCommand({ KeyId: env('STORAGE_KEY'), KeySpec: 'AES_256' })),
  open: () =>
    kms.send(
      new DecryptCommand({
        CiphertextBlob: Buffer.alloc(80, 1),
        EncryptionContext: { referralId: 'r' },
      }),
    ),
  sign: () =>
    kms.send(
      new SignCommand({
        KeyId: env('LOG_KEY'),
        Message: Buffer.from('m'),
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    ),
}

/** `event.call`, or the query's: one of the names above. Resolves to `done` or the SDK's error name and message. */
export const handler = async (event: {
  call?: string
  queryStringParameters?: { call: string }
}): Promise<unknown> => {
  try {
    const result = await calls[event.call ?? event.queryStringParameters?.call ?? '']?.()
    return { done: true, result }
  } catch (error) {
    const { name, message } = error as Error
    return { done: false, name, message }
  }
}
