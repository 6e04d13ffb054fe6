// Looking is not opening: a pull with `content: "none"` leases messages and opens nothing; a release opens, for one
// purpose, the first time or again.
import { setTimeout as wait } from 'node:timers/promises'
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import { describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import { awsClients } from './aws-clients.ts'
import { callerOf, hubNow, refusalOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'
import { stagesOf, withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await sharedHub()
const { igm, ala, igmInbox, submitted, moved } = await stagesOf(hub)
const officer = await callerOf(hub, 'igm-compliance')
const { kms } = awsClients(hub.hub)

/** One message of a referral, leased for `visibilitySeconds` and not opened. */
const leased = async (referralId: string, visibilitySeconds = 300): Promise<PulledMessage> => {
  for (let tries = 0; tries < 30; tries++) {
    const { body } = await ala.pull({
      max: 10,
      waitSeconds: 1,
      visibilitySeconds,
      content: 'none',
    })
    const message = body.messages.find(({ event }) => event.subject === referralId)
    if (message) return message
  }
  throw new Error('it did not come')
}

const entriesOf = async (referralId: string) => {
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry({ referralId })) entries.push(entry)
  return entries.toReversed()
}
const releasesOf = async (referralId: string) =>
  (await entriesOf(referralId)).filter(({ action }) => action === 'referral.release')

describe('a pull that opens nothing', () => {
  test('brings the header and leases the message; the log names who took it, and no release', async () => {
    const { referralId, consentId } = await submitted(1)
    const before = hubNow(hub).getTime()
    const message = await leased(referralId, 600)
    expect(Object.keys(message).toSorted()).toEqual(['content', 'event', 'handle', 'receiveCount'])
    expect(message).toMatchObject({
      content: 'sealed',
      receiveCount: 1,
      event: { type: 'referral.requested.v1', sequence: '1', data: { referralId } },
    })
    const { body: header } = await ala.getReferral(referralId)
    expect(header).toMatchObject({
      status: 'requested',
      deliveryState: 'delivered',
      contentState: 'sealed',
      version: 1,
    })
    const until = Date.parse(header.leasedUntil ?? '')
    expect(until).toBeGreaterThanOrEqual(before + 600_000)
    expect(until).toBeLessThan(hubNow(hub).getTime() + 600_000)
    expect((await igm.getReferral(referralId)).body).not.toHaveProperty('leasedUntil')

    const entries = await entriesOf(referralId)
    expect(entries.map(({ action, outcome }) => [action, outcome]).slice(0, 2)).toEqual([
      ['referral.submit', 'allowed'],
      ['inbox.pull', 'allowed'],
    ])
    expect(entries[1]).toMatchObject({ consentId, chain: { n: 2 }, actor: { institution: 'ALA' } })
    expect(await releasesOf(referralId)).toEqual([])

    expect((await ala.ack([message.handle])).body.results).toMatchObject([{ ok: true }])
    expect((await ala.getReferral(referralId)).body).toMatchObject({
      status: 'received',
      deliveryState: 'acknowledged',
      contentState: 'sealed',
    })
  })

  test('spends a delivery all the same, and so does giving the message back', async () => {
    const { referralId } = await submitted(2)
    for (const delivery of [1, 2, 3, 4]) {
      const message = await leased(referralId)
      expect(message.receiveCount).toBe(delivery)
      await ala.returnMessages([message.handle])
      expect((await ala.getReferral(referralId)).body).toMatchObject({ deliveryState: 'queued' })
      expect((await ala.getReferral(referralId)).body).not.toHaveProperty('leasedUntil')
    }
    const message = await leased(referralId)
    expect(message.receiveCount).toBe(5)
    await ala.ack([message.handle])
    expect(await releasesOf(referralId)).toEqual([])
  })

  test('brings what is no referral as ever, and nobody else’s', async () => {
    const { referralId } = await submitted(3)
    const message = await leased(referralId)
    await ala.ack([message.handle])
    const { body } = await igm.pull({ max: 10, waitSeconds: 2, content: 'none' })
    igmInbox.pulled.push(...body.messages)
    const told = body.messages.find(({ event }) => event.subject === referralId)
    expect(Object.keys(told ?? {}).toSorted()).toEqual(['event', 'handle', 'receiveCount'])
    expect(told?.event).toMatchObject({ type: 'referral.status-changed.v1' })
    const stranger = await callerOf(hub, 'stranger')
    expect((await stranger.pull({ content: 'none' })).body.messages).toEqual([])
  })

  test('says with a referral that may not be opened that all of it is withheld', async () => {
    const [cancelled, withdrawn, running] = [
      await submitted(4),
      await submitted(5),
      await submitted(6, {
        consent: { validUntil: new Date(hubNow(hub).getTime() + 1500).toISOString() },
      }),
    ]
    await igm.changeStatus(
      cancelled.referralId,
      { status: 'cancelled', reason: 'duplicate' },
      '"1"',
    )
    await withdraw(hub, igm, withdrawn.consentId)
    await wait(1600)
    const all = (await ala.pull({ max: 10, waitSeconds: 2, content: 'none' })).body.messages
    for (const { referralId } of [cancelled, withdrawn, running]) {
      const message = all.find(({ event }) => event.subject === referralId)
      expect(message).toMatchObject({ content: 'sealed', withheld: ['all'] })
      expect(message).not.toHaveProperty('payload')
      expect(await releasesOf(referralId)).toEqual([])
    }
  })

  test('works while the log cannot be signed: nothing that leaves needs its proof', async () => {
    const { referralId } = await submitted(7)
    const KeyId = hub.hub.nameOf('LogKey')
    await kms.send(new DisableKeyCommand({ KeyId }))
    const looked = await Promise.allSettled([leased(referralId)])
    await kms.send(new EnableKeyCommand({ KeyId }))
    const message = (looked[0] as PromiseFulfilledResult<PulledMessage>).value
    expect(message).toMatchObject({ content: 'sealed', receiveCount: 1 })
    await ala.ack([message.handle])
  })

  test('is asked for by that word alone', async () => {
    for (const content of ['sealed', 'None', '', null, false]) {
      const body = JSON.stringify({ max: 1, waitSeconds: 0, content })
      const { status, json } = await raw(hub, 'ala-system', { path: '/v1/inbox/pull', body })
      expect([status, json.code]).toEqual([422, 'invalid-request'])
      expect(json.errors).toMatchObject([{ pointer: '/content' }])
    }
  })
})

describe('a release opens the first time', () => {
  test('before any pull, for one purpose and only what that permits, with one entry and its proof', async () => {
    const submission = submissionOf(8, {
      payload: { protection: { handling: ['same-sex-staff'] } },
      consent: {
        purposes: [
          {
            purpose: 'training-referral',
            recipient: 'ALA',
            dataCategories: ['identity', 'migrationStatus', 'trainingProfile'],
          },
          { purpose: 'protection-handling', recipient: 'ALA', dataCategories: ['protection'] },
        ],
      },
    })
    const { referralId } = (await igm.submitReferral(submission)).body
    const { body } = await ala.release(referralId, 'protection-handling')
    expect(Object.keys(body.payload)).toEqual(['protection'])
    expect(body.withheld).toContain('identity')
    expect(body.referral).toMatchObject({ status: 'requested', contentState: 'released' })
    const releases = await releasesOf(referralId)
    expect(releases).toMatchObject([
      { outcome: 'allowed', purpose: 'protection-handling', categories: ['protection'] },
    ])
    expect(body.proof).toContain(`index ${releases[0]?.index}\n`)
    // Opened before it was delivered: it is delivered none the less.
    expect((await ala.getReferral(referralId)).body.deliveryState).toBe('queued')
    await ala.ack([(await leased(referralId)).handle])
  })

  test('after it was leased or acknowledged, at every status from then on', async () => {
    const { referralId } = await submitted(9)
    const message = await leased(referralId)
    const opens = async (status: string) => {
      const { body } = await ala.release(referralId, 'training-referral')
      expect(body.payload).toHaveProperty('identity')
      expect(body.referral).toMatchObject({ status, contentState: 'released' })
    }
    await opens('requested')
    await ala.ack([message.handle])
    await opens('received')
    for (const status of ['accepted', 'in-progress', 'completed'] as const) {
      await moved(referralId, status)
      await opens(status)
    }
    expect(await releasesOf(referralId)).toHaveLength(5)
  })

  test('which the clock of its consent and its withdrawal still forbid', async () => {
    const { referralId, consentId } = await submitted(10)
    await withdraw(hub, igm, consentId)
    const refusal = await refusalOf(ala.release(referralId, 'training-referral'))
    expect([refusal.status, refusal.code]).toEqual([410, 'content-shredded'])
    expect((await refusalOf(igm.release(referralId, 'training-referral'))).code).toBe('forbidden')
  })
})

test('at the end the log verifies without the hub', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
