// Whether the things a referral needs are there, asked of the things themselves.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { DescribeKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { type InTable, toItem } from './dynamodb.ts'
import { now } from './runtime.ts'

/**
 * Anybody may ask, so an instance writes once in this time at most, in milliseconds. A write that failed is tried again
 * at once.
 */
const writeEvery = 1000

/** Throws unless the table takes a write: a full disk, or a table that may only be read, answers reads as ever. */
export const tableProbe = ({ dynamodb, table }: InTable) => {
  let wroteAt = -Infinity
  return async (): Promise<void> => {
    if (performance.now() - wroteAt < writeEvery) return
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem({ pk: 'health' }),
        UpdateExpression: 'SET askedAt = :now',
        ExpressionAttributeValues: toItem({ ':now': now() }),
      }),
    )
    wroteAt = performance.now()
  }
}

/** @param institution whose inbox is asked */
export const inboxProbe = ({
  sqs,
  urlPrefix,
  institution,
}: {
  sqs: SQSClient
  urlPrefix: string
  institution: string
}) => ({
  institution: institution as InstitutionCode,
  ask: async (): Promise<void> => {
    await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: `${urlPrefix}${institution}.fifo`,
        AttributeNames: ['QueueArn'],
      }),
    )
  },
})

/** Throws unless the key is enabled. */
export const keyProbe =
  ({ kms, keyId }: { kms: KMSClient; keyId: string }) =>
  async (): Promise<void> => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyId }))
    if (KeyMetadata?.KeyState !== 'Enabled') throw new Error('the envelope key is not enabled')
  }
