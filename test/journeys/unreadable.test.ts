// A referral whose row cannot be read is a fault of that referral alone: lists, pulls and redrives go on without it.
// Whoever asks for it, or withdraws what it is under, is told of the fault, and nothing is left half done.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { emptyHub } from './empty-hub.ts'
import { handedOverOn } from './handovers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { withdrawalAt } from './stages.ts'

const hub = await emptyHub({ contradicts: true })
const { igm, ala, submitted, handedOver } = await handedOverOn(hub)
const officer = await callerOf(hub, 'igm-compliance')
const liaison = await callerOf(hub, 'ala-liaison')
const dynamodb = new DynamoDBClient(hub.hub.aws)
afterAll(() => dynamodb.destroy())

/** As a policy of thousands of years left it: a deadline that is no instant. */
const spoilt = async <Header extends { referralId: string }>(header: Header): Promise<Header> => {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: hub.hub.nameOf('Referrals'),
      Key: { pk: { S: `referral#${header.referralId}` } },
      UpdateExpression: 'SET respondBy = :far',
      ExpressionAttributeValues: { ':far': { S: '+013434-12-22T15:00:00.000Z' } },
    }),
  )
  return header
}
const idsOf = (headers: readonly { referralId: string }[]) =>
  headers.map(({ referralId }) => referralId)
const told = (what: string, word: string) =>
  hub.lines.filter(line => line.includes(`"${what}"`) && line.includes(word))
const withdrawn = (consentId: string) =>
  raw(hub, 'igm-system', {
    path: `/v1/consents/${consentId}/withdrawal`,
    body: JSON.stringify(withdrawalAt(hub)),
    headers: { 'idempotency-key': idempotencyKey() },
  })

const good = [await submitted(1), await submitted(2)]
const bad = await spoilt(await submitted(3))

test('a list shows all others, and the log says which one it leaves out', async () => {
  const lists = [
    await igm.listReferrals({ direction: 'sent' }),
    await officer.listReferrals({ direction: 'sent' }),
    await ala.listReferrals({ direction: 'received' }),
  ]
  for (const { body } of lists) expect(idsOf(body.items).toSorted()).toEqual(idsOf(good).toSorted())
  expect(told('unreadable-referral', bad.referralId)).toHaveLength(3)
})

test('it is itself not hidden: whoever asks for it, or withdraws, is answered with the fault', async () => {
  const one = await raw(hub, 'igm-system', { path: `/v1/referrals/${bad.referralId}` })
  const end = await withdrawn(bad.consentId)
  expect([one, end].map(({ status, json }) => [status, json.code])).toEqual([
    [500, 'internal'],
    [500, 'internal'],
  ])
})

test('an inbox is sent again what it is owed, and a pull brings all others', async () => {
  expect((await liaison.redrive()).body.redriven).toBe(0)
  const { messages } = (await ala.pull({ max: 10, waitSeconds: 0 })).body
  expect(messages.map(({ event }) => event.subject).toSorted()).toEqual(idsOf(good).toSorted())
  expect(messages.every(({ payload }) => payload !== undefined)).toBe(true)
  expect((await ala.ack(messages.map(({ handle }) => handle))).body.results).toEqual(
    messages.map(({ handle }) => ({ handle, ok: true })),
  )
  expect(told('delivery-failed', 'ZodError')).toHaveLength(1)
})

test('a withdrawal does not pass over a handover that cannot be read: it changes nothing', async () => {
  const { parent, child } = await handedOver(4)
  const listed = await ala.listReferrals({ partOf: parent.referralId })
  expect(idsOf(listed.body.items)).toEqual([child.referralId])
  await spoilt(child)
  expect((await ala.listReferrals({ partOf: parent.referralId })).body.items).toEqual([])
  expect((await withdrawn(parent.consentId)).status).toBe(500)
  expect((await igm.getReferral(parent.referralId)).body).toMatchObject({
    status: 'accepted',
    contentState: expect.not.stringMatching('shredded'),
  })
})
