// Two workers of one institution answer one referral at the same moment, each with a key of their own: one of them is
// heard, the other is told that it moved, and all that is kept of it is one answer.
import { expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import { callerOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { enrolledHolder } from './key-holders.ts'
import { emptyHub } from './empty-hub.ts'
import { stagesOf } from './stages.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const { igm, acknowledged } = await stagesOf(hub)
const second = await enrolledHolder(hub, 'ALA', ['recipient'])
const officer = await callerOf(hub, 'ala-compliance')

const accept = { status: 'accepted' }
const reject = { status: 'rejected', reason: 'no-capacity' }

/** All that IGM is told of a referral: the second comes when the first was acknowledged. */
const allTold = async (referralId: string) => {
  const told: PulledMessage[] = []
  for (;;) {
    const { messages } = (await igm.pull({ max: 10, waitSeconds: 0 })).body
    if (messages.length === 0) return told.filter(({ event }) => event.subject === referralId)
    await igm.ack(messages.map(({ handle }) => handle))
    told.push(...messages)
  }
}

test.each([
  ['the same', accept, accept],
  ['opposites', accept, reject],
])('two answers at once, %s: one is heard, once', async (_, one, other) => {
  const { referralId } = await acknowledged(one === other ? 1 : 2)
  const answer = (who: Parameters<typeof raw>[1], body: object) =>
    raw(hub, who, {
      path: `/v1/referrals/${referralId}/status`,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': idempotencyKey(), 'if-match': '"2"' },
    })
  const answers = await Promise.all([answer('ala-system', one), answer(second, other)])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412])
  const heard = answers[0]?.status === 200 ? one : other

  const { body } = await igm.getReferral(referralId)
  expect(body).toMatchObject({ status: heard.status, version: 3 })
  expect(body.history).toHaveLength(3)
  const told = await allTold(referralId)
  expect(told.map(({ event }) => [event.sequence, event.data])).toEqual([
    ['1', { status: 'received', version: 2 }],
    ['2', { ...heard, version: 3 }],
  ])
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry({ action: 'referral.status' })) entries.push(entry)
  const own = entries.filter(entry => entry.referralId === referralId)
  expect(new Set(own.map(({ outcome, status }) => `${outcome} ${status}`))).toEqual(
    new Set([`allowed ${heard.status}`, 'denied undefined']),
  )
  expect(own).toHaveLength(2)
  expect(new Set(own.map(({ actor }) => actor.keyid)).size).toBe(2)
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
