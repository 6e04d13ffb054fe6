// A withdrawal that a backup had undone, finished: the row has nothing of the content any more, and the log says who
// saw to it.
import { expect } from 'vitest'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { unpacked } from '../../functions/aws/packed-members.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { type HubPlace, callerOf } from './callers.ts'
import { rowsOf } from './drill.ts'

/** @param by the party that passed the withdrawal on again, or the hub by its clock */
export const isFinished = async (
  place: HubPlace & { hub: Hub },
  referralId: string,
  by: 'IGM' | 'hub',
): Promise<void> => {
  const [igm, officer] = await Promise.all([
    callerOf(place, 'igm-system'),
    callerOf(place, 'ala-compliance'),
  ])
  const header = (await igm.getReferral(referralId)).body
  expect(header).toMatchObject({ status: 'cancelled', contentState: 'shredded' })
  expect(header.history.at(-1)).toMatchObject({ reason: 'consent-withdrawn', by })
  const rows = await rowsOf(place.hub, 'Referrals')
  const row = rows.find(each => each['pk']?.S === `referral#${referralId}`)
  expect(unpacked(unmarshall(row ?? {}))).toMatchObject({ openGuards: [] })
  // Its ciphertext has a row of its own; that of 0.1.0 was inside.
  expect(
    rows.filter(each => JSON.stringify(each).includes(referralId) && each['envelope']),
  ).toEqual([])
  expect(row).not.toHaveProperty('dueAt')
  const action = by === 'hub' ? 'referral.shred' : 'consent.withdraw'
  const [entry] = (await officer.accessLog({ referralId, action })).body.items
  expect(entry).toMatchObject({ outcome: 'allowed', chain: expect.any(Object) })
  // There was no key any more that could have been destroyed.
  expect(entry).not.toHaveProperty('destroyedKeyDigest')
}
