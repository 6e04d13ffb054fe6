// Handovers that are refused: by whom, of what and to whom, each with its code; nothing changes.
import { expect, test } from 'vitest'
import type { CallerName } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { handedOverOn, handoverConsent, line } from './handovers.ts'
import { emptyHub } from './empty-hub.ts'

const hub = await emptyHub()
const { ala, accepted, acknowledged, handedOver, answered, moved } = await handedOverOn(hub)

const hand = async (
  who: CallerName,
  referralId: string,
  body: object = { recipient: 'OIM' },
): Promise<string> => {
  const { status, json } = await raw(hub, who, {
    path: `/v1/referrals/${referralId}/handover`,
    body: JSON.stringify(body),
    headers: { 'idempotency-key': idempotencyKey() },
  })
  const [fault] = json.errors ?? []
  return [status, json.code, ...(fault ? [fault.pointer, fault.code] : [])].join(' ')
}
const handoversOf = async (referralId: string) =>
  (await ala.listReferrals({ partOf: referralId })).body.items.length

test('everybody but its recipient is refused, whether it is there or not', async () => {
  const { referralId } = await accepted(1)
  const absent = referralId.replace(/.{12}$/, '0123456789ab')
  const callers = [
    'igm-system',
    'igm-liaison',
    'igm-compliance',
    'ala-liaison',
    'ala-compliance',
  ] as const
  for (const who of [...callers, 'oim-system', 'stranger', 'igm-signatory'] as const)
    for (const id of [referralId, absent])
      expect([who, await hand(who, id)]).toEqual([who, '403 forbidden'])
  expect(await hand('ala-system', absent)).toBe('403 forbidden')
  expect(await handoversOf(referralId)).toBe(0)
})

test('what comes of a handover is handed on by nobody', async () => {
  const { child } = await handedOver(2)
  await answered(child, 'accepted')
  expect(await hand('oim-system', child.referralId)).toBe(
    '422 recipient-not-party /recipient not-allowed',
  )
  expect(await hand('ala-system', child.referralId)).toBe('403 forbidden')
})

test.each([
  [{ recipient: 'XXX' }, '422 recipient-not-party /recipient not-allowed'],
  [{ recipient: 'IGM' }, '422 recipient-not-party /recipient not-allowed'],
  [{ recipient: 'ALA' }, '422 recipient-not-party /recipient not-allowed'],
  [{ recipient: 'oim' }, '422 invalid-request /recipient wrong-format'],
  [{}, '422 invalid-request /recipient required'],
  [{ recipient: 'OIM', priority: 'soon' }, '422 invalid-request /priority not-allowed'],
  [{ recipient: 'OIM', note: 'una historia' }, '422 invalid-request  unknown-member'],
])('with %j it is %s', async (body, answer) => {
  const { referralId } = await (only ??= accepted(3))
  expect(await hand('ala-system', referralId, body)).toBe(answer)
  expect(await handoversOf(referralId)).toBe(0)
})
let only: ReturnType<typeof accepted> | undefined

test('without the person’s consent to it, or to it for that institution, it is refused', async () => {
  const training = line('training-referral', 'ALA')
  const { referralId } = await accepted(4, { consent: { purposes: [training] } })
  expect(await hand('ala-system', referralId)).toBe('403 consent-missing-purpose')
  expect((await ala.getReferral(referralId)).body.milestones).toEqual([])
})

test('it is refused at every status but those under way', async () => {
  const { referralId } = await acknowledged(5, handoverConsent())
  expect(await hand('ala-system', referralId)).toBe('409 transition-not-allowed')
  await moved(referralId, 'accepted', 'in-progress', 'completed')
  expect(await hand('ala-system', referralId)).toBe('409 transition-not-allowed')
  expect(await handoversOf(referralId)).toBe(0)
})

test('while one to the same institution is open there is no second', async () => {
  const { parent } = await handedOver(6)
  expect(await hand('ala-system', parent.referralId)).toBe('409 handover-exists')
  expect(await handoversOf(parent.referralId)).toBe(1)
})
