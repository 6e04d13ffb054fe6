// An entry in error of a referral, and what is done at the same moment to what was handed over of it, step by step, as
// release.gate.ts has it of a referral itself.
import { expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { callerOf } from './callers.ts'
import { handedOverOn } from './handovers.ts'
import { type Call, hubWithHolds } from './held-database.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { verifiedLog } from './verified-log.ts'

/** Referrals whose key was opened: the first's, for it is what the content is bound to. */
const opened = new Set<string>()
const { hub, hold } = await hubWithHolds({
  allow: (_, { action, context }) => {
    const [referralId] = context['kms:encryptioncontext:referralid'] ?? []
    if (action === 'kms:Decrypt' && referralId !== undefined) opened.add(referralId)
    return true
  },
})
const { igm, ala, oim, oimInbox, accepted, handedOver } = await handedOverOn(hub)
const officer = await callerOf(hub, 'ala-compliance')
const shut = [409, 'transition-not-allowed']

const enterInError = ({ referralId }: ReferralHeader) =>
  igm.changeStatus(referralId, { status: 'entered-in-error' }, '*')
const release = ({ referralId }: ReferralHeader) =>
  raw(hub, 'oim-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: '{"purpose":"job-placement-handover"}',
  })
const expectShut = ({ status, json, text }: Awaited<ReturnType<typeof release>>): void => {
  expect([status, json.code]).toEqual(shut)
  expect(text).not.toContain('givenNames')
}
const releasesOf = async ({ referralId }: ReferralHeader) => {
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry({ referralId, action: 'referral.release' }))
    entries.push(entry)
  return entries.map(({ outcome, code }) => [outcome, code])
}

/** The transaction that says all of this. */
const saying =
  (...words: string[]) =>
  ({ operation, body }: Call) =>
    operation === 'TransactWriteItems' && words.every(word => body.includes(word))
const recording = ({ referralId }: ReferralHeader) =>
  saying(referralId, 'referral.release', 'allowed')

test('a release that is about to be recorded when its parent is entered in error is not recorded', async () => {
  const { parent, child } = await handedOver(1)
  const held = hold('before', recording(child))
  const answer = release(child)
  await held.reached
  await enterInError(parent)
  held.letGo()
  expectShut(await answer)
  expect(await releasesOf(child)).toEqual([['denied', shut[1]]])
  expect((await oim.getReferral(child.referralId)).body.contentState).toBe('sealed')
})

test('a release that was recorded, and has not left, does not leave', async () => {
  const { parent, child } = await handedOver(2)
  const held = hold('after', recording(child))
  const answer = release(child)
  await held.reached
  await enterInError(parent)
  held.letGo()
  expectShut(await answer)
  // The log never says too little: the release was recorded before.
  expect(await releasesOf(child)).toContainEqual(['allowed', undefined])
})

test('a release whose key was opened is judged again before its answer, and does not leave', async () => {
  const { parent, child } = await handedOver(3)
  opened.delete(parent.referralId)
  const held = hold(
    'before',
    ({ body }) =>
      opened.has(parent.referralId) &&
      body.includes(`referral#${child.referralId}`) &&
      body.includes(child.consentId),
  )
  const answer = release(child)
  const readAgain = held.reached.then(() => 'read again')
  expect(await Promise.race([readAgain, answer.then(() => 'answered')])).toBe('read again')
  await enterInError(parent)
  held.letGo()
  expectShut(await answer)
})

test('a pull that has recorded its release gives the message without its content', async () => {
  const { parent, child } = await handedOver(4)
  const held = hold('after', recording(child))
  const answer = oimInbox.about(child.referralId)
  await held.reached
  await enterInError(parent)
  held.letGo()
  const [message] = await answer
  expect(message).toMatchObject({ withheld: ['all'] })
  expect(JSON.stringify(message)).not.toContain('givenNames')
})

test('an entry in error that meets a release comes after it, and ends what was released', async () => {
  const { parent, child } = await handedOver(5)
  const held = hold('before', saying(parent.referralId, 'referral.status', 'entered-in-error'))
  const answer = enterInError(parent)
  await held.reached
  expect((await release(child)).status).toBe(200)
  held.letGo()
  expect((await answer).body.status).toBe('entered-in-error')
  expect((await release(child)).json.code).toBe(shut[1])
})

test('a handover that commits while its parent is being entered in error ends with it', async () => {
  const parent = await accepted(6)
  const held = hold('before', saying(parent.referralId, 'referral.status', 'entered-in-error'))
  const answer = enterInError(parent)
  await held.reached
  const { body: child } = await ala.handOver(parent.referralId, { recipient: 'OIM' })
  held.letGo()
  await answer
  expect((await oim.getReferral(child.referralId)).body.status).toBe('cancelled')
  expect((await release(child)).json.code).toBe(shut[1])
})

test('a handover that is about to commit when its parent is entered in error is refused', async () => {
  const parent = await accepted(7)
  const held = hold('before', saying(parent.referralId, 'referral.handover'))
  const answer = raw(hub, 'ala-system', {
    path: `/v1/referrals/${parent.referralId}/handover`,
    body: '{"recipient":"OIM"}',
    headers: { 'idempotency-key': idempotencyKey() },
  })
  await held.reached
  await enterInError(parent)
  held.letGo()
  const { status, json } = await answer
  expect([status, json.code]).toEqual(shut)
  expect((await ala.listReferrals({ partOf: parent.referralId })).body.items).toEqual([])
})

test('after all of that the log verifies', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
