// Referrals that are handed over, brought to the stage that a test is about, by their parties' own clients.
import type { ReferralHeader, Status } from '../../schemas/referral.ts'
import { type HubPlace, callerOf, inboxOf } from './callers.ts'
import { stagesOf } from './stages.ts'

/** What OIM may have of a person: less than ALA. */
export const forPlacement = ['identity', 'migrationStatus', 'trainingProfile'] as const

export const line = (
  purpose: string,
  recipient: string,
  dataCategories: readonly string[] = forPlacement,
) => ({ purpose, recipient, dataCategories })

/** A consent to the training, to feedback and to a handover; with what else a test is about. */
export const handoverConsent = (...more: object[]) => ({
  consent: {
    purposes: [
      line('training-referral', 'ALA'),
      line('status-feedback', 'IGM'),
      line('job-placement-handover', 'OIM'),
      ...more,
    ],
  },
})

export const handedOverOn = async (hub: HubPlace) => {
  const stages = await stagesOf(hub)
  const { ala, acknowledged, moved } = stages
  const oim = await callerOf(hub, 'oim-system')
  const oimInbox = inboxOf(oim)

  /** Accepted by ALA. */
  const accepted = async (
    n: number,
    patch: object = handoverConsent(),
  ): Promise<ReferralHeader> => {
    const header = await acknowledged(n, patch)
    await moved(header.referralId, 'accepted')
    return (await ala.getReferral(header.referralId)).body
  }

  const handedOver = async (n: number, patch?: object) => {
    const parent = await accepted(n, patch)
    const { body: child } = await ala.handOver(parent.referralId, { recipient: 'OIM' })
    return { parent, child }
  }

  /** OIM takes it, and moves it step by step. */
  const answered = async ({ referralId }: ReferralHeader, ...statuses: Status[]) => {
    const [message] = await oimInbox.about(referralId)
    await oim.ack([message?.handle ?? ''])
    for (const status of statuses) {
      const etag = (await oim.getReferral(referralId)).headers.get('etag') ?? ''
      await oim.changeStatus(referralId, { status }, etag)
    }
    return message
  }

  return { ...stages, oim, oimInbox, accepted, handedOver, answered }
}
