// Things that happen at once: every outcome is one that some order of the requests would have had.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { ConsentView } from '../../schemas/consent.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { callerOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { emptyHub } from './empty-hub.ts'
import { stagesOf, withdraw } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

/**
 * Sends two requests, the second `offset` ms after the first; a negative offset turns them around. Infinity is after
 * the other's answer: a clear order, however slow the machine.
 */
const atOnce = async <A, B>(
  offset: number,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> => {
  if (offset === Infinity) return [await first(), await second()]
  if (offset === -Infinity) {
    const answer = await second()
    return [await first(), answer]
  }
  return Promise.all([
    wait(Math.max(0, -offset)).then(first),
    wait(Math.max(0, offset)).then(second),
  ])
}

const indexOf = (entry: AccessLogEntry | undefined): number => {
  if (entry?.index === undefined) throw new Error('an entry without its place')
  return entry.index
}

/**
 * How often: a pull is met by a withdrawal at each of `pulls`, a release at each of `releases` (milliseconds; the
 * outermost are a clear order), two withdrawals meet four times; the last two in so many `rounds`.
 */
export const withdrawalRaces = async ({
  pulls,
  releases,
  rounds,
}: {
  pulls: number[]
  releases: number[]
  rounds: number
}) => {
  const hub = await emptyHub()
  const { igm, ala, alaInbox, submitted } = await stagesOf(hub)
  const officer = await callerOf(hub, 'ala-compliance')

  const release = (referralId: string) =>
    raw(hub, 'ala-system', {
      path: `/v1/referrals/${referralId}/release`,
      body: '{"purpose":"training-referral"}',
    })

  /** The two clean orders: released, logged before the withdrawal and counted by it; or not released at all. */
  const isClean = async (referralId: string, payloads: number, withdrawal: ConsentView) => {
    const entries = (await officer.accessLog({ referralId, outcome: 'allowed' })).body.items
    const withdrawn = indexOf(entries.find(({ action }) => action === 'consent.withdraw'))
    const opened = entries.filter(({ action }) => action === 'referral.release')
    expect(opened.every(entry => indexOf(entry) < withdrawn)).toBe(true)
    expect(payloads).toBeLessThanOrEqual(opened.length)
    expect(withdrawal.releasesInFlight).toBe(opened.length)
  }

  const someReferrals = async (count: number, from: number): Promise<ReferralHeader[]> => {
    const headers: ReferralHeader[] = []
    for (let n = 0; n < count; n++) headers.push(await submitted(from + n))
    return headers
  }

  test('a pull and a withdrawal at once: released before it and counted, or not released', async () => {
    let payloads = 0
    for (const [round, offset] of pulls.entries()) {
      const referrals = await someReferrals(7, round * 10 + 1)
      const mine = new Set(referrals.slice(0, 5).map(({ referralId }) => referralId))
      const [pulled, withdrawals] = await atOnce(
        offset,
        () => ala.pull({ max: 10, waitSeconds: 5 }),
        () =>
          Promise.all(referrals.slice(0, 5).map(({ consentId }) => withdraw(hub, igm, consentId))),
      )
      alaInbox.pulled.push(...pulled.body.messages)
      for (const [i, referralId] of [...mine].entries()) {
        const released = pulled.body.messages.filter(
          ({ event, payload }) => event.subject === referralId && payload !== undefined,
        ).length
        payloads += released
        await isClean(referralId, released, withdrawals[i]?.body as ConsentView)
      }
      // The neighbours in the same pull lose nothing by it.
      for (const { referralId } of referrals.slice(5)) {
        const [message] = await alaInbox.about(referralId)
        expect(message?.payload).toHaveProperty('identity')
      }
      // Asked for after the withdrawal’s answer: nothing, ever.
      for (const referralId of mine) expect((await release(referralId)).status).toBe(410)
    }
    // Both orders came about.
    expect(payloads).toBeGreaterThan(0)
    expect(payloads).toBeLessThan(5 * pulls.length)
  })

  test('a release and a withdrawal at once: released before it and counted, or refused', async () => {
    const seen = new Set<number>()
    for (let round = 0; round < rounds; round++) {
      const referrals = await someReferrals(releases.length, 101 + round * 10)
      for (const [i, { referralId, consentId }] of referrals.entries()) {
        // Now, for what was released half a minute ago has arrived, and is not counted.
        const [message] = await alaInbox.about(referralId)
        await ala.ack([message?.handle as string])
        const [answer, { body }] = await atOnce(
          releases[i] as number,
          () => release(referralId),
          () => withdraw(hub, igm, consentId),
        )
        seen.add(answer.status)
        // The pull that came before counts too.
        await isClean(referralId, 1 + Number(answer.status === 200), body)
        if (answer.status !== 200)
          expect([answer.status, answer.json.code]).toEqual([410, 'content-shredded'])
        const later = await release(referralId)
        expect([later.status, later.json.code]).toEqual([410, 'content-shredded'])
      }
    }
    expect(seen).toEqual(new Set([200, 410]))
  })

  test('two withdrawals at once, by both parties: both are answered, and it happened once', async () => {
    const referrals = await someReferrals(4 * rounds, 151)
    for (const { referralId, consentId } of referrals) {
      const answers = await Promise.all([
        withdraw(hub, igm, consentId),
        withdraw(hub, ala, consentId),
      ])
      for (const { status, body } of answers) {
        expect([status, body.state]).toEqual([200, 'withdrawn'])
        expect(body.events.map(({ event }) => event)).toEqual([
          'granted',
          'withdrawn',
          'deletion-requested',
        ])
      }
      expect(answers[0].body.events).toEqual(answers[1].body.events)
      const { items } = (await officer.accessLog({ referralId, action: 'consent.withdraw' })).body
      expect(items.map(({ outcome }) => outcome)).toEqual(['allowed', 'allowed'])
      expect(items.filter(entry => entry.destroyedKeyDigest).length).toBe(1)
      expect((await igm.getReferral(referralId)).body).toMatchObject({ version: 2 })
    }
  })

  test('after all of that the log verifies: every request, and the chain of every referral', async () => {
    expect(await verifiedLog(hub)).toMatchObject({ ok: true })
  })
}
