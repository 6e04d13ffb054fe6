// The gate, with its steps held apart: what a cancel, an entry in error, a withdrawal or the clock does between the
// judgement, the commit of a release, and the answer.
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { callerOf, hubNow } from './callers.ts'
import { type Call, hubWithHolds } from './held-database.ts'
import { raw } from './signed-requests.ts'
import { stagesOf, withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

export type Met = 'a cancel' | 'an entry in error' | 'a withdrawal' | 'the end of the consent'

/** The transaction that records a release of this referral. */
const recording =
  (referralId: string) =>
  ({ operation, body }: Call) =>
    operation === 'TransactWriteItems' &&
    body.includes(referralId) &&
    body.includes('referral.release') &&
    body.includes('allowed')

/** Holds a release and a pull where each of these happens in between. */
export const releaseGate = async (...met: Met[]): Promise<void> => {
  /** Referrals whose key was opened for a release. */
  const opened = new Set<string>()
  const { hub, hold } = await hubWithHolds({
    allow: (_, { action, context }) => {
      const [referralId] = context['kms:encryptioncontext:referralid'] ?? []
      if (action === 'kms:Decrypt' && referralId !== undefined) opened.add(referralId)
      return true
    },
  })
  const { igm, ala, submitted } = await stagesOf(hub)
  const officer = await callerOf(hub, 'igm-compliance')

  const release = (referralId: string) =>
    raw(hub, 'ala-system', {
      path: `/v1/referrals/${referralId}/release`,
      body: '{"purpose":"training-referral"}',
    })

  const releasesOf = async (referralId: string) => {
    const entries: AccessLogEntry[] = []
    for await (const entry of officer.everyEntry({ referralId, action: 'referral.release' }))
      entries.push(entry)
    return entries.map(({ outcome, code }) => [outcome, code])
  }

  type Event = {
    name: Met
    happens: (header: ReferralHeader) => Promise<unknown>
    refused: [number, string]
    patch?: () => object
  }
  /**
   * Shorter than a try of the SDK is waited for (functions/aws/deadline.ts): a held transaction would be sent again, and
   * pass.
   */
  const shortLived = () => ({
    consent: { validUntil: new Date(hubNow(hub).getTime() + 4000).toISOString() },
  })
  const all: Event[] = [
    {
      name: 'a cancel',
      happens: ({ referralId }) =>
        igm.changeStatus(referralId, { status: 'cancelled', reason: 'declined-by-person' }, '"1"'),
      refused: [409, 'transition-not-allowed'],
    },
    {
      name: 'an entry in error',
      happens: ({ referralId }) =>
        igm.changeStatus(referralId, { status: 'entered-in-error' }, '*'),
      refused: [409, 'transition-not-allowed'],
    },
    {
      name: 'a withdrawal',
      happens: ({ consentId }) => withdraw(hub, igm, consentId),
      refused: [410, 'content-shredded'],
    },
    {
      name: 'the end of the consent',
      happens: ({ submittedAt }) => wait(Date.parse(submittedAt) + 4100 - hubNow(hub).getTime()),
      refused: [403, 'consent-expired'],
      patch: shortLived,
    },
  ]

  /** What a release is answered when something happens while the transaction that records it is held. */
  const releaseHeld = async (
    side: 'before' | 'after',
    header: ReferralHeader,
    happens: Event['happens'],
  ) => {
    const held = hold(side, recording(header.referralId))
    const answer = release(header.referralId)
    await held.reached
    await happens(header)
    held.letGo()
    return answer
  }

  const events = all.filter(({ name }) => met.includes(name))
  // Time alone commits nothing that a release could meet.
  const done = events.filter(({ patch }) => !patch)

  describe.each(events)('$name', ({ happens, refused, patch }) => {
    test('that is answered after a release was recorded, before anything left: nothing leaves', async () => {
      const header = await submitted(1, patch?.())
      const { status, json, text } = await releaseHeld('after', header, happens)
      expect([status, json.code]).toEqual(refused)
      expect(text).not.toContain('givenNames')
      // The log never says too little: the release was recorded before.
      expect(await releasesOf(header.referralId)).toContainEqual(['allowed', undefined])
    })

    test('that is answered after a pull has recorded its releases: its message comes without, the others whole', async () => {
      const headers = [await submitted(2), await submitted(3, patch?.()), await submitted(4)]
      const [, header] = headers as [ReferralHeader, ReferralHeader, ReferralHeader]
      const held = hold('after', recording(header.referralId))
      const answer = ala.pull({ max: 10, waitSeconds: 5 })
      await held.reached
      await happens(header)
      held.letGo()
      const { messages } = (await answer).body
      for (const { referralId } of headers) {
        const message = messages.find(({ event }) => event.subject === referralId)
        if (referralId === header.referralId) {
          expect(message).toMatchObject({ withheld: ['all'] })
          expect(message).not.toHaveProperty('payload')
          expect(message).not.toHaveProperty('proof')
        } else expect(message?.payload).toHaveProperty('identity')
      }
      await ala.ack(messages.map(({ handle }) => handle))
    })
  })

  describe.each(done)('$name', ({ happens, refused }) => {
    test('that commits while a release is about to be recorded: it is not recorded', async () => {
      const header = await submitted(5)
      const { status, json, text } = await releaseHeld('before', header, happens)
      expect([status, json.code]).toEqual(refused)
      expect(text).not.toContain('givenNames')
      expect(await releasesOf(header.referralId)).toEqual([['denied', refused[1]]])
      const { body } = await igm.getReferral(header.referralId)
      expect(body.contentState).not.toBe('released')
    })
  })

  describe.each(done)('$name', ({ happens, refused }) => {
    test('that is answered after the key was opened, before the answer: it is judged again then, and nothing leaves', async () => {
      const header = await submitted(6)
      const { referralId, consentId } = header
      // The read that follows upon the opening, of both; whatever was read before it would not be held.
      const held = hold(
        'before',
        ({ body }) =>
          opened.has(referralId) &&
          body.includes(`referral#${referralId}`) &&
          body.includes(consentId),
      )
      const answer = release(referralId)
      const readAgain = held.reached.then(() => 'read again')
      expect(await Promise.race([readAgain, answer.then(() => 'answered')])).toBe('read again')
      await happens(header)
      held.letGo()
      const { status, json, text } = await answer
      expect([status, json.code]).toEqual(refused)
      expect(text).not.toContain('givenNames')
    })
  })

  test('after all of that the log verifies: the chain of every referral has one end', async () => {
    expect(await verifiedLog(hub)).toMatchObject({ ok: true })
  })
}
