// Each institution's SQS FIFO queue: events in order within a referral, ids and ciphertext only.
import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs'
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols'
import { Refused } from '../../events/refusal.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { QueueMessage } from '../../schemas/inbox.ts'
import { awsClient } from './client.ts'
import { tryLimits } from './deadline.ts'
import { log, newId } from './runtime.ts'

/** Waiting pulls hold a connection each; the usual 50 would make the next caller wait for theirs. */
const maxSockets = 1000

/** @param urlPrefix the queues' URL up to the institution's code; SQS is where they are */
export const sqsClient = (urlPrefix: string): SQSClient =>
  awsClient({
    service: 'sqs',
    endpoint: new URL(urlPrefix).origin,
    protocol: new AwsJson1_0Protocol({
      defaultNamespace: 'com.amazonaws.sqs',
      serviceTarget: 'AmazonSQS',
      // It tells errors as it did before it spoke JSON, and we go by those codes.
      awsQueryCompatible: true,
    }),
    maxAttempts: 3,
    maxSockets,
  })

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const

/** A message that was delivered; `receiptHandle` is SQS's name for this delivery. */
export type Received = { receiptHandle: string; receiveCount: number; message: QueueMessage }

export type Inbox = ReturnType<typeof inbox>

/** @param urlPrefix the queues' URL up to the institution's code */
export const inbox = ({ sqs, urlPrefix }: { sqs: SQSClient; urlPrefix: string }) => {
  const url = (institution: InstitutionCode) => `${urlPrefix}${institution}.fifo`
  return {
    /**
     * Sends messages to one inbox, all of different referrals: SQS promises an order within a group, and says nothing
     * of the entries of one batch. Answers which were not taken.
     */
    send: async (
      institution: InstitutionCode,
      messages: readonly QueueMessage[],
    ): Promise<QueueMessage[]> => {
      const failed: QueueMessage[] = []
      const bodies = messages.map(message => JSON.stringify(message))
      for (const batch of batchesOf(bodies)) {
        const { Failed = [] } = await sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: url(institution),
            Entries: batch.map(n => entryOf(String(n), messages[n] as QueueMessage)),
          }),
        )
        failed.push(...Failed.flatMap(({ Id }) => messages[Number(Id)] ?? []))
      }
      return failed
    },

    /** Messages that a queue has, waiting or out: about so many, for SQS counts a moment behind. */
    count: async (institution: InstitutionCode): Promise<number> => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url(institution), AttributeNames: [...counts] }),
      )
      return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
    },

    /**
     * Leases messages. A try whose answer was lost is tried again under the same id, and is given the same: else they
     * would be leased to nobody, and one of their deliveries spent. `receiveCount`: how often SQS has given this copy
     * out.
     */
    receive: async (
      institution: InstitutionCode,
      {
        max,
        waitSeconds,
        visibilitySeconds,
      }: { max: number; waitSeconds: number; visibilitySeconds: number },
    ): Promise<Received[]> => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url(institution),
          ReceiveRequestAttemptId: newId(),
          MaxNumberOfMessages: max,
          WaitTimeSeconds: waitSeconds,
          VisibilityTimeout: visibilitySeconds,
          MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        }),
        { requestTimeout: waitSeconds * 1000 + tryLimits.requestTimeout },
      )
      return (Messages ?? []).flatMap(({ Body, ReceiptHandle, Attributes }) => {
        try {
          return [
            {
              receiptHandle: ReceiptHandle as string,
              receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
              message: QueueMessage.parse(JSON.parse(Body as string)),
            },
          ]
        } catch {
          // Left unacknowledged: after five deliveries it is parked for a person to look at.
          log('error', 'unreadable-message', { institution })
          return []
        }
      })
    },

    /** Takes at most ten delivered messages off the queue. A receipt handle that has run out does no harm. */
    remove: async (
      institution: InstitutionCode,
      receiptHandles: readonly string[],
    ): Promise<void> => {
      if (receiptHandles.length === 0) return
      const { Failed } = await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: url(institution),
          Entries: entriesOf(receiptHandles),
        }),
      )
      harmless(Failed)
    },

    /** Lets at most ten delivered messages come again after `delaySeconds`. */
    giveBack: async (
      institution: InstitutionCode,
      receiptHandles: readonly string[],
      delaySeconds: number,
    ): Promise<void> => {
      if (receiptHandles.length === 0) return
      const { Failed } = await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: url(institution),
          Entries: entriesOf(receiptHandles, { VisibilityTimeout: delaySeconds }),
        }),
      )
      harmless(Failed)
    },
  }
}

/**
 * A message as an entry of a batch, in its referral's group. SQS drops what it got in the last five minutes under the
 * same deduplication id: the event's, the first time. Sent again it is another message to SQS, which may have lost the
 * one before a minute ago.
 */
const entryOf = (Id: string, message: QueueMessage) => {
  const { event, sentBefore } = message
  return {
    Id,
    MessageBody: JSON.stringify(message),
    MessageGroupId: event.subject,
    MessageDeduplicationId: sentBefore === undefined ? event.id : `${event.id}.${sentBefore}`,
  }
}

/** Delivered messages as entries of a batch. */
const entriesOf = <M extends object>(receiptHandles: readonly string[], more?: M) =>
  receiptHandles.map((ReceiptHandle, n) => ({ Id: String(n), ReceiptHandle, ...more }))

/** A batch takes ten messages, and 256 KiB of them. */
const [batchMessages, batchBytes] = [10, 256 * 1024]

/** Places of bodies, in order, as many together as a batch takes. */
const batchesOf = (bodies: readonly string[]): number[][] => {
  const batches: number[][] = []
  let bytes = Infinity
  for (const [n, body] of bodies.entries()) {
    const size = Buffer.byteLength(body)
    const last = batches.at(-1)
    if (last && last.length < batchMessages && bytes + size <= batchBytes) {
      last.push(n)
      bytes += size
    } else {
      batches.push([n])
      bytes = size
    }
  }
  return batches
}

/**
 * SQS refuses receipt handles of a delivery that is over. The message is visible or gone by then, and the table knows
 * which.
 */
const over = new Set(['ReceiptHandleIsInvalid', 'InvalidParameterValue', 'MessageNotInflight'])
const harmless = (failed: readonly BatchResultErrorEntry[] = []): void => {
  const fault = failed.find(({ Code = '' }) => !over.has(Code.replace(/^.*\./, '')))
  if (!fault) return
  log('warn', 'not-settled', { error: fault.Code })
  throw new Refused('unavailable')
}
