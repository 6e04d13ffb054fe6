// Whether the things a referral needs are there, asked of the things themselves.
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { DescribeKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { getRow, toItem } from './dynamodb.ts'
import { now } from './runtime.ts'

export type Health = ReturnType<typeof health>

/** Anybody may ask, so an instance writes once in this time at most, in milliseconds. A write that failed is tried again at once. */
const writeEvery = 1000

/** `institution`: whose directory row and inbox are asked for. */
export const health = (deps: {
  dynamodb: DynamoDBClient
  directoryTable: string
  requestsTable: string
  sqs: SQSClient
  urlPrefix: string
  kms: KMSClient
  keyId: string
  institution: string
}) => {
  let wroteAt = -Infinity

  /** A full disk, or a table that may only be read, answers reads as ever. */
  const write = async () => {
    if (performance.now() - wroteAt < writeEvery) return
    await deps.dynamodb.send(
      new UpdateItemCommand({
        TableName: deps.requestsTable,
        Key: toItem({ pk: 'health' }),
        UpdateExpression: 'SET askedAt = :now',
        ExpressionAttributeValues: toItem({ ':now': now() }),
      }),
    )
    wroteAt = performance.now()
  }

  return {
    table: async () => {
      const row = await getRow(deps.dynamodb, deps.directoryTable, {
        pk: `institution#${deps.institution}`,
      })
      if (!row) throw new Error('the directory is empty')
      await write()
    },
    queue: async () => {
      await deps.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: `${deps.urlPrefix}${deps.institution}.fifo`,
          AttributeNames: ['QueueArn'],
        }),
      )
    },
    key: async () => {
      const { KeyMetadata } = await deps.kms.send(new DescribeKeyCommand({ KeyId: deps.keyId }))
      if (KeyMetadata?.KeyState !== 'Enabled') throw new Error('the envelope key is not enabled')
    },
  }
}
