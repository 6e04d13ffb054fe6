// Each institution's SQS FIFO queue: events in order within a referral, ids and ciphertext only.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { QueueMessage } from '../../schemas/inbox.ts'
import { timely, tryLimits } from './deadline.ts'
import { log } from './runtime.ts'

/** Waiting pulls hold a connection each; the usual 50 would make the next caller wait for theirs. */
const sockets = { maxSockets: 1000 }
export const sqsClient = (): SQSClient =>
  timely(
    new SQSClient({
      maxAttempts: 3,
      requestHandler: { ...tryLimits, httpAgent: sockets, httpsAgent: sockets },
    }),
  )

/** A message that was delivered; `receiptHandle` is SQS's name for this delivery. */
export type Received = { receiptHandle: string; receiveCount: number; message: QueueMessage }

export type Inbox = ReturnType<typeof inbox>

/** @param urlPrefix the queues' URL up to the institution's code */
export const inbox = ({ sqs, urlPrefix }: { sqs: SQSClient; urlPrefix: string }) => {
  const url = (institution: InstitutionCode) => `${urlPrefix}${institution}.fifo`
  return {
    /** Sends a message; SQS drops it if it got the same one in the last five minutes (deduplication by event id). */
    send: async (message: QueueMessage): Promise<void> => {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: url(message.inbox),
          MessageBody: JSON.stringify(message),
          MessageGroupId: message.event.subject,
          MessageDeduplicationId: message.event.id,
        }),
      )
    },

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

    /** Takes a delivered message off the queue. A receipt handle that has run out does no harm. */
    remove: (institution: InstitutionCode, receiptHandle: string): Promise<void> =>
      harmless(
        sqs.send(
          new DeleteMessageCommand({ QueueUrl: url(institution), ReceiptHandle: receiptHandle }),
        ),
      ),

    /** Lets a delivered message come again after `delaySeconds`. */
    giveBack: (
      institution: InstitutionCode,
      receiptHandle: string,
      delaySeconds: number,
    ): Promise<void> =>
      harmless(
        sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: url(institution),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: delaySeconds,
          }),
        ),
      ),
  }
}

/**
 * SQS refuses receipt handles of a delivery that is over. The message is visible or gone by then, and the table knows
 * which.
 */
const over = new Set(['ReceiptHandleIsInvalid', 'InvalidParameterValue', 'MessageNotInflight'])
const harmless = async (sent: Promise<unknown>): Promise<void> => {
  try {
    await sent
  } catch (error) {
    if (!(error instanceof Error && over.has(error.name))) throw error
  }
}
