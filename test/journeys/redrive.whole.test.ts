// What a queue lost or parked comes again when its institution asks for it: in order, without doubles.
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, expect, test } from 'vitest'
import { deliveriesBeforeParking } from '../../schemas/inbox.ts'
import { callerOf } from './callers.ts'
import { emptyHub } from './empty-hub.ts'
import { stagesOf } from './stages.ts'
import { verifiedLog } from './verified-log.ts'
import { takeAll } from './take-all.ts'

const place = await emptyHub()
const { hub } = place
const { igm, ala, submitted, acknowledged, moved } = await stagesOf(place)
const liaison = await callerOf(place, 'ala-liaison')
const sqs = new SQSClient(hub.aws)
afterAll(() => sqs.destroy())

type Client = typeof ala
const purge = (inbox: string) =>
  sqs.send(new PurgeQueueCommand({ QueueUrl: hub.nameOf(`Inbox${inbox}`) }))
const redriven = async (client: Client) => (await client.redrive()).body.redriven
const pull = async (client: Client) =>
  (await client.pull({ max: 10, waitSeconds: 0 })).body.messages

/** All that comes: of which referral, in which place. */
const taken = async (client: Client) =>
  (await takeAll(client)).map(({ event }): [string, string] => [event.subject, event.sequence])

test('of an inbox that has everything nothing comes twice', async () => {
  expect(await redriven(liaison)).toBe(0)
  const { referralId } = await submitted(1)
  expect(await redriven(liaison)).toBe(0)
  const [leased] = await pull(ala)
  expect(leased?.event.subject).toBe(referralId)
  expect(await redriven(liaison)).toBe(0)
  await ala.ack([leased?.handle as string])
  expect(await taken(ala)).toEqual([])
})

test('a queue that is lost comes again whole, in order, once, however often it is asked for', async () => {
  await taken(igm)
  const working = await acknowledged(2)
  await moved(working.referralId, 'accepted', 'in-progress', 'completed')
  const waiting = [await submitted(3), await submitted(4)]
  for (const inbox of ['IGM', 'ALA']) await purge(inbox)
  expect(await taken(igm)).toEqual([])
  expect(await redriven(await callerOf(place, 'igm-liaison'))).toBe(4)
  const sequences = ['1', '2', '3', '4'].map(n => [working.referralId, n])
  expect(await taken(igm)).toEqual(sequences)

  expect(await redriven(ala)).toBe(2)
  await purge('ALA')
  expect(await redriven(liaison)).toBe(2)
  expect(await redriven(liaison)).toBe(0)
  const all = await taken(ala)
  expect(all.map(String).toSorted()).toEqual(
    waiting.map(({ referralId }) => `${referralId},1`).toSorted(),
  )
})

test('a queue that lost some of it sends all again, and what it still had is not doubled', async () => {
  const first = await submitted(5)
  await purge('ALA')
  const second = await submitted(6)
  expect(await redriven(liaison)).toBe(1)
  const all = await taken(ala)
  expect(all.map(String).toSorted()).toEqual(
    [first, second].map(({ referralId }) => `${referralId},1`).toSorted(),
  )
})

test('what was parked is told to its sender, comes again, and can be acknowledged', async () => {
  await taken(igm)
  const { referralId } = await submitted(7)
  for (let n = 1; n <= deliveriesBeforeParking; n++) {
    const [message] = await pull(ala)
    expect(message?.receiveCount).toBe(n)
    await ala.returnMessages([message?.handle as string])
  }
  expect(await pull(ala)).toEqual([])
  await hub.invoke('referral-hub-RunDueWork', {})
  await hub.invoke('referral-hub-RunDueWork', {})
  expect((await igm.getReferral(referralId)).body).toMatchObject({
    status: 'requested',
    deliveryState: 'undelivered',
  })
  const told = (await pull(igm)).map(({ event }) => [event.type, event.data])
  expect(told).toEqual([['referral.undelivered.v1', { cause: 'parked' }]])

  expect(await redriven(liaison)).toBe(1)
  const [again] = await pull(ala)
  expect(again).toMatchObject({ event: { subject: referralId, sequence: '1' } })
  expect(again?.payload).toBeDefined()
  expect(again?.receiveCount).toBeGreaterThan(deliveriesBeforeParking)
  expect((await igm.getReferral(referralId)).body.deliveryState).toBe('undelivered')
  await ala.ack([again?.handle as string])
  expect((await igm.getReferral(referralId)).body).toMatchObject({
    status: 'received',
    deliveryState: 'acknowledged',
  })
})

test('what was delivered for the last time comes again at once, before its queue has parked it', async () => {
  const { referralId } = await submitted(8)
  for (let n = 1; n <= deliveriesBeforeParking; n++) {
    const [message] = await pull(ala)
    expect(message).toMatchObject({ receiveCount: n, event: { subject: referralId } })
    // Whoever holds the last may still acknowledge it.
    expect(await redriven(ala)).toBe(0)
    await ala.returnMessages([message?.handle as string])
  }
  expect(await redriven(ala)).toBe(1)
  expect(await redriven(ala)).toBe(0)
  expect(await taken(ala)).toEqual([[referralId, '1']])
})

test('each was entered in the log, and the log holds', async () => {
  const officer = await callerOf(place, 'ala-compliance')
  const { items } = (await officer.accessLog({ action: 'inbox.redrive' })).body
  expect(items.length).toBeGreaterThan(5)
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
})
