// The main job through the front door: refer, pull, acknowledge, answer, and the life of a referral to its end.
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { hubNow, inboxOf, refusalOf, systemsOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'

const hub = await sharedHub()
const { igm, ala } = await systemsOf(hub)
const [igmInbox, alaInbox] = [inboxOf(igm), inboxOf(ala)]

const consented = (...purposes: [purpose: string, ...dataCategories: string[]][]) => ({
  consent: {
    purposes: purposes.map(([purpose, ...dataCategories]) => ({
      purpose,
      recipient: 'ALA',
      dataCategories,
    })),
  },
})
const withProtection = { payload: { protection: { handling: ['same-sex-staff'] } } }

/** A referral that ALA has pulled and acknowledged; its event `received` is on its way to IGM. */
const receivedReferral = async (n: number) => {
  const { body } = await igm.submitReferral(submissionOf(n))
  const [message] = await alaInbox.about(body.referralId)
  await ala.ack([message?.handle as string])
  return body.referralId
}

const etag = async (referralId: string) =>
  (await igm.getReferral(referralId)).headers.get('etag') as string

describe('a referral from one institution to another', () => {
  test('is pulled by its recipient with what the consent permits, and the answer travels back', async () => {
    const submission = submissionOf(1)
    const { status, headers, body: sent } = await igm.submitReferral(submission)
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/referrals/${sent.referralId}`)
    expect(headers.get('etag')).toBe('"1"')
    expect(sent).toMatchObject({ status: 'requested', externalId: submission.externalId })

    const [message] = await alaInbox.about(sent.referralId)
    expect(message?.payload).toEqual(submission.payload)
    expect(message?.withheld).toEqual([])
    expect(message?.event).toMatchObject({ type: 'referral.requested.v1', sequence: '1' })
    expect(message?.event.data).not.toHaveProperty('externalId')

    const acked = await ala.ack([message?.handle as string])
    expect(acked.body.results).toEqual([{ handle: message?.handle, ok: true }])
    const after = await igm.getReferral(sent.referralId)
    expect(after.headers.get('etag')).toBe('"2"')
    expect(after.body).toMatchObject({
      status: 'received',
      deliveryState: 'acknowledged',
      contentState: 'released',
      version: 2,
    })
  })

  test('is released as far as its own consent goes, and what is withheld is named', async () => {
    const training = ['training-referral', 'identity', 'migrationStatus'] as const
    const [little, full] = [
      submissionOf(2, { ...withProtection, ...consented([...training]) }),
      submissionOf(3, {
        payload: {
          contact: { safeToCall: true },
          supportNeeds: { needs: ['interpreter'] },
          ...withProtection.payload,
        },
        ...consented(
          [...training, 'contact', 'trainingProfile', 'supportNeeds'],
          ['protection-handling', 'protection'],
        ),
      }),
    ]
    const sent = await Promise.all([igm.submitReferral(little), igm.submitReferral(full)])
    const [[first], [second]] = [
      await alaInbox.about(sent[0].body.referralId),
      await alaInbox.about(sent[1].body.referralId),
    ]
    const { identity, migrationStatus } = little.payload as Record<string, unknown>
    expect(first?.payload).toEqual({ identity, migrationStatus })
    expect(first?.withheld).toEqual(
      ['contact', 'trainingProfile', 'supportNeeds', 'protection'].filter(
        category => category in little.payload,
      ),
    )
    expect(first?.withheld).toContain('protection')
    expect(second?.payload).toEqual(full.payload)
    expect(second?.withheld).toEqual([])
  })

  test('without the purpose protection-handling comes without its protection part', async () => {
    const submission = submissionOf(4, withProtection)
    const { body } = await igm.submitReferral(submission)
    const [message] = await alaInbox.about(body.referralId)
    const { protection: _, ...rest } = submission.payload as Record<string, unknown>
    expect(message?.payload).toEqual(rest)
    expect(message?.withheld).toEqual(['protection'])
  })

  test('that is given back comes again, whole, as its second delivery', async () => {
    const submission = submissionOf(5)
    const { body } = await igm.submitReferral(submission)
    const [first] = await alaInbox.about(body.referralId)
    expect((await igm.getReferral(body.referralId)).body.deliveryState).toBe('delivered')
    const returned = await ala.returnMessages([first?.handle as string])
    expect(returned.body.results).toEqual([{ handle: first?.handle, ok: true }])
    expect((await igm.getReferral(body.referralId)).body.deliveryState).toBe('queued')
    const [, second] = await alaInbox.about(body.referralId, 2)
    expect([first?.receiveCount, second?.receiveCount]).toEqual([1, 2])
    expect(second?.event).toEqual(first?.event)
    expect(second?.payload).toEqual(submission.payload)
  })

  test('can be acknowledged again and again with one effect, and does not come again', async () => {
    const { body } = await igm.submitReferral(submissionOf(6))
    const [message] = await alaInbox.about(body.referralId)
    const handle = message?.handle as string
    for (let times = 0; times < 3; times++)
      expect((await ala.ack([handle])).body.results).toEqual([{ handle, ok: true }])
    expect((await ala.returnMessages([handle])).body.results).toEqual([{ handle, ok: true }])
    expect((await igm.getReferral(body.referralId)).body.version).toBe(2)
    const again = await ala.pull({ max: 10, waitSeconds: 1 })
    expect(again.body.messages.map(({ event }) => event.subject)).not.toContain(body.referralId)
  })

  test('is answered step by step, and the sender hears every step in order without a gap', async () => {
    const referralId = await receivedReferral(7)
    for (const [index, status] of (['accepted', 'in-progress', 'completed'] as const).entries()) {
      const changed = await ala.changeStatus(referralId, { status }, await etag(referralId))
      expect(changed.body).toMatchObject({ status, version: index + 3 })
      expect(changed.headers.get('etag')).toBe(`"${index + 3}"`)
      expect(changed.body).not.toHaveProperty('externalId')
    }
    const heard: unknown[] = []
    for (let count = 1; count <= 4; count++) {
      const message = (await igmInbox.about(referralId, count))[count - 1]
      heard.push([message?.event.sequence, message?.event.type, message?.event.data])
      await igm.ack([message?.handle as string])
    }
    expect(heard).toEqual(
      ['received', 'accepted', 'in-progress', 'completed'].map((status, index) => [
        String(index + 1),
        'referral.status-changed.v1',
        { status, version: index + 2 },
      ]),
    )
    const { body } = await igm.getReferral(referralId)
    expect(body.availableTransitions).toEqual([])
    expect(body.history.map(({ status, by }) => [status, by])).toEqual([
      ['requested', 'IGM'],
      ['received', 'hub'],
      ['accepted', 'ALA'],
      ['in-progress', 'ALA'],
      ['completed', 'ALA'],
    ])
  })

  test('is rejected with a reason, by its recipient alone, and nothing follows', async () => {
    const referralId = await receivedReferral(8)
    const version = await etag(referralId)
    const rejected = { status: 'rejected', reason: 'no-capacity' } as const
    expect((await refusalOf(igm.changeStatus(referralId, rejected, version))).code).toBe(
      'forbidden',
    )
    expect(
      (await refusalOf(ala.changeStatus(referralId, { status: 'rejected' }, version))).code,
    ).toBe('reason-required')
    const { body } = await ala.changeStatus(referralId, rejected, version)
    expect(body.history.at(-1)).toMatchObject({ ...rejected, by: 'ALA' })
    const after = await etag(referralId)
    expect(
      (await refusalOf(ala.changeStatus(referralId, { status: 'accepted' }, after))).code,
    ).toBe('transition-not-allowed')
  })

  test('that its sender cancelled before the pull arrives without content', async () => {
    const { body } = await igm.submitReferral(submissionOf(9))
    const { referralId } = body
    const cancelled = { status: 'cancelled', reason: 'declined-by-person' } as const
    await igm.changeStatus(referralId, cancelled, '"1"')
    const [message] = await alaInbox.about(referralId)
    expect(message).not.toHaveProperty('payload')
    expect(message?.withheld).toEqual(['all'])
    await ala.ack([message?.handle as string])
    const [, told] = await alaInbox.about(referralId, 2)
    expect(told?.event).toMatchObject({ sequence: '2', data: { ...cancelled, version: 2 } })
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      status: 'cancelled',
      deliveryState: 'acknowledged',
      contentState: 'sealed',
    })
  })

  test('whose consent ran out before the pull arrives without content', async () => {
    const validUntil = new Date(hubNow(hub).getTime() + 1500).toISOString()
    const { body } = await igm.submitReferral(submissionOf(10, { consent: { validUntil } }))
    await wait(2000)
    const [message] = await alaInbox.about(body.referralId)
    expect(message).not.toHaveProperty('payload')
    expect(message?.withheld).toEqual(['all'])
    expect((await igm.getReferral(body.referralId)).body.contentState).toBe('sealed')
    // Opening it again is refused for what is true, not for its never having been opened.
    const refusal = await refusalOf(ala.release(body.referralId, 'training-referral'))
    expect([refusal.status, refusal.code]).toEqual([403, 'consent-expired'])
  })
})
