// A bit of everything that a hub keeps: referrals at each stage, consents that ended, a handover, notices, cosigned
// checkpoints, counted days; and messages that nobody has acknowledged yet.
import type { Hub } from '../../infra/local/hub.ts'
import type { HubPlace } from '../journeys/callers.ts'
import { idempotencyKey, raw } from '../journeys/signed-requests.ts'
import { cosignedBy } from '../journeys/cosigning.ts'
import { checkpointOf, offer } from '../journeys/offering.ts'
import { handedOverOn } from '../journeys/handovers.ts'
import { withdraw, withdrawalAt } from '../journeys/stages.ts'

const agreement = '/v1/agreements/igm-ala-2026'

export const storyOn = async (place: HubPlace & { hub: Hub }) => {
  const { igm, ala, handedOver, answered, submitted, pulled, completed } = await handedOverOn(place)
  const post = (who: Parameters<typeof raw>[1], path: string, body: object) =>
    raw(place, who, {
      path,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': idempotencyKey() },
    })

  const waiting = await submitted(1)
  const opened = await pulled(2)
  const done = await completed(3)
  const { parent, child } = await handedOver(4)
  await answered(child, 'accepted')
  await ala.recordMilestone(parent.referralId, { milestone: 'enrolled', on: '2026-11-21' })
  await ala.voidMilestone(parent.referralId, 2)
  const withdrawn = await completed(5)
  await withdraw(place, igm, withdrawn.consentId)
  await ala.confirmDeletion(withdrawn.consentId, { at: withdrawalAt(place).at })
  for (const kind of ['breach', 'lift'])
    for (const who of ['igm-signatory', 'ala-signatory'] as const)
      await post(who, `${agreement}/notices`, { kind })
  const change = { targetPersons: 300 }
  for (const who of ['igm-signatory', 'ala-signatory'] as const)
    await post(who, `${agreement}/notices`, { kind: 'amendment', change })
  for (const who of ['igm-liaison', 'ala-liaison'] as const)
    await offer(place, who, cosignedBy(place, who, await checkpointOf(place)))
  await place.hub.invoke('referral-hub-RelayOutbox', {})
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  // Its entry is not placed yet.
  const last = await submitted(6)
  return { waiting, opened, last, done, parent, child, withdrawn }
}
