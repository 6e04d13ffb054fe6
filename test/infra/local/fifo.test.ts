// The embedded queues give out as SQS does (SQS developer guide, *FIFO delivery logic*).
import { DeleteMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { holdPortOf } from '../../held-port.ts'
import { startedQueue } from './own-queue.ts'

const bodiesOf = (messages: { Body?: string | undefined }[]) => messages.map(({ Body }) => Body)

describe('a queue of groups', { timeout: 30_000 }, () => {
  test('gives out as many of a group as there are, in their order, and nobody else any of it', async () => {
    const { sqs, QueueUrl, send, receive, visible } = await startedQueue()
    for (const body of ['a1', 'b1', 'a2', 'a3', 'b2']) await send(body, body[0])
    const first = await receive()
    expect(bodiesOf(first)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2'])
    await send('a4', 'a')
    expect(await receive()).toEqual([])
    // Given back in another order: each stands where it stood, and the group is free once none of it is out.
    const [a1, a2, a3] = first.map(({ ReceiptHandle }) => ReceiptHandle)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: a1 }))
    await visible(a2, 0)
    expect(await receive()).toEqual([])
    await visible(a3, 0)
    expect(bodiesOf(await receive())).toEqual(['a2', 'a3', 'a4'])
  })

  test('has what ran out together in its order again', async () => {
    const { send, receive, visible } = await startedQueue()
    for (const body of ['a1', 'a2', 'a3']) await send(body, 'a')
    for (const { ReceiptHandle } of await receive()) await visible(ReceiptHandle, 1)
    const again = await receive(undefined, 5)
    expect(bodiesOf(again)).toEqual(['a1', 'a2', 'a3'])
  })

  test('keeps order within a group across a restart, under the same name at another address', async () => {
    const first = await startedQueue()
    for (const body of ['a1', 'a2', 'a3']) await first.send(body, 'a')
    const out = await first.receive()
    await first.machine.stop()
    await holdPortOf(first.machine.aws.endpoint)
    const second = await startedQueue(first.folder)
    expect(second.QueueUrl).not.toBe(first.QueueUrl)
    // Still in the hands of whoever received it: nothing after it in its group is given out.
    expect(await second.receive()).toEqual([])
    for (const { ReceiptHandle } of out.toReversed()) await second.visible(ReceiptHandle, 0)
    const bodies = bodiesOf(await second.receive())
    expect(bodies).toEqual(['a1', 'a2', 'a3'])
  })
})
