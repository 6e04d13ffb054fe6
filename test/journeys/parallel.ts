// Many openings at once: each waits until the log covers it, and none is refused for another's sake.
import { expect, test } from 'vitest'
import { callerOf, inboxOf, raw, submissionOf } from './callers.ts'
import { ownHub } from './own-hub.ts'
import { verifiedLog } from './verified-log.ts'
import { unlimited } from '../unlimited.ts'

/** How many answers there were of each kind. */
const counted = (answers: readonly { status: number; json: { code?: string } }[]) => {
  const counts: Record<string, number> = {}
  for (const { status, json } of answers) {
    const kind = json.code ?? String(status)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

/** The tests of one file, over a hub of its own; `times` as many rounds of each. */
export const manyAtOnce = async (times: number): Promise<void> => {
  const hub = await ownHub({ rate: unlimited })
  const igm = await callerOf(hub, 'igm-system')
  const ala = await callerOf(hub, 'ala-system')

  const submitted = async (count: number, from: number): Promise<string[]> => {
    const ids: string[] = []
    for (let n = 0; n < count; n++)
      ids.push((await igm.submitReferral(submissionOf(from + n))).body.referralId)
    return ids
  }

  const release = (referralId: string) =>
    raw(hub, 'ala-system', {
      path: `/v1/referrals/${referralId}/release`,
      body: JSON.stringify({ purpose: 'training-referral' }),
    })

  test(
    'two releases at once are both answered, however often that is',
    { timeout: times * 60_000 },
    async () => {
      const [first = '', second = ''] = await submitted(2, 1)
      const inbox = inboxOf(ala)
      await inbox.about(first)
      await inbox.about(second)
      const answers = []
      for (let round = 0; round < 10 * times; round++)
        answers.push(...(await Promise.all([release(first), release(second)])))
      expect(counted(answers)).toEqual({ 200: 20 * times })
    },
  )

  test(
    'eight releases of one referral at once are all answered',
    { timeout: times * 60_000 },
    async () => {
      const [first = ''] = await submitted(1, 3)
      const inbox = inboxOf(ala)
      await inbox.about(first)
      const answers = []
      for (let round = 0; round < 3 * times; round++)
        answers.push(...(await Promise.all(Array.from({ length: 8 }, () => release(first)))))
      expect(counted(answers)).toEqual({ 200: 24 * times })
    },
  )

  test(
    'eight pullers of one inbox are all answered, and each message comes once',
    { timeout: times * 60_000 },
    async () => {
      await submitted(20, 20)
      const answers = []
      for (let round = 0; round < 8 * times; round++)
        answers.push(
          ...(await Promise.all(
            Array.from({ length: 8 }, () =>
              raw(hub, 'ala-system', {
                path: '/v1/inbox/pull',
                body: JSON.stringify({ max: 1, waitSeconds: 0 }),
              }),
            ),
          )),
        )
      expect(counted(answers)).toEqual({ 200: 64 * times })
      const got = answers.flatMap(({ json }) => (json as { messages?: unknown[] }).messages ?? [])
      expect(got.length).toBe(20)
      expect(await verifiedLog(hub)).toMatchObject({ ok: true })
    },
  )
}
