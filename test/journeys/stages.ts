// Referrals brought to the stage that a test is about, by their parties' own clients.
import type { HubClient } from '../../client/hub-client.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import type { ReferralHeader, Status } from '../../schemas/referral.ts'
import { type HubPlace, hubNow, inboxOf, systemsOf } from './callers.ts'
import { submissionOf } from './submissions.ts'

export const stagesOf = async (hub: HubPlace) => {
  const { igm, ala } = await systemsOf(hub)
  const [igmInbox, alaInbox] = [inboxOf(igm), inboxOf(ala)]

  const submitted = async (n: number, patch: object = {}): Promise<ReferralHeader> =>
    (await igm.submitReferral(submissionOf(n, patch))).body

  /** Pulled by its recipient, not yet acknowledged. */
  const pulled = async (
    n: number,
    patch: object = {},
  ): Promise<ReferralHeader & { message: PulledMessage }> => {
    const header = await submitted(n, patch)
    const [message] = (await alaInbox.about(header.referralId)) as [PulledMessage]
    return { ...header, message }
  }

  const acknowledged = async (n: number, patch: object = {}): Promise<ReferralHeader> => {
    const { message, ...header } = await pulled(n, patch)
    await ala.ack([message.handle])
    return header
  }

  /** The recipient moves it, step by step. */
  const moved = async (referralId: string, ...statuses: Status[]): Promise<void> => {
    for (const status of statuses) {
      const etag = (await ala.getReferral(referralId)).headers.get('etag') as string
      await ala.changeStatus(referralId, { status }, etag)
    }
  }

  const completed = async (n: number, patch: object = {}): Promise<ReferralHeader> => {
    const header = await acknowledged(n, patch)
    await moved(header.referralId, 'accepted', 'completed')
    return header
  }

  return { igm, ala, igmInbox, alaInbox, submitted, pulled, acknowledged, moved, completed }
}

/** What a party passes on: the person withdrew, just now. */
export const withdrawalAt = (hub: HubPlace) => ({
  requestedBy: 'self' as const,
  method: 'in-person',
  at: hubNow(hub).toISOString(),
})

export const withdraw = (hub: HubPlace, client: HubClient, consentId: string) =>
  client.withdrawConsent(consentId, withdrawalAt(hub))
