import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSqs } from '../../../infra/local/sqs.ts'
import { machineFolder, machineWith, resources, role } from './fragment.ts'
import { startedQueue } from './own-queue.ts'

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

/** `GET /v1/wait` is answered by a function that may receive, and takes longer than the wait. */
const waitingRoute = {
  StoreRole: role({
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'kms:Decrypt'],
    Resource: [arn('Inbox'), arn('StorageKey')],
  }),
  Store: {
    ...resources['Store'],
    Properties: {
      ...(resources['Store'] as { Properties: object }).Properties,
      Timeout: 25,
    },
  },
  StoreIntegration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arn('Store'),
      PayloadFormatVersion: '2.0',
    },
  },
  Wait: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { RouteKey: 'GET /v1/wait', Target: 'integrations/StoreIntegration' },
  },
}

/**
 * How many transactions SQLite's write-ahead log of the queues in `folder` holds: frames that say how large the
 * database is after them (https://www.sqlite.org/fileformat.html §4.1), since the log began again.
 */
const commitsIn = (folder: string): number => {
  const wal = readFileSync(join(folder, 'queues', 'fauxqs.db-wal'))
  const frame = 24 + wal.readUInt32BE(8)
  const salts = wal.toString('hex', 16, 24)
  let commits = 0
  for (let at = 32; at + frame <= wal.length; at += frame)
    if (wal.toString('hex', at + 8, at + 16) === salts && wal.readUInt32BE(at + 4) > 0) commits++
  return commits
}

/** The name of the error that `command` ends in. */
const refusalOf = (command: Promise<unknown>): Promise<string | undefined> =>
  command.then(
    () => undefined,
    (error: unknown) => (error as Error).name,
  )

describe('the embedded SQS', { timeout: 30_000 }, () => {
  test('has the queues of the template with their attributes', async () => {
    const { machine, sqs, QueueUrl } = await startedQueue()
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    )
    expect(Attributes).toMatchObject({
      FifoQueue: 'true',
      VisibilityTimeout: '30',
      ContentBasedDeduplication: 'false',
    })
    expect(JSON.parse(Attributes?.['RedrivePolicy'] ?? '')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:parked.fifo',
      maxReceiveCount: 2,
    })
    expect(QueueUrl).toBe(`${machine.aws.endpoint}/000000000000/inbox.fifo`)
  })

  test('delivers a message that was given back at once, and keeps it given back across a restart', async () => {
    const first = await startedQueue()
    await first.send('one')
    const [message] = await first.receive()
    expect(await first.receive()).toEqual([])
    await first.visible(message?.ReceiptHandle, 0)
    const [again] = await first.receive()
    expect(again).toMatchObject({ Body: 'one', Attributes: { ApproximateReceiveCount: '2' } })
    await first.visible(again?.ReceiptHandle, 0)
    await first.machine.stop()
    const second = await startedQueue(first.folder)
    const [parked] = [
      await second.receive(),
      await second.receive(second.machine.nameOf('Parked')),
    ].flat()
    expect(parked).toMatchObject({ Body: 'one' })
  })

  test('waits for the disk once a call, however many messages it sends, gives out or deletes', async () => {
    const { folder, sqs, QueueUrl, send, receive } = await startedQueue()
    const commitsOf = async <T>(call: Promise<T>): Promise<{ commits: number; answer: T }> => {
      const before = commitsIn(folder)
      const answer = await call
      return { commits: commitsIn(folder) - before, answer }
    }
    const Entries = Array.from({ length: 10 }, (_, n) => ({
      Id: `m${n}`,
      MessageBody: `body ${n}`,
      MessageGroupId: `g${n}`,
      MessageDeduplicationId: `d${n}`,
    }))
    expect(await commitsOf(send('one'))).toMatchObject({ commits: 1 })
    expect(
      await commitsOf(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))),
    ).toMatchObject({ commits: 1, answer: { Successful: Entries.map(({ Id }) => ({ Id })) } })
    const received = await commitsOf(receive())
    expect([received.commits, received.answer.length]).toEqual([1, 10])
    const deleted = new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: received.answer.map(({ ReceiptHandle }, n) => ({ Id: `m${n}`, ReceiptHandle })),
    })
    expect(await commitsOf(sqs.send(deleted))).toMatchObject({ commits: 1 })
    expect(await receive()).toMatchObject([{ Body: 'body 9' }])
  })

  test('names what it cannot do, and what it refuses, in the words of the SDK', async () => {
    const { sqs, QueueUrl } = await startedQueue()
    const gone = QueueUrl.replace('inbox', 'nowhere')
    expect(await refusalOf(sqs.send(new ReceiveMessageCommand({ QueueUrl: gone })))).toMatch(
      'QueueDoesNotExist',
    )
    expect(
      await refusalOf(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }))),
    ).toMatch('EmptyBatchRequest')
    expect(await refusalOf(sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl })))).toBe(
      'InvalidAction',
    )
  })

  test('parks a message after as many deliveries as the template says', async () => {
    const { machine, send, receive, visible } = await startedQueue()
    await send('one')
    for (let index = 0; index < 2; index++) await visible((await receive())[0]?.ReceiptHandle, 0)
    expect(await receive()).toEqual([])
    expect(await receive(machine.nameOf('Parked'))).toMatchObject([{ Body: 'one' }])
  })

  test('answers who waits for messages when one comes', async () => {
    const { send, receive } = await startedQueue()
    const waiting = receive(undefined, 20)
    await new Promise(done => setTimeout(done, 100))
    const before = performance.now()
    await send('one')
    expect(await waiting).toMatchObject([{ Body: 'one' }])
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test('a stop ends what waits for messages, and who asked gets an empty answer', async () => {
    const machine = await machineWith(waitingRoute)
    machine.serve()
    await fetch(`${machine.url}/v1/wait?call=put`)
    const waiting = fetch(`${machine.url}/v1/wait?call=wait`)
    await new Promise(done => setTimeout(done, 500))
    const before = performance.now()
    await machine.stop()
    expect(performance.now() - before).toBeLessThan(5000)
    const answer = (await (await waiting).json()) as object
    expect(answer).toMatchObject({
      done: true,
      result: expect.not.objectContaining({ Messages: expect.anything() }),
    })
  })

  test('nobody waits for messages once the hub is stopping', async () => {
    const queues = await openSqs(machineFolder())
    onTestFinished(() => queues.stop())
    await queues.ensure({ name: 'q.fifo', attributes: { FifoQueue: 'true' } }, 'unused')
    queues.drain()
    const before = performance.now()
    const body = JSON.stringify({ QueueUrl: 'http://x/000000000000/q.fifo', WaitTimeSeconds: 20 })
    expect((await queues.call('AmazonSQS.ReceiveMessage', body)).status).toBe(200)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})
