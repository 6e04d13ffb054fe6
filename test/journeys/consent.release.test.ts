// Opening a referral again: for one purpose, as far as its consent goes, as long as it lives, and each time with an
// entry of its own.
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { DataCategory, type Purpose } from '../../schemas/consent.ts'
import { callerOf, hubNow, refusalOf } from './callers.ts'
import { type RawAnswer, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'
import { stagesOf, withdraw } from './stages.ts'

const hub = await sharedHub()
const { igm, ala, submitted, pulled, acknowledged, completed } = await stagesOf(hub)
const officer = await callerOf(hub, 'igm-compliance')

const line = (purpose: Purpose, dataCategories: string[], recipient = 'ALA') => ({
  purpose,
  recipient,
  dataCategories,
})
const release = (referralId: string, purpose: string): Promise<RawAnswer> =>
  raw(hub, 'ala-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: JSON.stringify({ purpose }),
  })
const refused = async (referralId: string, purpose: string) => {
  const { status, json } = await release(referralId, purpose)
  return [status, json.code]
}

describe('the recipient opens a referral', () => {
  test('and gets for each purpose what the consent gives to it for that purpose', async () => {
    const { referralId, consentId, message } = await pulled(1, {
      payload: { protection: { handling: ['same-sex-staff'] } },
      consent: {
        purposes: [
          line('training-referral', ['identity', 'migrationStatus', 'trainingProfile']),
          line('mobility-stipend', ['identity', 'contact']),
          line('protection-handling', ['protection']),
          line('status-feedback', ['trainingProfile'], 'IGM'),
          line('job-placement-handover', ['identity'], 'OIM'),
        ],
      },
    })
    for (const [purpose, given] of [
      ['training-referral', ['identity', 'migrationStatus', 'trainingProfile']],
      ['mobility-stipend', ['identity', 'contact']],
      ['protection-handling', ['protection']],
    ] as const) {
      const { body } = await ala.release(referralId, purpose)
      expect(Object.keys(body.payload).toSorted()).toEqual([...given].toSorted())
      for (const category of given) {
        const payload = message.payload as Record<string, unknown>
        expect(body.payload[category]).toEqual(payload[category])
      }
      expect(body.withheld).toEqual(
        DataCategory.options.filter(each => !(given as readonly string[]).includes(each)),
      )
      expect(body.referral).toMatchObject({ referralId, contentState: 'released' })
      expect(body.referral).not.toHaveProperty('externalId')
      const [entry] = (await officer.accessLog({ referralId, purpose })).body.items
      expect(entry).toMatchObject({
        action: 'referral.release',
        outcome: 'allowed',
        consentId,
        categories: given,
        actor: { institution: 'ALA', role: 'recipient' },
      })
    }
    // Not asked for, given to somebody else, or nobody’s purpose.
    for (const purpose of ['psychosocial-support', 'status-feedback', 'job-placement-handover'])
      expect(await refused(referralId, purpose)).toEqual([403, 'consent-missing-purpose'])
    expect(await refused(referralId, 'curiosity')).toEqual([422, 'invalid-request'])
    const denied = (await officer.accessLog({ referralId, outcome: 'denied' })).body.items
    expect(denied.map(({ code }) => code)).toContain('consent-missing-purpose')
  })

  test('not after the sender took it back, whether or not it had been opened', async () => {
    for (const [{ referralId }, etag, change] of [
      [await submitted(2), '"1"', { status: 'entered-in-error' }],
      [await acknowledged(3), '"2"', { status: 'cancelled', reason: 'declined-by-person' }],
    ] as const) {
      await igm.changeStatus(referralId, change, etag)
      expect(await refused(referralId, 'training-referral')).toEqual([
        409,
        'transition-not-allowed',
      ])
    }
  })

  test('also after it was completed, until its retention ends', async () => {
    const { referralId } = await completed(4)
    expect((await release(referralId, 'training-referral')).status).toBe(200)
  })
})

test('a consent that runs out while the recipient keeps asking: not one millisecond more', async () => {
  const validUntil = new Date(hubNow(hub).getTime() + 3000).toISOString()
  const { referralId, consentId } = await acknowledged(5, { consent: { validUntil } })
  const answers: RawAnswer[] = []
  while (hubNow(hub).toISOString() <= validUntil) {
    answers.push(...(await Promise.all([1, 2].map(() => release(referralId, 'training-referral')))))
    await wait(40)
  }
  for (let n = 0; n < 5; n++) answers.push(await release(referralId, 'training-referral'))
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry({ referralId, action: 'referral.release' }))
    entries.push(entry)
  for (const answer of answers) {
    const id = answer.headers.get('x-request-id')
    const entry = entries.filter(({ request }) => request.id === id)
    if (answer.status === 200) {
      expect(entry.length).toBe(1)
      expect(entry[0]?.outcome).toBe('allowed')
      expect((entry[0]?.time ?? '') <= validUntil).toBe(true)
    } else if (answer.json.code !== 'unavailable') {
      expect([answer.status, answer.json.code]).toEqual([403, 'consent-expired'])
      expect((entry[0]?.time ?? '') > validUntil).toBe(true)
    }
  }
  expect(answers[0]?.status).toBe(200)
  expect(answers.at(-1)?.status).toBe(403)
  expect((await ala.getConsent(consentId)).body).toMatchObject({ state: 'expired', validUntil })
  // An expired consent can still be withdrawn: there still is something to destroy.
  expect((await withdraw(hub, igm, consentId)).body.state).toBe('withdrawn')
  expect(await refused(referralId, 'training-referral')).toEqual([410, 'content-shredded'])
})

describe('a minor', () => {
  const guardian = { givenNames: ['Prueba'], relationship: 'mother' }
  const minor = { payload: { identity: { birthDate: '2010-03', guardian } } }
  test('is referred by the consent of a guardian and their own assent, never by one of the two alone', async () => {
    for (const grantor of [
      { type: 'self' },
      { type: 'self', assent: true },
      { type: 'guardian', relationship: 'mother' },
      { type: 'guardian', relationship: 'mother', assent: false },
      { type: 'representative', relationship: 'legal-guardian', assent: true },
    ]) {
      const { status, json } = await submitRaw(
        hub,
        submissionOf(6, { ...minor, consent: { grantor } }),
      )
      expect([status, json.code]).toEqual([422, 'minor-needs-guardian-and-assent'])
    }
    const grantor = { type: 'guardian', relationship: 'mother', assent: true }
    const { referralId, consentId, message } = await pulled(6, { ...minor, consent: { grantor } })
    expect(message.payload?.identity).toMatchObject({ guardian, birthDate: '2010-03' })
    for (const [asker, at] of [
      ['guardian', '2010-01-01T00:00:00.000Z'],
      ['nobody', hubNow(hub).toISOString()],
    ])
      expect(
        (
          await refusalOf(
            igm.withdrawConsent(consentId, {
              requestedBy: asker as 'guardian',
              method: 'call',
              at: at as string,
            }),
          )
        ).code,
      ).toBe('invalid-request')
    // They may withdraw themselves, too: nobody needs a guardian to be left alone.
    const { body } = await withdraw(hub, igm, consentId)
    expect(body.events[1]).toMatchObject({ event: 'withdrawn', requestedBy: 'self' })
    expect(await refused(referralId, 'training-referral')).toEqual([410, 'content-shredded'])
  })
})

test('a consent shows its terms of release and its events, and nobody’s name, grantor or evidence', async () => {
  const { referralId, consentId } = await acknowledged(7)
  const { body } = await ala.getConsent(consentId)
  expect(Object.keys(body).toSorted()).toEqual([
    'agreementId',
    'consentId',
    'deletion',
    'events',
    'purposes',
    'referralId',
    'state',
    'validUntil',
  ])
  expect(body).toMatchObject({ referralId, state: 'granted', deletion: 'none' })
  expect(body.events).toEqual([{ event: 'granted', at: expect.any(String) as string, by: 'IGM' }])
})
