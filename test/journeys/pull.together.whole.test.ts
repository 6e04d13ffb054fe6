// A pull is one transaction, and yet one message that cannot be delivered keeps no other; a request that was served
// takes no message a second time.
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { unpacked } from '../../functions/aws/packed-members.ts'
import { AwsError, errorAnswerOf } from '../../infra/local/aws-error.ts'
import { raw, send, signed } from './signed-requests.ts'
import { stagesOf } from './stages.ts'
import { verifiedLog } from './verified-log.ts'
import { watchedHub } from './watched-hub.ts'

const hub = await watchedHub({ contradicts: true })
const { igm, ala, submitted } = await stagesOf(hub)
const { dynamodb } = hub
const sqs = new SQSClient(hub.hub.aws)
afterAll(() => sqs.destroy())

const TableName = hub.hub.nameOf('Referrals')
const row = (referralId: string) => ({ TableName, Key: { pk: { S: `referral#${referralId}` } } })
const QueueUrl = `${hub.hub.aws.endpoint}/000000000000/referral-hub-inbox-ALA.fifo`
const pull = (waitSeconds = 0) => ala.pull({ max: 10, waitSeconds })
const subjects = (messages: { event: { subject: string } }[]) =>
  messages.map(({ event }) => event.subject).toSorted()

test('a referral that is gone and one whose envelope is another come not, all others whole', async () => {
  const [gone, altered, ...others] = [
    await submitted(1),
    await submitted(2),
    await submitted(3),
    await submitted(4),
  ]
  await dynamodb.send(new DeleteItemCommand(row(gone?.referralId ?? '')))
  const { Item = {} } = await dynamodb.send(new GetItemCommand(row(altered?.referralId ?? '')))
  const other = { ...unpacked(unmarshall(Item)), envelopeDigest: '0'.repeat(64) }
  await dynamodb.send(new PutItemCommand({ TableName, Item: marshall(other) }))
  const { messages } = (await pull()).body
  expect(subjects(messages)).toEqual(others.map(({ referralId }) => referralId).toSorted())
  for (const { payload, proof } of messages) {
    expect(payload).toBeDefined()
    expect(proof).toBeDefined()
  }
  await ala.ack(messages.map(({ handle }) => handle))
  expect(hub.lines.filter(line => line.includes('"delivery-failed"')).length).toBe(2)
  // They come again when their lease ends, not before.
  expect((await pull()).body.messages).toEqual([])
})

test('of two copies of a referral in one receive one is delivered, and the other is dropped once that is kept', async () => {
  const { referralId } = await submitted(5)
  // As a sweep sends it again after the queue has forgotten it.
  const { Messages: [first] = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }),
  )
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: first?.Body,
      MessageGroupId: referralId,
      MessageDeduplicationId: 'again',
    }),
  )
  const { messages } = (await pull()).body
  expect(subjects(messages)).toEqual([referralId])
  expect(messages[0]?.payload).toBeDefined()
  await ala.ack(messages.map(({ handle }) => handle))
  expect((await pull(1)).body.messages).toEqual([])
})

test('what a queue gave out in an answer that was lost comes with the same pull, delivered once', async () => {
  const { referralId } = await submitted(10)
  let lost = false
  const [{ body }] = await hub.during(
    () => pull(),
    ({ operation }, pass) => {
      if (operation !== 'ReceiveMessage' || lost) return undefined
      lost = true
      return pass().then(() => errorAnswerOf('sqs', new AwsError('InternalError', 'lost', 500)))
    },
  )
  expect(lost).toBe(true)
  const [message, ...others] = body.messages
  expect([message?.event.subject, message?.receiveCount, others]).toEqual([referralId, 1, []])
  await ala.ack([message?.handle ?? ''])
  expect((await pull()).body.messages).toEqual([])
})

test('a pull that was served is refused before it takes what has come since', async () => {
  const request = signed(hub, 'ala-system', {
    path: '/v1/inbox/pull',
    body: '{"max":10,"waitSeconds":0}',
  })
  expect((await send(request)).status).toBe(200)
  const { referralId } = await submitted(6)
  expect((await send(request)).json.code).toBe('nonce-reused')
  const { messages } = (await pull()).body
  expect(messages.map(({ event, receiveCount }) => [event.subject, receiveCount])).toEqual([
    [referralId, 1],
  ])
  await ala.ack(messages.map(({ handle }) => handle))
})

test('nobody waits beside a pull with a copy of it', async () => {
  const request = signed(hub, 'ala-system', {
    path: '/v1/inbox/pull',
    body: '{"max":10,"waitSeconds":8}',
  })
  const waiting = send(request)
  await wait(1500)
  // At once, while the first still waits.
  expect((await send(request)).json.code).toBe('nonce-reused')
  const { referralId } = await submitted(7)
  const { status, json } = await waiting
  expect(status).toBe(200)
  const { messages } = json as unknown as { messages: { event: { subject: string } }[] }
  expect(subjects(messages)).toEqual([referralId])
})

test('a referral that others write all the time comes later, and keeps no other', async () => {
  const [busy, other] = [await submitted(8), await submitted(9)]
  const over = new AbortController()
  const writing = async () => {
    while (!over.signal.aborted)
      await dynamodb.send(
        new UpdateItemCommand({
          ...row(busy.referralId),
          UpdateExpression: 'SET revision = revision + :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      )
  }
  const writers = [writing(), writing()]
  const { status, json } = await raw(hub, 'ala-system', {
    path: '/v1/inbox/pull',
    body: '{"max":10,"waitSeconds":0,"visibilitySeconds":30}',
  })
  over.abort()
  await Promise.all(writers)
  expect(status).toBe(200)
  const { messages } = json as unknown as { messages: { event: { subject: string } }[] }
  expect(subjects(messages)).toContain(other.referralId)
})

test('at the end the log verifies', async () => {
  expect((await igm.listReferrals({ direction: 'sent' })).status).toBe(200)
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
