// The table is the truth, a queue is a hint: what an inbox is owed stays until it is acknowledged, and comes again, in
// order, whatever became of the queue.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { emptyHub } from './empty-hub.ts'
import { rowsOf } from './drill.ts'
import { stagesOf, withdraw } from './stages.ts'
import { takeAll } from './take-all.ts'
import { faultSeed } from './test-hub.ts'

let refusing: string | undefined
afterEach(() => void (refusing = undefined))
const place = await emptyHub({
  allow: (role, { action }) => !(action === 'sqs:SendMessage' && role === refusing),
})
const { hub } = place
const { igm, ala, submitted, acknowledged, moved, pulled } = await stagesOf(place)
const sqs = new SQSClient(hub.aws)
const dynamodb = new DynamoDBClient(hub.aws)
afterAll(() => {
  sqs.destroy()
  dynamodb.destroy()
})

type Client = typeof ala
const relay = () => hub.invoke('referral-hub-RelayOutbox', {})
const purge = (inbox: string) =>
  sqs.send(new PurgeQueueCommand({ QueueUrl: hub.nameOf(`Inbox${inbox}`) }))
const owed = async () => (await rowsOf(hub, 'Outbox')).map(row => unmarshall(row))
const owedOf = async (referralId: string) =>
  (await owed()).filter(({ pk }) => String(pk).endsWith(referralId))

/** Everything that is owed is due again, as it is when its time has come. */
const timeGoesBy = async () => {
  for (const row of await rowsOf(hub, 'Outbox'))
    await dynamodb.send(
      new PutItemCommand({
        TableName: hub.nameOf('Outbox'),
        Item: { ...row, nextSendAt: { S: '2026-11-21T12:00:00.000Z' } },
      }),
    )
}

/** All that comes, one delivery after the other. */
const taken = async (client: Client) =>
  (await takeAll(client)).map(({ event, receiveCount }) => ({
    referralId: event.subject,
    sequence: event.sequence,
    receiveCount,
  }))
const sequencesIn = (all: Awaited<ReturnType<typeof taken>>, referralId: string) =>
  all.filter(each => each.referralId === referralId).map(({ sequence }) => sequence)

test('a message is owed until it is acknowledged, by whichever of its handles', async () => {
  const { referralId, message } = await pulled(1)
  expect(await owedOf(referralId)).toMatchObject([{ pk: `ALA#${referralId}`, n: 1 }])
  await ala.returnMessages([message.handle])
  expect(await owedOf(referralId)).toHaveLength(1)
  await ala.ack([message.handle])
  // What is owed now is what IGM is told of it.
  expect(await owedOf(referralId)).toMatchObject([{ pk: `IGM#${referralId}`, n: 1 }])
  await ala.ack([message.handle])
  expect(await owedOf(referralId)).toHaveLength(1)
})

describe('a function that dies between its commit and its message', () => {
  test('leaves it to the minute, and it comes', async () => {
    refusing = 'PostReferralRole'
    const { referralId } = await submitted(2)
    refusing = undefined
    await relay()
    expect(sequencesIn(await taken(ala), referralId)).toEqual(['1'])
  })

  test('does not lose it when the queue has it already: it comes once', async () => {
    const { referralId } = await submitted(3)
    await relay()
    await relay()
    expect(sequencesIn(await taken(ala), referralId)).toEqual(['1'])
    await relay()
    expect(await taken(ala)).toEqual([])
  })
})

test('a queue that is lost altogether is filled again: every message comes, in order, without doubles', async () => {
  await taken(igm)
  const working = await acknowledged(7)
  const referrals = [await submitted(4), await submitted(5), await submitted(6)]
  const [withdrawn] = referrals
  await moved(working.referralId, 'accepted', 'in-progress', 'completed')
  await withdraw(place, igm, withdrawn?.consentId as string)
  await relay()
  for (const inbox of ['IGM', 'ALA']) await purge(inbox)
  expect(await taken(ala)).toEqual([])
  // Nothing is due: the queue is believed to have it all.
  await relay()
  expect(await taken(ala)).toEqual([])

  await timeGoesBy()
  await relay()
  const [atAla, atIgm] = [await taken(ala), await taken(igm)]
  expect(sequencesIn(atAla, withdrawn?.referralId as string)).toEqual(['1', '2', '3'])
  for (const { referralId } of referrals.slice(1)) {
    expect(sequencesIn(atAla, referralId)).toEqual(['1'])
    // Nobody has had it before, which its row knows.
    expect(atAla.find(each => each.referralId === referralId)?.receiveCount).toBe(1)
  }
  expect(sequencesIn(atIgm, working.referralId)).toEqual(['1', '2', '3', '4'])
  expect(await owed()).toEqual([])
  await relay()
  expect([await taken(ala), await taken(igm)]).toEqual([[], []])
})

test('what was sent again although the queue had it comes once: the copy goes with the acknowledgement', async () => {
  const { referralId } = await submitted(8)
  await relay()
  await timeGoesBy()
  await relay()
  expect(sequencesIn(await taken(ala), referralId)).toEqual(['1'])
  expect(await taken(ala)).toEqual([])
})

test('a copy long after says that it may have come before, and one that SQS drops is none', async () => {
  const { referralId } = await pulled(10)
  const counts = async () =>
    (await taken(ala)).filter(each => each.referralId === referralId).map(each => each.receiveCount)
  await relay()
  await timeGoesBy()
  await purge('ALA')
  await relay()
  expect(await counts()).toEqual([2])

  // At once and within five minutes it is the same message to SQS.
  const again = await submitted(11)
  await relay()
  await relay()
  const all = await taken(ala)
  expect(all.filter(each => each.referralId === again.referralId)).toMatchObject([
    { receiveCount: 1 },
  ])
})

test('a pull that finds copies alone goes on to what lies behind them', async () => {
  for (let n = 20; n < 31; n++) await submitted(n)
  await relay()
  const out = [...(await ala.pull({ max: 10 })).body.messages, ...(await ala.pull()).body.messages]
  expect(out).toHaveLength(11)
  await timeGoesBy()
  await relay()
  for (const { handle } of out) await ala.ack([handle])
  const { referralId: subject } = await submitted(31)
  expect((await ala.pull()).body.messages).toMatchObject([{ event: { subject } }])
})

describe('news come in the order of their referral', () => {
  test('also where the first was never sent, and the next one was', async () => {
    const { referralId } = await acknowledged(12)
    await taken(igm)
    refusing = 'PostStatusRole'
    await moved(referralId, 'accepted')
    refusing = undefined
    await moved(referralId, 'in-progress')
    // Whether or not the minute is just over: the third does not come before the second.
    const before = await taken(igm)
    await relay()
    const all = [...before, ...(await taken(igm))]
    expect(sequencesIn(all, referralId)).toEqual(['2', '3'])
    expect(await owedOf(referralId)).toEqual([])
  })

  test('also where the minute sent the first behind the next one, before anybody pulled', async () => {
    const { referralId } = await acknowledged(15)
    await taken(igm)
    refusing = 'PostStatusRole'
    await moved(referralId, 'accepted')
    refusing = undefined
    await moved(referralId, 'in-progress')
    await relay()
    const before = await taken(igm)
    await relay()
    const all = [...before, ...(await taken(igm))]
    expect(sequencesIn(all, referralId)).toEqual(['2', '3'])
    expect(await owedOf(referralId)).toEqual([])
  })

  test('also where the queue has forgotten the first, and has copies of both behind the second', async () => {
    const { referralId } = await acknowledged(13)
    await taken(igm)
    await moved(referralId, 'accepted', 'in-progress')
    await relay()
    await timeGoesBy()
    await relay()
    const QueueUrl = hub.nameOf('InboxIGM')
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
    expect(Messages[0]?.Body).toMatch(/"sequence":"2"/)
    const { ReceiptHandle } = Messages[0] as { ReceiptHandle: string }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    expect(sequencesIn(await taken(igm), referralId)).toEqual(['2', '3'])
  })

  test('and one that is parked holds up none for longer than a minute', async () => {
    const { referralId, consentId, message } = await pulled(14)
    await relay()
    let [handle] = [message.handle]
    for (let delivery = 1; delivery <= 5; delivery++) {
      await ala.returnMessages([handle])
      const { messages } = (await ala.pull({ max: 10, waitSeconds: 1 })).body
      handle = messages.find(({ event }) => event.subject === referralId)?.handle ?? handle
    }
    await withdraw(place, igm, consentId)
    // Whether the first was sent before them nobody knows yet, and they are sent again.
    expect(sequencesIn(await taken(ala), referralId)).toEqual([])
    await relay()
    expect(sequencesIn(await taken(ala), referralId)).toEqual(['2', '3'])
    // It comes again when its time has come, and says how often it came before.
    await timeGoesBy()
    await relay()
    expect((await taken(ala)).filter(each => each.referralId === referralId)).toEqual([
      { referralId, sequence: '1', receiveCount: 6 },
    ])
  })
})

test('a row of 0.1.0 that was never sent is sent, and owed from then on', async () => {
  refusing = 'PostReferralRole'
  const { referralId } = await submitted(9)
  refusing = undefined
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: hub.nameOf('Outbox'),
      Key: { pk: { S: `ALA#${referralId}` }, n: { N: '1' } },
    }),
  )
  const { inbox: _inbox, nextSendAt: _next, ...old } = Item ?? {}
  await dynamodb.send(new PutItemCommand({ TableName: hub.nameOf('Outbox'), Item: old }))
  // A new instance of the function looks for such.
  hub.renew('referral-hub-RelayOutbox')
  await relay()
  // A send whose answer was lost is sent again, and comes once all the same.
  const sends = faultSeed === undefined ? 2 : expect.toSatisfy((n: number) => n >= 2)
  expect(await owedOf(referralId)).toMatchObject([{ inbox: 'ALA', sends }])
  expect(sequencesIn(await taken(ala), referralId)).toEqual(['1'])
})
