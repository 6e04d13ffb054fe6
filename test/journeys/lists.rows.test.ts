// What a list reads: an index says which referrals, and their rows are read as they are then, in one call.
import { expect, test } from 'vitest'
import type { ReferralId } from '../../schemas/ids.ts'
import { callerOf, systemsOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { type Meets, watchedHub } from './watched-hub.ts'

const hub = await watchedHub()
const { igm, ala } = await systemsOf(hub)
const officer = await callerOf(hub, 'igm-compliance')

const submitted = []
for (let n = 1; n <= 3; n++) submitted.push((await igm.submitReferral(submissionOf(n))).body)
const ids = submitted.map(({ referralId }) => referralId)

test('is one query and one read of rows, with the keys of own numbers for who is shown them', async () => {
  const rows = ids.map(id => `Referrals referral#${id}`)
  const keys = ids.map(id => `ReferralKeys ${id}`)
  const cases: [typeof igm, 'sent' | 'received', string[]][] = [
    [igm, 'sent', [...rows, ...keys]],
    [officer, 'sent', rows],
    [ala, 'received', rows],
  ]
  for (const [who, direction, expected] of cases) {
    const list = () => who.listReferrals({ direction })
    await list()
    const [{ body }, calls] = await hub.during(list)
    expect(body.items).toHaveLength(3)
    const ofReferrals = calls.filter(call => call.rows.some(row => row.startsWith('Referral')))
    expect(ofReferrals.map(({ operation }) => operation)).toEqual(['Query', 'BatchGetItem'])
    expect(ofReferrals[1]?.rows.toSorted()).toEqual(expected.toSorted())
  }
})

/** Once an index was asked, and before anything else happens. */
const afterQuery = (change: () => Promise<unknown>): Meets => {
  let met = false
  return ({ operation }, pass) => {
    if (met || operation !== 'Query') return undefined
    met = true
    return pass().then(async answer => {
      await change()
      return answer
    })
  }
}
const cancel = (referralId: ReferralId) =>
  igm.changeStatus(referralId, { status: 'cancelled', reason: 'duplicate' }, '"1"')

test('shows a referral as it is, where the index is behind; a filter holds it against that', async () => {
  const [first, second, third] = ids as [ReferralId, ReferralId, ReferralId]
  const [whole] = await hub.during(
    () => ala.listReferrals({ direction: 'received' }),
    afterQuery(() => cancel(first)),
  )
  const told = new Map(whole.body.items.map(({ referralId, status }) => [referralId, status]))
  expect([told.size, told.get(first)]).toEqual([3, 'cancelled'])

  const [filtered] = await hub.during(
    () => ala.listReferrals({ direction: 'received', status: 'requested' }),
    afterQuery(() => cancel(second)),
  )
  expect(filtered.body.items.map(({ referralId }) => referralId)).toEqual([third])
})
