// Pulls that wait for messages: nobody's waiting keeps others from theirs, and what comes says how far the log is
// signed.
import { expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { type RawAnswer, raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { origin } from './checkpoint-notes.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const igm = await callerOf(hub, 'igm-system')

const pull = (who: 'stranger' | 'ala-system', waitSeconds: number) =>
  raw(hub, who, { path: '/v1/inbox/pull', body: JSON.stringify({ max: 10, waitSeconds }) })

test('of many pulls of one key some wait, the others are answered at once, and everybody else is served', async () => {
  await igm.submitReferral(submissionOf(1))
  // The function is there by now: it is the waiting that keeps some, not its start.
  expect((await pull('stranger', 0)).status).toBe(200)
  const answered: RawAnswer[] = []
  const polls = Array.from({ length: 60 }, () =>
    pull('stranger', 20).then(answer => void answered.push(answer)),
  )
  // Those that wait are let go when the hub stops.
  for (const poll of polls) poll.catch(() => {})
  await expect.poll(() => answered.length, { timeout: 18_000 }).toBeGreaterThan(20)
  expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]))
  expect(answered.length).toBeLessThan(60)
  const { status, headers, json } = await pull('ala-system', 0)
  const [message] = json.messages as { proof: string }[]
  expect([status, message]).toEqual([200, expect.objectContaining({ proof: expect.any(String) })])
  // The size in the answer is not behind the checkpoint that is in the same answer.
  const signed = Number(message?.proof.split(`\n${origin}\n`)[1]?.split('\n')[0])
  expect(signed).toBeGreaterThan(0)
  expect(Number(headers.get('access-log-size'))).toBeGreaterThanOrEqual(signed)
})
