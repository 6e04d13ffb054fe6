// Handles: only who was given a message can acknowledge it or give it back. All others are `handle-unknown`, and change
// nothing.
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import { describe, expect, test } from 'vitest'
import { awsClients } from './aws-clients.ts'
import { callerOf, inboxOf, refusalOf, systemsOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { ownHub } from './own-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await ownHub()
const { igm, ala } = await systemsOf(hub)
const stranger = await callerOf(hub, 'stranger')
const [igmInbox, alaInbox] = [inboxOf(igm), inboxOf(ala)]
const { kms } = awsClients(hub.hub)

type Caller = typeof ala
const settles = ['ack', 'returnMessages'] as const
const submitted = async (n: number) => (await igm.submitReferral(submissionOf(n))).body.referralId
const pulled = async (referralId: string, delivery = 1) =>
  (await alaInbox.about(referralId, delivery))[delivery - 1]?.handle as string

/** All of them are unknown to the caller, acknowledged or given back, and the referral stays as it is. */
const unknown = async (handles: string[], referralId: string, caller: Caller = ala) => {
  const before = await igm.getReferral(referralId)
  for (const settle of settles)
    for (let from = 0; from < handles.length; from += 10) {
      const ten = handles.slice(from, from + 10)
      expect((await caller[settle](ten)).body.results).toEqual(
        ten.map(handle => ({ handle, ok: false, code: 'handle-unknown' })),
      )
    }
  const after = await igm.getReferral(referralId)
  expect([after.headers.get('etag'), after.body]).toEqual([before.headers.get('etag'), before.body])
}

// First in this file: no function has asked for its key yet.
test('while KMS makes no key for handles nothing is delivered or settled, and all of it works later', async () => {
  const KeyId = hub.hub.nameOf('GuardKey')
  const referralId = await submitted(1)
  const whileOff = async (call: () => Promise<unknown>) => {
    await kms.send(new DisableKeyCommand({ KeyId }))
    const refusal = await refusalOf(call()).catch(() => undefined)
    await kms.send(new EnableKeyCommand({ KeyId }))
    expect(refusal).toMatchObject({ status: 503, code: 'unavailable' })
  }
  await whileOff(() => ala.pull({ max: 10, waitSeconds: 5 }))
  const handle = await pulled(referralId)
  expect(alaInbox.pulled.map(({ receiveCount }) => receiveCount)).toEqual([1])
  for (const settle of settles) await whileOff(() => ala[settle]([handle]))
  expect((await igm.getReferral(referralId)).body).toMatchObject({
    status: 'requested',
    deliveryState: 'delivered',
  })
  expect((await ala.ack([handle])).body.results).toEqual([{ handle, ok: true }])
  expect((await igm.getReferral(referralId)).body.status).toBe('received')
})

describe('a handle is unknown', () => {
  test('that its recipient made by hand, and the message still comes, whole', async () => {
    const submission = submissionOf(2)
    const { referralId } = (await igm.submitReferral(submission)).body
    const made = [
      [referralId, 1, 'x'],
      [referralId, 1, 'x', 'x'.repeat(32)],
    ].map(value => Buffer.from(JSON.stringify(value)).toString('base64url'))
    await unknown([...made, ...made.map(text => text + 'A'.repeat(43))], referralId)
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      status: 'requested',
      deliveryState: 'queued',
      contentState: 'sealed',
    })
    const [message] = await alaInbox.about(referralId)
    expect(message).toMatchObject({ receiveCount: 1, payload: submission.payload })
    expect((await ala.ack([message?.handle as string])).body.results).toMatchObject([{ ok: true }])
    expect((await ala.release(referralId, 'training-referral')).body.payload).toBeDefined()
  })

  test('that another institution was given, of the same referral and the same number too', async () => {
    const referralId = await submitted(3)
    const theirs = await pulled(referralId)
    for (const caller of [igm, stranger]) await unknown([theirs], referralId, caller)
    await ala.ack([theirs])
    const [told] = await igmInbox.about(referralId)
    expect(told?.event.sequence).toBe('1')
    const ours = told?.handle as string
    for (const caller of [ala, stranger]) await unknown([ours], referralId, caller)
    expect((await igm.ack([ours])).body.results).toEqual([{ handle: ours, ok: true }])
  })

  test('of which any character is another, or that is cut, or longer, or made of two', async () => {
    const [referralId, other] = [await submitted(4), await submitted(5)]
    const [handle, otherHandle] = [await pulled(referralId), await pulled(other)]
    const changed = Array.from(
      handle,
      (character, at) =>
        handle.slice(0, at) + (character === 'A' ? 'B' : 'A') + handle.slice(at + 1),
    )
    await unknown(
      [
        ...changed,
        handle.slice(0, -1),
        handle.slice(1),
        handle.slice(0, -43),
        handle.slice(-43),
        `${handle}A`,
        `A${handle}`,
        handle.slice(0, -43) + otherHandle.slice(-43),
        otherHandle.slice(0, -43) + handle.slice(-43),
      ],
      referralId,
    )
    expect((await ala.ack([handle, otherHandle])).body.results).toEqual([
      { handle, ok: true },
      { handle: otherHandle, ok: true },
    ])
  })
})

test('a handle of an earlier delivery acknowledges the message as well as that of the last', async () => {
  const referralId = await submitted(6)
  const first = await pulled(referralId)
  await ala.returnMessages([first])
  const second = await pulled(referralId, 2)
  expect(second).not.toBe(first)
  expect((await ala.returnMessages([first])).body.results).toEqual([{ handle: first, ok: true }])
  expect((await ala.ack([first])).body.results).toEqual([{ handle: first, ok: true }])
  expect((await igm.getReferral(referralId)).body).toMatchObject({
    status: 'received',
    deliveryState: 'acknowledged',
    version: 2,
  })
  expect((await ala.ack([second])).body.results).toEqual([{ handle: second, ok: true }])
  expect((await igm.getReferral(referralId)).body.version).toBe(2)
})

test('at the end the log verifies without the hub', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
