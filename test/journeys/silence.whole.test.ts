// Nothing is lost by silence: one folder, a hub that is down for months, and everything that fell due told once.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import type { Hub } from '../../infra/local/hub.ts'
import { type HubPlace, callerOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { hubOnDays, runDueWork } from './hub-on-days.ts'
import { stagesOf } from './stages.ts'
import { verifiedLog } from './verified-log.ts'
import { takeAll } from './take-all.ts'

const [hour, day] = [3_600_000, 86_400_000]
const startAt = hubOnDays()
/** Twice: what was told is not told again. */
const runTwice = async (place: { hub: Hub }) => {
  await runDueWork(place)
  await runDueWork(place)
}

const start = Date.parse('2026-11-21T12:00:00.000Z')
const first = await startAt(start)
const given = await stagesOf(first)
const silent = await given.submitted(1)
const old = await given.submitted(2)
const working = await given.acknowledged(3)
await given.moved(working.referralId, 'accepted')
const workingSince = (await given.ala.getReferral(working.referralId)).body.history.at(-1)?.at

const heard = async (place: HubPlace, name: 'igm-system' | 'ala-system', referralId: string) => {
  const client = await callerOf(place, name)
  return (await takeAll(client))
    .filter(({ event }) => event.subject === referralId)
    .map(({ event }) => [event.type, event.data])
}

test('a row that 0.1.0 left, to be looked at when its consent ends, comes under the rules of now', async () => {
  const admin = new DynamoDBClient(first.hub.aws)
  await admin.send(
    new UpdateItemCommand({
      TableName: first.hub.nameOf('Referrals'),
      Key: { pk: { S: `referral#${old.referralId}` } },
      UpdateExpression: 'SET dueAt = :at',
      ExpressionAttributeValues: { ':at': { S: '2027-11-21T12:00:00.000Z' } },
    }),
  )
  admin.destroy()
  const place = await startAt(start + 120 * hour + 60_000)
  await runTwice(place)
  const igm = await callerOf(place, 'igm-system')
  for (const { referralId } of [silent, old])
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      status: 'requested',
      deliveryState: 'undelivered',
      version: 1,
    })
  const told = ['referral.undelivered.v1', { cause: 'not-collected' }]
  expect(await heard(place, 'igm-system', silent.referralId)).toEqual([told])
})

test('after 90 days without a hub each side hears all of it, once, in order, and the person can be referred again', async () => {
  const place = await startAt(start + 95 * day)
  await runTwice(place)
  const [igm, ala] = await Promise.all([
    callerOf(place, 'igm-system'),
    callerOf(place, 'ala-system'),
  ])
  const { body } = await igm.getReferral(silent.referralId)
  expect(body).toMatchObject({ status: 'cancelled', version: 2 })
  expect(body.history.at(-1)).toMatchObject({ by: 'hub', reason: 'not-answered' })
  const { respondBy } = silent
  const cancelled = { status: 'cancelled', reason: 'not-answered', version: 2 }
  const both = [
    ['referral.overdue.v1', { respondBy }],
    ['referral.status-changed.v1', cancelled],
  ]
  const igmHeard = await heard(place, 'igm-system', silent.referralId)
  expect(igmHeard).toEqual(both)
  const officer = await callerOf(place, 'igm-compliance')
  const { items } = (await officer.accessLog({ referralId: silent.referralId, institution: 'HUB' }))
    .body
  expect(items.toReversed().map(({ action }) => action)).toEqual([
    'referral.undelivered',
    'referral.overdue',
    'referral.not-answered',
  ])
  expect((await ala.getReferral(working.referralId)).body.status).toBe('accepted')
  const alaHeard = await heard(place, 'ala-system', working.referralId)
  expect(alaHeard).toEqual([['referral.stalled.v1', { since: workingSince }]])
  const again = submissionOf(1)
  const repeated = { ...again, externalId: `${again.externalId}-2` }
  expect((await igm.submitReferral(repeated)).status).toBe(201)
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
})
