// A withdrawal at every moment of a referral's life: what is destroyed, who is told, what stays.
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms'
import { describe, expect, test } from 'vitest'
import { awsClients } from './aws-clients.ts'
import { callerOf, hubNow, refusalOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { rowsOf } from './drill.ts'
import { sharedHub } from './shared-hub.ts'
import { stagesOf, withdraw, withdrawalAt } from './stages.ts'

const hub = await sharedHub()
const stages = await stagesOf(hub)
const { igm, ala, igmInbox, alaInbox } = stages
const { kms } = awsClients(hub.hub)

/** What the tables still hold of a referral's content: its key, its ciphertext, its guards. */
const leftOf = async (referralId: string) => {
  const keys = await rowsOf(hub.hub, 'ReferralKeys')
  const rows = await rowsOf(hub.hub, 'Referrals')
  return {
    keys: keys.filter(row => row['referralId']?.S === referralId).length,
    compartments: rows
      .filter(row => row['referralId']?.S === referralId)
      .flatMap(row => Object.keys(row['envelope']?.M ?? {})).length,
    personGuards: rows.filter(
      row =>
        row['heldBy']?.S === referralId && !/^(folio|external-id)#/.test(row['pk']?.S as string),
    ).length,
  }
}

const released = (referralId: string) =>
  raw(hub, 'ala-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: '{"purpose":"training-referral"}',
  })

const told = (inbox: typeof alaInbox, referralId: string) =>
  inbox.pulled
    .filter(({ event }) => event.subject === referralId)
    .map(({ event }) => [event.sequence, event.type])

describe('a withdrawal destroys the content', () => {
  test.each([
    ['between queueing and pull', stages.submitted, 0],
    ['between pull and acknowledgement', stages.pulled, 1],
    ['after the acknowledgement', stages.acknowledged, 1],
    ['after completion', stages.completed, 1],
  ] as const)('%s', async (moment, stage, releasesInFlight) => {
    const { referralId, consentId } = await stage(1)
    const closed = moment === 'after completion'
    expect(await leftOf(referralId)).toMatchObject({ keys: 1, personGuards: closed ? 0 : 1 })

    const { status, body } = await withdraw(hub, igm, consentId)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      consentId,
      referralId,
      state: 'withdrawn',
      deletion: 'requested',
      releasesInFlight,
    })
    expect(body.events.map(({ event, by }) => [event, by])).toEqual([
      ['granted', 'IGM'],
      ['withdrawn', 'IGM'],
      ['deletion-requested', 'hub'],
    ])
    expect(await leftOf(referralId)).toEqual({ keys: 0, compartments: 0, personGuards: 0 })

    for (const client of [igm, ala]) {
      const header = (await client.getReferral(referralId)).body
      expect(header).toMatchObject({
        status: closed ? 'completed' : 'cancelled',
        contentState: 'shredded',
        availableTransitions: [],
      })
      expect(header).not.toHaveProperty('externalId')
      if (!closed)
        expect(header.history.at(-1)).toMatchObject({
          status: 'cancelled',
          by: 'IGM',
          reason: 'consent-withdrawn',
        })
    }
    const { status: refused, json } = await released(referralId)
    expect([refused, json.code]).toEqual([410, 'content-shredded'])

    // Whatever was on its way before, then the end of the referral, then the request to delete: in order, without a
    // gap.
    const pulledBefore = alaInbox.pulled.find(({ event }) => event.subject === referralId)
    if (pulledBefore) await ala.ack([pulledBefore.handle])
    const count = closed ? 2 : 3
    for (let n = 1; n <= count; n++)
      await ala.ack([(await alaInbox.about(referralId, n))[n - 1]?.handle as string])
    expect(told(alaInbox, referralId)).toEqual([
      ['1', 'referral.requested.v1'],
      ...(closed ? [] : [['2', 'referral.status-changed.v1']]),
      [String(count), 'consent.withdrawn.v1'],
    ])
    const messages = alaInbox.pulled.filter(({ event }) => event.subject === referralId)
    expect(messages.at(-1)?.event.data).toEqual({ consentId })
    if (!pulledBefore) {
      expect(messages[0]).not.toHaveProperty('payload')
      expect(messages[0]?.withheld).toEqual(['all'])
    }
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      status: closed ? 'completed' : 'cancelled',
      deliveryState: 'acknowledged',
    })
  })

  test('while KMS fails for everybody: destroying calls no KMS', async () => {
    const { referralId, consentId } = await stages.acknowledged(2)
    const keys = ['EnvelopeKey', 'GuardKey', 'LogKey'].map(hub.hub.nameOf)
    for (const KeyId of keys) await kms.send(new DisableKeyCommand({ KeyId }))
    const path = `/v1/consents/${consentId}/certificate`
    const answers = async () => {
      try {
        const answer = await withdraw(hub, igm, consentId).catch((error: unknown) => error)
        const { json } = await released(referralId)
        return { answer, json, certificate: await raw(hub, 'igm-system', { path }) }
      } finally {
        for (const KeyId of keys) await kms.send(new EnableKeyCommand({ KeyId }))
      }
    }
    const { answer, json, certificate } = await answers()
    expect(answer).toMatchObject({ status: 200, body: { state: 'withdrawn' } })
    expect(await leftOf(referralId)).toEqual({ keys: 0, compartments: 0, personGuards: 0 })
    expect(json.code).toBe('content-shredded')
    // The log cannot be signed just now; that it was done can be certified all the same.
    expect([certificate.status, certificate.json['cause']]).toEqual([200, 'withdrawal'])
  })
})

describe('who withdraws', () => {
  test('the recipient may pass it on as well, for a guardian; the referrer is told, and the recipient asked to delete', async () => {
    const { referralId, consentId } = await stages.acknowledged(3)
    const { body } = await ala.withdrawConsent(consentId, {
      ...withdrawalAt(hub),
      requestedBy: 'guardian',
    })
    expect(body.events[1]).toMatchObject({
      event: 'withdrawn',
      by: 'ALA',
      requestedBy: 'guardian',
      method: 'in-person',
    })
    for (let n = 1; n <= 3; n++)
      await igm.ack([(await igmInbox.about(referralId, n))[n - 1]?.handle as string])
    expect(told(igmInbox, referralId).slice(1)).toEqual([
      ['2', 'referral.status-changed.v1'],
      ['3', 'consent.withdrawn.v1'],
    ])
    await alaInbox.about(referralId, 2)
    expect(told(alaInbox, referralId).at(-1)).toEqual(['2', 'consent.withdrawn.v1'])
    expect((await igm.getReferral(referralId)).body.history.at(-1)?.by).toBe('ALA')
  })

  test('said again, by either party, it changes nothing and is answered as before', async () => {
    const { referralId, consentId } = await stages.submitted(4)
    const command = withdrawalAt(hub)
    const key = idempotencyKey()
    const first = await igm.withdrawConsent(consentId, command, key)
    const retry = await igm.withdrawConsent(consentId, command, key)
    expect(retry.headers.get('idempotency-replayed')).toBe('true')
    expect(retry.body).toEqual(first.body)
    // How many releases were under way is only known of the one that took effect.
    const { releasesInFlight: _, ...view } = first.body
    for (const client of [igm, ala]) {
      const again = await withdraw(hub, client, consentId)
      expect([again.status, again.body]).toEqual([200, view])
    }
    expect((await igm.getReferral(referralId)).body.version).toBe(2)
  })

  test('must say when, and not a time before the consent or still to come', async () => {
    const { consentId, referralId } = await stages.submitted(5)
    for (const [at, code] of [
      [new Date(hubNow(hub).getTime() + 60_000).toISOString(), 'in-the-future'],
      ['2026-01-01T00:00:00.000Z', 'before-granted'],
      ['yesterday', 'wrong-format'],
    ] as const) {
      const { code: refused, errors } = await refusalOf(
        igm.withdrawConsent(consentId, { ...withdrawalAt(hub), at }),
      )
      expect([refused, errors]).toEqual(['invalid-request', [{ pointer: '/at', code }]])
    }
    expect((await leftOf(referralId)).keys).toBe(1)
  })

  test('a party cannot pretend a withdrawal by a status: the reason belongs to the consent', async () => {
    const { referralId } = await stages.submitted(6)
    for (const reason of ['consent-withdrawn', 'consent-expired'] as const) {
      const { code, errors } = await refusalOf(
        igm.changeStatus(referralId, { status: 'cancelled', reason }, '"1"'),
      )
      expect([code, errors]).toMatchObject([
        'invalid-request',
        [{ pointer: '/reason', code: 'use-the-consent' }],
      ])
      expect(errors[0]?.allowed).toContain('declined-by-person')
      expect(errors[0]?.allowed).not.toContain(reason)
    }
  })
})

describe('deletion by the recipient', () => {
  test('is confirmed once it was asked for, by the recipient alone; the referrer hears of it', async () => {
    const { referralId, consentId } = await stages.acknowledged(7)
    const command = { at: hubNow(hub).toISOString() }
    expect((await refusalOf(ala.confirmDeletion(consentId, command))).code).toBe(
      'transition-not-allowed',
    )
    await withdraw(hub, igm, consentId)
    expect((await refusalOf(igm.confirmDeletion(consentId, command))).code).toBe('forbidden')
    const liaison = await callerOf(hub, 'ala-liaison')
    expect((await refusalOf(liaison.confirmDeletion(consentId, command))).code).toBe('forbidden')

    for (const [seconds, code] of [
      [60, 'in-the-future'],
      [-60, 'before-withdrawn'],
    ] as const) {
      const at = new Date(hubNow(hub).getTime() + seconds * 1000).toISOString()
      const refusal = await refusalOf(ala.confirmDeletion(consentId, { at }))
      expect(refusal).toMatchObject({ status: 422, errors: [{ pointer: '/at', code }] })
    }
    const { body } = await ala.confirmDeletion(consentId, command)
    expect(body).toMatchObject({ state: 'withdrawn', deletion: 'confirmed' })
    expect(body.events.at(-1)).toMatchObject({
      event: 'deletion-confirmed',
      by: 'ALA',
      statedAt: command.at,
    })
    expect((await ala.confirmDeletion(consentId, command)).body).toEqual(body)
    expect((await igm.getConsent(consentId)).body).toEqual(body)
    for (let n = 1; n <= 2; n++)
      await igm.ack([(await igmInbox.about(referralId, n))[n - 1]?.handle as string])
    expect(told(igmInbox, referralId).at(-1)).toEqual(['2', 'consent.deletion-confirmed.v1'])
  })
})

test('after a withdrawal the same person may consent anew: that is a new referral, and the old one stays shut', async () => {
  const person = submissionOf(8)
  const { body: old } = await igm.submitReferral(person)
  await withdraw(hub, igm, old.consentId)
  const again = { ...person, externalId: `${person.externalId} bis`, salt: submissionOf(8).salt }
  const { body: fresh } = await igm.submitReferral(again)
  const [message] = await alaInbox.about(fresh.referralId)
  expect(message?.payload).toEqual(person.payload)
  expect(fresh.consentId).not.toBe(old.consentId)
  const { json } = await released(old.referralId)
  expect(json.code).toBe('content-shredded')
  expect((await igm.getConsent(old.consentId)).body.state).toBe('withdrawn')
})
