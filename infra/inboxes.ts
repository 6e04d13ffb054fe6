// One FIFO queue per institution: events of one referral in order, and parked, not dropped, after five deliveries.
import { Aws, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import type { Key } from 'aws-cdk-lib/aws-kms'
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs'
import { deliveriesBeforeParking } from '../schemas/inbox.ts'

/** What a queue of an institution is called. */
export const queueNameOf = (prefix: string, kind: 'inbox' | 'parked', code: string): string =>
  `${prefix}-${kind}-${code}.fifo`

/** The ARN of every inbox of a stage; with a code, of one. No parked queue is called so. */
export const inboxArn = (prefix: string, code = '*'): string =>
  `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${queueNameOf(prefix, 'inbox', code)}`

/** An institution's inbox as it is made. */
export type Inbox = { readonly code: string; readonly inbox: Queue; readonly parked: Queue }

/** @param prefix what the names of the stage begin with (stage.ts) */
export const addInbox = (
  stack: Stack,
  code: string,
  { prefix, encryptionMasterKey }: { prefix: string; encryptionMasterKey: Key },
): Inbox => {
  const queue = (id: string, kind: 'inbox' | 'parked', props: QueueProps = {}) =>
    new Queue(stack, id, {
      queueName: queueNameOf(prefix, kind, code),
      fifo: true,
      contentBasedDeduplication: false,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(300),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...props,
    })
  const parked = queue(`Parked${code}`, 'parked')
  const inbox = queue(`Inbox${code}`, 'inbox', {
    deadLetterQueue: { queue: parked, maxReceiveCount: deliveriesBeforeParking },
  })
  return { code, inbox, parked }
}
