// A machine with a queue, for tests of the embedded SQS.
import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { onTestFinished } from 'vitest'
import { machineFolder, machineWith } from './fragment.ts'

/** Stops with the test. */
export const startedQueue = async (folder = machineFolder()) => {
  const machine = await machineWith({}, { folder })
  const sqs = new SQSClient(machine.aws)
  onTestFinished(() => sqs.destroy())
  const QueueUrl = machine.nameOf('Inbox')
  const send = (body: string, group = 'g') =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: body,
        MessageGroupId: group,
        MessageDeduplicationId: body,
      }),
    )
  const receive = async (from = QueueUrl, WaitTimeSeconds = 0) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: from,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds,
        MessageSystemAttributeNames: ['All'],
      }),
    )
    return Messages
  }
  const visible = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
  return { machine, sqs, folder, QueueUrl, send, receive, visible }
}
