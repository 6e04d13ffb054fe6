// Many openings at once: each waits until the log covers it, and none is refused for another's sake.
import { expect, test } from 'vitest'
import { inboxOf, systemsOf } from './callers.ts'
import { emptyHub } from './empty-hub.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { verifiedLog } from './verified-log.ts'

/** How many answers there were of each kind. */
const counted = (answers: readonly { status: number; json: { code?: string } }[]) => {
  const counts: Record<string, number> = {}
  for (const { status, json } of answers) {
    const kind = json.code ?? String(status)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

/** The tests of one file: `times` 10, 3 and 8 rounds, rounded up. */
export const manyAtOnce = async (times: number): Promise<void> => {
  const most = (count: number) => Math.ceil(count * times)
  const timeout = most(1) * 60_000
  const hub = await emptyHub()
  const { igm, ala } = await systemsOf(hub)

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

  test('two releases at once are both answered, however often that is', { timeout }, async () => {
    const [first = '', second = ''] = await submitted(2, 1)
    const inbox = inboxOf(ala)
    await inbox.about(first)
    await inbox.about(second)
    const answers = []
    for (let round = 0; round < most(10); round++)
      answers.push(...(await Promise.all([release(first), release(second)])))
    expect(counted(answers)).toEqual({ 200: 2 * most(10) })
  })

  test('eight releases of one referral at once are all answered', { timeout }, async () => {
    const [first = ''] = await submitted(1, 3)
    const inbox = inboxOf(ala)
    await inbox.about(first)
    const answers = []
    for (let round = 0; round < most(3); round++)
      answers.push(...(await Promise.all(Array.from({ length: 8 }, () => release(first)))))
    expect(counted(answers)).toEqual({ 200: 8 * most(3) })
  })

  test(
    'eight pullers of one inbox are all answered, and each message comes once',
    { timeout },
    async () => {
      const messages = Math.min(20, most(20))
      const ids = new Set(await submitted(messages, 20))
      const answers = []
      for (let round = 0; round < most(8); round++)
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
      expect(counted(answers)).toEqual({ 200: 8 * most(8) })
      const got = answers.flatMap(
        ({ json }) => json['messages'] as { event: { subject: string } }[],
      )
      // Those of the tests before may come again meanwhile.
      const mine = got.map(({ event }) => event.subject).filter(id => ids.has(id))
      expect(mine.toSorted()).toEqual([...ids].toSorted())
      expect(await verifiedLog(hub)).toMatchObject({ ok: true })
    },
  )
}
