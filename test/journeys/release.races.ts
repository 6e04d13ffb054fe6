// Many pulls and releases against a cancel, an entry in error or a withdrawal: whoever asks once that is answered gets
// no content any more (what is under way then: release.gate.ts), and each answer is whole and in the log, or a
// refusal.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { HubError } from '../../client/refusal.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { callerOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { ownHub } from './own-hub.ts'
import { stagesOf, withdrawalAt } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const placeOf = ({ index = -1 }: AccessLogEntry) => index

const isEnd = (action: AccessLogEntry['action']) =>
  action === 'referral.status' || action === 'consent.withdraw'

/** So many `rounds`, each with three referrals. */
export const releaseRaces = async (rounds: number) => {
  const hub = await ownHub({ rate: { perSecond: 10_000, burst: 10_000 } })
  const { igm, submitted } = await stagesOf(hub)
  const officer = await callerOf(hub, 'igm-compliance')

  /**
   * An answer about one referral: by which request, when that was sent in milliseconds of the test's own clock, and
   * whether content was in it.
   */
  type Answer = {
    requestId: string
    sentAt: number
    opened: boolean
    refusal: unknown
    proof: unknown
  }

  /** The three ends, one after the other; and what a release is refused with from then on. */
  const ends = [
    {
      after: [409, 'transition-not-allowed'],
      begin: ({ referralId }: ReferralHeader, key: string) =>
        igm.changeStatus(
          referralId,
          { status: 'cancelled', reason: 'declined-by-person' },
          '*',
          key,
        ),
    },
    {
      after: [409, 'transition-not-allowed'],
      begin: ({ referralId }: ReferralHeader, key: string) =>
        igm.changeStatus(referralId, { status: 'entered-in-error' }, '*', key),
    },
    {
      after: [410, 'content-shredded'],
      begin: ({ consentId }: ReferralHeader, key: string) =>
        igm.withdrawConsent(consentId, withdrawalAt(hub), key),
    },
  ] as const

  /**
   * Ends a referral. Where it met a release on the same row too often, or its answer was lost: the same request again.
   */
  const ended = async (header: ReferralHeader, { begin }: (typeof ends)[number]): Promise<void> => {
    const key = idempotencyKey()
    for (let tries = 1; ; tries++)
      try {
        await begin(header, key)
        return
      } catch (error) {
        const again = error instanceof HubError && (error.status >= 500 || error.status === 409)
        if (!again || tries === 50) throw error
      }
  }

  const release = async (referralId: string): Promise<Answer> => {
    const sentAt = performance.now()
    const { status, headers, json, text } = await raw(hub, 'ala-system', {
      path: `/v1/referrals/${referralId}/release`,
      body: '{"purpose":"training-referral"}',
    })
    return {
      requestId: headers.get('x-request-id') ?? '',
      sentAt,
      opened: text.includes('givenNames'),
      refusal: status === 200 ? undefined : [status, json.code],
      proof: json['proof'],
    }
  }

  type Message = {
    event: { subject: string }
    payload?: object
    withheld?: string[]
    proof?: string
  }

  const pull = async (): Promise<[string, Answer][]> => {
    const sentAt = performance.now()
    const { status, headers, json } = await raw(hub, 'ala-system', {
      path: '/v1/inbox/pull',
      body: '{"max":10,"waitSeconds":0,"visibilitySeconds":30}',
    })
    const requestId = headers.get('x-request-id') ?? ''
    const messages = status === 200 ? (json['messages'] as Message[]) : []
    return messages.map(({ event, payload, withheld, proof }) => [
      event.subject,
      {
        requestId,
        sentAt,
        opened: payload !== undefined,
        refusal: payload === undefined ? withheld : undefined,
        proof,
      },
    ])
  }

  /** One round: each referral is asked for again and again until it has been ended, and a while after. */
  const race = async (headers: readonly ReferralHeader[]) => {
    const answers = new Map<string, Answer[]>(headers.map(({ referralId }) => [referralId, []]))
    const endedAt = new Map<string, number>()
    const over = new AbortController()
    const released = async (referralId: string) => {
      for (; !over.signal.aborted; await wait(20))
        answers.get(referralId)?.push(await release(referralId))
    }
    const pulled = async () => {
      for (; !over.signal.aborted; await wait(20))
        for (const [referralId, answer] of await pull()) answers.get(referralId)?.push(answer)
    }
    const asking = () => [
      ...headers.flatMap(({ referralId }) => [released(referralId), released(referralId)]),
      pulled(),
      pulled(),
    ]
    const until = async (holds: () => boolean) => {
      while (!holds() && !over.signal.aborted) await wait(5)
    }
    const ending = async () => {
      await Promise.all(
        headers.map(async (header, turn) => {
          const got = answers.get(header.referralId) ?? []
          // While others are under way: at a moment of its own after the first that was opened.
          await until(() => got.some(({ opened }) => opened))
          await wait(turn * 15)
          await ended(header, ends[turn % ends.length] as (typeof ends)[number])
          const endedHere = performance.now()
          endedAt.set(header.referralId, endedHere)
          // It is asked for once more after its end.
          await until(() => got.some(({ sentAt }) => sentAt > endedHere))
        }),
      )
      over.abort()
    }
    onTestFinished(() => over.abort())
    // One that fails ends the others.
    await Promise.all([ending(), ...asking()].map(one => one.finally(() => over.abort())))
    return { answers, endedAt }
  }

  const entriesOf = async (referralId: string) => {
    const entries: AccessLogEntry[] = []
    for await (const entry of officer.everyEntry({ referralId })) entries.push(entry)
    return entries
  }
  test('who asks after the answer gets no content, and each answer is whole and in the log or a refusal', async () => {
    const seen = { opened: 0, refused: 0 }
    for (let round = 0; round < rounds; round++) {
      const headers: ReferralHeader[] = []
      for (let n = 1; n <= ends.length; n++) headers.push(await submitted(round * 10 + n))
      const { answers, endedAt } = await race(headers)
      for (const [turn, { referralId }] of headers.entries()) {
        const got = answers.get(referralId) ?? []
        const late = got.filter(({ sentAt }) => sentAt > (endedAt.get(referralId) ?? 0))
        expect(late.filter(({ opened }) => opened)).toEqual([])
        expect(late.length).toBeGreaterThan(0)
        expect((await release(referralId)).refusal).toEqual(ends[turn]?.after)

        const entries = await entriesOf(referralId)
        const [end = -1] = entries
          .filter(({ action, outcome }) => outcome === 'allowed' && isEnd(action))
          .map(placeOf)
        const releases = entries.filter(({ action }) => action === 'referral.release')
        const allowed = releases.filter(({ outcome }) => outcome === 'allowed')
        expect(allowed.every(entry => placeOf(entry) >= 0 && placeOf(entry) < end)).toBe(true)
        for (const { requestId, opened, refusal, proof } of got) {
          seen[opened ? 'opened' : 'refused'] += 1
          if (!opened) {
            expect(refusal).toBeDefined()
            continue
          }
          expect(proof).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
          const own = releases.filter(({ request }) => request.id === requestId)
          expect(own.map(({ outcome }) => outcome)).toEqual(['allowed'])
        }
      }
    }
    // It was a race: both came about.
    expect(seen.opened).toBeGreaterThan(0)
    expect(seen.refused).toBeGreaterThan(0)
  }, 180_000)
  test('after all of that the log verifies', async () => {
    expect(await verifiedLog(hub)).toMatchObject({ ok: true })
  }, 60_000)
}
