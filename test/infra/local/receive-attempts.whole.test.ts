// Who asks SQS for messages again under the id of its attempt, as functions do whose answer was lost.
import { expect, onTestFinished, test } from 'vitest'
import { openSqs } from '../../../infra/local/sqs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

type Message = { Body: string; ReceiptHandle: string; Attributes: Record<string, string> }

const opened = async () => {
  const sqs = await openSqs(temporaryFolder('attempts', onTestFinished))
  onTestFinished(() => sqs.stop())
  const QueueUrl = 'http://x/000000000000/q.fifo'
  await sqs.ensure({ name: 'q.fifo', attributes: { FifoQueue: 'true' } }, QueueUrl)
  const call = async (action: string, body: object) => {
    const answer = await sqs.call(`AmazonSQS.${action}`, JSON.stringify({ QueueUrl, ...body }))
    expect([action, answer.status]).toEqual([action, 200])
    return JSON.parse(answer.body.toString()) as { Messages?: Message[] }
  }
  const send = (MessageBody: string) =>
    call('SendMessage', {
      MessageBody,
      MessageGroupId: MessageBody,
      MessageDeduplicationId: MessageBody,
    })
  const receive = async (more: object = {}): Promise<Message[]> => {
    const asked = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...more }
    return (await call('ReceiveMessage', asked)).Messages ?? []
  }
  const attempt = (ReceiveRequestAttemptId: string, more: object = {}) =>
    receive({ ReceiveRequestAttemptId, ...more })
  return { call, send, receive, attempt }
}
const secondTime = (Body: string) => ({ Body, Attributes: { ApproximateReceiveCount: '2' } })

test('is given the same, and no other is, until one of it is deleted or given back', async () => {
  const { call, send, receive, attempt } = await opened()
  expect(await attempt('x')).toEqual([])
  await send('one')
  await send('two')
  const first = await attempt('x')
  expect(first.map(({ Body }) => Body)).toEqual(['one', 'two'])
  await send('three')
  expect(await attempt('x')).toEqual(first)
  expect(await receive()).toMatchObject([{ Body: 'three' }])
  await call('DeleteMessage', { ReceiptHandle: first[0]?.ReceiptHandle })
  expect(await attempt('x')).toEqual([])
  const { ReceiptHandle } = first[1] as Message
  await call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 })
  expect(await attempt('x')).toMatchObject([secondTime('two')])
})

test('is given it anew where its lease has run out', async () => {
  const { send, attempt } = await opened()
  await send('one')
  const [given] = await attempt('x', { VisibilityTimeout: 0 })
  const [anew] = await attempt('x', { VisibilityTimeout: 0 })
  expect(anew).toMatchObject(secondTime('one'))
  expect(anew?.ReceiptHandle).not.toBe(given?.ReceiptHandle)
})

test('has the lease begin anew', async () => {
  const { send, receive, attempt } = await opened()
  await send('one')
  const given = await attempt('x', { VisibilityTimeout: 1 })
  expect(await attempt('x', { VisibilityTimeout: 3 })).toEqual(given)
  const before = performance.now()
  await expect.poll(() => receive(), { timeout: 10_000, interval: 100 }).toHaveLength(1)
  expect(performance.now() - before).toBeGreaterThan(2000)
})

test('waits with the first, where that still waits, and is given what it gets', async () => {
  const { send, attempt } = await opened()
  const waiting = [1, 2].map(() => attempt('x', { WaitTimeSeconds: 10 }))
  await send('one')
  const [first, second] = await Promise.all(waiting)
  expect(first).toMatchObject([{ Body: 'one' }])
  expect(second).toEqual(first)
})
