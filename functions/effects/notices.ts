// What one effect tells the two sides of a referral: events numbered without gaps in each side's inbox.
import { type EventData, type EventType, cloudEvent } from '../../events/catalogue.ts'
import type { Instant, MessageId } from '../../schemas/ids.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { ReferralRow, Side } from '../aws/referrals.ts'
import { newId } from '../aws/runtime.ts'

/** Collects events for the sides of `referral`; `counted` is what the row must change by in the same transaction. */
export const notices = (referral: ReferralRow, now: Instant) => {
  const sent = { referrer: referral.sentToReferrer, recipient: referral.sentToRecipient }
  const messages: QueueMessage[] = []
  return {
    messages,
    tell: <T extends EventType>(side: Side, type: T, data: EventData<T>): void => {
      sent[side] += 1
      messages.push({
        inbox: referral[side],
        event: cloudEvent(type, data, {
          id: newId<MessageId>(),
          subject: referral.referralId,
          time: now,
          sequence: sent[side],
        }),
      })
    },
    counted: () => ({ sentToReferrer: sent.referrer, sentToRecipient: sent.recipient }),
  }
}
