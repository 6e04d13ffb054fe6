// Whether the things a referral needs are there, asked of the things themselves.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DescribeKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { getRow } from './dynamodb.ts'

export type Health = ReturnType<typeof health>

/** `institution`: whose directory row and inbox are asked for. */
export const health = (deps: {
  dynamodb: DynamoDBClient
  directoryTable: string
  sqs: SQSClient
  urlPrefix: string
  kms: KMSClient
  keyId: string
  institution: string
}) => ({
  table: async () => {
    const row = await getRow(deps.dynamodb, deps.directoryTable, {
      pk: `institution#${deps.institution}`,
    })
    if (!row) throw new Error('the directory is empty')
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
})
