// A redrive that is cut off: whatever it had sent by then, and whatever the queue still had, the next one or the sweep
// sends the rest, each message once to whoever pulls.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { PurgeQueueCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, expect, test } from 'vitest'
import { snapshotIn } from '../../fsck/data-folder.ts'
import { QueueMessage } from '../../schemas/inbox.ts'
import { injector } from '../faults/inject.ts'
import { unlimited } from '../unlimited.ts'
import { callerOf } from './callers.ts'
import { idempotencyKey } from './signed-requests.ts'
import { rowsOf } from './drill.ts'
import { ownHub } from './own-hub.ts'
import { stagesOf } from './stages.ts'
import { verifiedLog } from './verified-log.ts'
import { takeAll } from './take-all.ts'

const { around, during } = injector()
const place = await ownHub({ rate: unlimited, around })
const { hub } = place
const { ala, submitted } = await stagesOf(place)
const liaison = await callerOf(place, 'ala-liaison')
const [sqs, dynamodb] = [new SQSClient(hub.aws), new DynamoDBClient(hub.aws)]
afterAll(() => {
  sqs.destroy()
  dynamodb.destroy()
})
const QueueUrl = hub.nameOf('InboxALA')

const subjectOf = (body: string): string => QueueMessage.parse(JSON.parse(body)).event.subject
/** Read where the queue lies: nothing is delivered by it. */
const messages = () =>
  snapshotIn(place.data).queues.flatMap(({ queue, inbox, body }) =>
    queue === 'inbox' && inbox === 'ALA' ? [body] : [],
  )
const inQueue = () => new Set(messages().map(subjectOf))
const redrive = async () => (await liaison.redrive()).body.redriven
const underWay = async () =>
  (await rowsOf(hub, 'Outbox')).filter(
    ({ pk, since }) => pk?.S === 'redrive#ALA' && since !== undefined,
  ).length

/** Those that the queue keeps are owed for longer: a redrive sends them first. */
const keptFirst = async (kept: number, lost: number) => {
  const all: string[] = []
  let bodies: string[] = []
  for (let n = 1; n <= kept + lost; n++) {
    all.push((await submitted(n)).referralId)
    if (n === kept) bodies = messages()
  }
  return {
    all: new Set(all),
    /** The queue loses all but those. */
    lose: async () => {
      await sqs.send(new PurgeQueueCommand({ QueueUrl }))
      for (const MessageBody of bodies)
        await sqs.send(
          new SendMessageCommand({
            QueueUrl,
            MessageBody,
            MessageGroupId: subjectOf(MessageBody),
            MessageDeduplicationId: idempotencyKey(),
          }),
        )
    },
  }
}

const kept = 12
const { all, lose } = await keptFirst(kept, 14)

/** Kills a redrive before one of its calls; undefined where it made no such call. */
const cutOff = async (call: number) =>
  (await during(hub)('redrive-inbox', { mode: 'killed-before', call }, redrive)).hit

/** Before each of its batches, and when all are sent and not all is written down. */
const places = await (async () => {
  await lose()
  const { calls } = await during(hub)('redrive-inbox', undefined, redrive)
  const batches = calls.flatMap((operation, i) => (operation.startsWith('SendMessage') ? [i] : []))
  return [...batches, (batches.at(-1) ?? 0) + 3]
})()

const slow = { timeout: 120_000 }
test(
  `cut off with ${all.size} owed of which ${kept} are there: one more finishes it`,
  slow,
  async () => {
    expect(places).toHaveLength(4)
    for (const call of places) {
      await lose()
      expect(await cutOff(call)).toBeDefined()
      expect(await underWay()).toBe(1)
      await redrive()
      expect([call, inQueue()]).toEqual([call, all])
      expect(await underWay()).toBe(0)
    }
  },
)

test('cut off twice, and then finished by the sweep, once its own time is over', slow, async () => {
  await lose()
  expect(await cutOff(places[1] as number)).toMatch('SendMessage')
  expect(inQueue().size).toBeLessThan(all.size)
  await hub.invoke('referral-hub-RelayOutbox', {})
  // It may still be at it.
  expect(inQueue().size).toBeLessThan(all.size)
  // One that goes on asks neither the queue nor the referrals.
  expect(await cutOff((places[1] as number) - 2)).toMatch('SendMessage')
  expect(inQueue().size).toBeLessThan(all.size)
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: hub.nameOf('Outbox'),
      Key: { pk: { S: 'redrive#ALA' }, n: { N: '1' } },
      UpdateExpression: 'SET nextSendAt = :past',
      ExpressionAttributeValues: { ':past': { S: '2026-11-21T12:00:00.000Z' } },
    }),
  )
  await hub.invoke('referral-hub-RelayOutbox', {})
  expect([inQueue(), await underWay()]).toEqual([all, 0])
})

test('to whoever pulls each comes once, and nothing is left', slow, async () => {
  const taken = (await takeAll(ala)).map(({ event }) => event.subject)
  expect(taken.toSorted()).toEqual([...all].toSorted())
  expect(await redrive()).toBe(0)
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
})
