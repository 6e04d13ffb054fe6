// The gate of an agreement, with a submission held apart: what a breach or a termination does between its judgement and
// its commit. Of releases and pulls: agreement.frozen.whole.test.ts.
import { expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { type Call, hubWithHolds } from './held-database.ts'
import { submitRaw } from './signed-requests.ts'
import { stagesOf } from './stages.ts'
import { submissionOf } from './submissions.ts'
import { verifiedLog } from './verified-log.ts'

const { hub, hold } = await hubWithHolds()
const { igm, submitted } = await stagesOf(hub)
const igmSigns = await callerOf(hub, 'igm-signatory')
const alaSigns = await callerOf(hub, 'ala-signatory')
const id = 'igm-ala-2026'

const submitting = ({ operation, body }: Call) =>
  operation === 'TransactWriteItems' && body.includes('referral.submit')

/** What a submission is answered whose transaction meets this; and the clock has come by before it goes on. */
const submitHeld = async (n: number, happens: () => Promise<unknown>) => {
  const held = hold('before', submitting)
  const answer = submitRaw(hub, submissionOf(n))
  await held.reached
  await happens()
  await hub.hub.invoke('referral-hub-RunDueWork', {})
  held.letGo()
  const { status, json } = await answer
  return [status, json.code]
}
const breach = () => alaSigns.giveNotice(id, { kind: 'breach' })
const end = () => igmSigns.giveNotice(id, { kind: 'termination', cause: 'confidentiality' })
const sent = async () => (await igm.listReferrals({ direction: 'sent' })).body.items

test('a submission that commits behind a breach is none: frozen, also where it was judged before', async () => {
  expect(await submitHeld(1, breach)).toEqual([423, 'agreement-frozen'])
  expect(await sent()).toEqual([])
})

test('once both have lifted it, the same person can be referred by the same number', async () => {
  for (const signs of [alaSigns, igmSigns]) await signs.giveNotice(id, { kind: 'lift' })
  expect((await submitted(1)).status).toBe('requested')
})

test('a submission that commits behind a termination is none, and nothing stays open behind the clock', async () => {
  expect(await submitHeld(2, end)).toEqual([409, 'agreement-not-in-force'])
  expect((await sent()).map(({ status }) => status)).toEqual(['cancelled'])
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
