// Messages on their way to a queue that takes part of a batch: each referral's in order, and nobody waits for another.
import { beforeEach, describe, expect, test } from 'vitest'
import { cloudEvent } from '../../../events/catalogue.ts'
import { newId, now } from '../../../functions/aws/runtime.ts'
import { relayNow, sendInOrder } from '../../../functions/effects/messages.ts'
import { InstitutionCode, type ReferralId } from '../../../schemas/ids.ts'
import type { QueueMessage } from '../../../schemas/inbox.ts'
import { queueServer } from '../aws/queue-server.ts'

const { batches, refuse, adapter } = await queueServer()
beforeEach(() => {
  batches.length = 0
  refuse()
})

const ALA = InstitutionCode.parse('ALA')
const message = (subject: ReferralId, sequence: number, inbox = ALA): QueueMessage => ({
  inbox,
  event: cloudEvent<'consent.expired.v1'>(
    'consent.expired.v1',
    { consentId: newId() },
    { id: newId(), source: 'https://referral-hub.example', subject, time: now(), sequence },
  ),
})
const referrals = (count: number): ReferralId[] => Array.from({ length: count }, () => newId())
const seen = () =>
  batches.map(({ entries }) =>
    entries.map(({ MessageBody = '{}' }) => {
      const { event } = JSON.parse(MessageBody) as QueueMessage
      return `${event.subject} ${event.sequence}`
    }),
  )

describe('messages of one effect', () => {
  test('go ten in a batch, and those of one referral one after the other', async () => {
    const [first, ...others] = referrals(12)
    const all = [
      message(first as ReferralId, 1),
      message(first as ReferralId, 2),
      ...others.map(subject => message(subject, 1)),
    ]
    await relayNow(all, { inbox: adapter })
    expect(seen().map(batch => batch.length)).toEqual([10, 2, 1])
    expect(seen()[0]?.[0]).toBe(`${first} 1`)
    expect(seen()[2]).toEqual([`${first} 2`])
    const ids = batches.flatMap(({ entries }) =>
      entries.map(({ MessageGroupId }) => MessageGroupId),
    )
    expect(new Set(ids)).toEqual(new Set([first, ...others]))
  })

  test('go to each inbox by itself', async () => {
    const [one] = referrals(1)
    const IGM = InstitutionCode.parse('IGM')
    await relayNow([message(one as ReferralId, 1), message(one as ReferralId, 1, IGM)], {
      inbox: adapter,
    })
    expect(batches).toHaveLength(2)
  })

  test('wait where one of their referral before them is not taken; others do not', async () => {
    const [held, free] = referrals(2) as [ReferralId, ReferralId]
    const ordered = [1, 2, 3].flatMap(n => [message(held, n), message(free, n)])
    refuse(({ MessageBody = '' }) =>
      MessageBody.includes(held) && MessageBody.includes('"sequence":"2"')
        ? 'InternalError'
        : undefined,
    )
    const sent = await sendInOrder(ALA, ordered, { inbox: adapter })
    expect(sent.map(({ event }) => `${event.subject} ${event.sequence}`)).toEqual([
      `${held} 1`,
      `${free} 1`,
      `${free} 2`,
      `${free} 3`,
    ])
    // The third of the one that was held was not even tried.
    expect(seen().flat()).not.toContain(`${held} 3`)
  })

  test('are no fault of the effect where nothing is taken', async () => {
    refuse(() => 'InternalError')
    const [one] = referrals(1) as [ReferralId]
    await relayNow([message(one, 1), message(one, 2)], { inbox: adapter })
    expect(seen()).toEqual([[`${one} 1`]])
  })

  test('are another message to SQS when they are sent long after', async () => {
    const [one] = referrals(1) as [ReferralId]
    const again = message(one, 1)
    for (const copy of [again, { ...again, sentBefore: 1 }, { ...again, sentBefore: 2 }])
      await sendInOrder(ALA, [copy], { inbox: adapter })
    const ids = batches.flatMap(({ entries }) =>
      entries.map(each => (each as { MessageDeduplicationId?: string }).MessageDeduplicationId),
    )
    expect(ids).toEqual([again.event.id, `${again.event.id}.1`, `${again.event.id}.2`])
  })
})

describe('deliveries that are settled', () => {
  test('are over, or gone: no harm', async () => {
    refuse(({ ReceiptHandle }) => (ReceiptHandle === 'over' ? 'ReceiptHandleIsInvalid' : undefined))
    await adapter.remove(ALA, ['over', 'here'])
    await adapter.giveBack(ALA, ['here', 'over'], 0)
    expect(batches.map(({ operation, entries }) => [operation, entries.length])).toEqual([
      ['DeleteMessageBatch', 2],
      ['ChangeMessageVisibilityBatch', 2],
    ])
  })

  test('and that SQS could not settle are said: one of ten is enough', async () => {
    refuse(({ ReceiptHandle }) => (ReceiptHandle === '7' ? 'InternalError' : undefined))
    const ten = Array.from({ length: 10 }, (_, n) => String(n))
    await expect(adapter.remove(ALA, ten)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(adapter.giveBack(ALA, ten, 0)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('and none are no call', async () => {
    await adapter.remove(ALA, [])
    await adapter.giveBack(ALA, [], 0)
    expect(batches).toEqual([])
  })
})
