// The release door is the recipient institution's alone: the role is not enough, being a party is not enough, being
// named in the consent is not enough.
import { describe, expect, test } from 'vitest'
import { isToldOfStranger } from '../../events/access-log.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { Purpose } from '../../schemas/consent.ts'
import type { Role } from '../../schemas/agreement.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import { type Who, callerOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { enrolledHolder } from './key-holders.ts'
import { sharedHub } from './shared-hub.ts'
import { stagesOf } from './stages.ts'

const hub = await sharedHub()
const { ala, submitted, pulled } = await stagesOf(hub)
const officer = await callerOf(hub, 'igm-compliance')

/**
 * The purposes that a consent may name an institution for (events/agreement.ts `named`), beside the recipient of the
 * referral.
 */
const purposesOf: Record<string, Purpose[]> = {
  IGM: ['status-feedback', 'aggregate-reporting'],
  OIM: ['job-placement-handover', 'aggregate-reporting'],
}

/** Whatever they could be named for, the consent gives it to them. */
const everythingTo = (...recipients: string[]) => ({
  consent: {
    purposes: [
      {
        purpose: 'training-referral',
        recipient: 'ALA',
        dataCategories: ['identity', 'contact', 'migrationStatus', 'trainingProfile'],
      },
      ...recipients.flatMap(recipient =>
        (purposesOf[recipient] ?? []).map(purpose => ({
          purpose,
          recipient,
          dataCategories: ['identity', 'contact', 'migrationStatus', 'trainingProfile'],
        })),
      ),
    ],
  },
})
const allRoles: Role[] = ['referrer', 'recipient', 'compliance-officer', 'liaison', 'signatory']

const withRole: [string, Who][] = [
  ['a recipient key of the referrer', await enrolledHolder(hub, 'IGM', ['recipient'])],
  ['a key of the referrer with every role', await enrolledHolder(hub, 'IGM', allRoles)],
  ['a recipient of an onward institution', 'oim-system'],
  ['a key of an onward institution with every role', await enrolledHolder(hub, 'OIM', allRoles)],
  ['a recipient of no party', await enrolledHolder(hub, 'XXX', ['recipient'])],
]
const withoutRole: [string, Who][] = [
  ['the recipient’s liaison', 'ala-liaison'],
  ['the recipient’s officer', 'ala-compliance'],
  [
    'a key of the recipient with every role but its own',
    await enrolledHolder(
      hub,
      'ALA',
      allRoles.filter(role => role !== 'recipient'),
    ),
  ],
]
const askers = [...withRole, ...withoutRole]
const opened = await pulled(1, everythingTo('IGM', 'OIM'))
const sealed = await submitted(2, everythingTo('IGM', 'OIM'))

describe.each(askers)('%s', (_, who) => {
  test.each(Purpose.options)(
    'opens nothing for %s, and learns no more than that',
    async purpose => {
      for (const { referralId } of [sealed, opened]) {
        const { status, json, text } = await raw(hub, who, {
          path: `/v1/referrals/${referralId}/release`,
          body: JSON.stringify({ purpose }),
        })
        expect([status, json.code]).toEqual([403, 'forbidden'])
        expect(text).not.toContain('givenNames')
      }
    },
  )

  test('opens nothing by pulling either', async () => {
    const { text } = await raw(hub, who, {
      path: '/v1/inbox/pull',
      body: '{"max":10,"waitSeconds":0,"visibilitySeconds":30}',
    })
    expect(text).not.toContain('givenNames')
  })
})

test('a key of the recipient that holds no recipient’s role pulls its messages, sealed', async () => {
  const clerk = await enrolledHolder(hub, 'ALA', ['referrer'])
  const { referralId } = await submitted(3)
  const pull = () => raw(hub, clerk, { path: '/v1/inbox/pull', body: '{"max":10,"waitSeconds":2}' })
  const { json } = await pull()
  const messages = json['messages'] as PulledMessage[]
  expect(messages.find(({ event }) => event.subject === referralId)).toMatchObject({
    content: 'sealed',
  })
  expect(JSON.stringify(messages)).not.toContain('givenNames')
  await ala.ack(messages.map(({ handle }) => handle))
  expect((await ala.getReferral(referralId)).body).toMatchObject({
    status: 'received',
    contentState: 'sealed',
  })
})

test('the recipient alone opens it; its parties’ officers see each of these refusals and no other release', async () => {
  await ala.release(sealed.referralId, 'training-referral')
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry({
    referralId: sealed.referralId,
    action: 'referral.release',
    limit: 200,
  }))
    entries.push(entry)
  expect(entries.filter(({ outcome }) => outcome === 'allowed')).toHaveLength(1)
  const denied = entries.filter(({ outcome, code }) => outcome === 'denied' && code === 'forbidden')
  // Who does not hold the role is refused before anybody looks whose referral it is; that is seen by their own officer.
  // Of institutions that are party to nothing they are summed: the first, and each that doubles their number.
  const asked = Purpose.options.map((_, n) => n + 1)
  const of = (...institutions: string[]) =>
    denied.filter(({ actor }) => institutions.includes(actor.institution)).length
  expect(of('IGM')).toBe(2 * asked.length)
  expect(of('OIM', 'XXX')).toBe(3 * asked.filter(isToldOfStranger).length)
})
