// News of a referral for its two sides. A door says what happened; `commit` gives each message its id, its time and its place in
// the side's inbox, so that no door can forget to count.
import { type EventData, type EventType, cloudEvent } from '../../events/catalogue.ts'
import { eventSource } from '../../schemas/hub-name.ts'
import type { Instant, MessageId, ReferralId } from '../../schemas/ids.ts'
import type { Envelope, QueueMessage } from '../../schemas/inbox.ts'
import type { ReferralEnd } from '../aws/dynamodb.ts'
import type { ReferralRow, Side } from '../aws/referrals.ts'
import { hubName, newId } from '../aws/runtime.ts'

/** An event for one side of a referral. The envelope goes with `referral.requested.v1` alone. */
export type Message = {
  [T in EventType]: {
    to: Side
    referral: Pick<ReferralRow, 'referralId' | Side>
    type: T
    data: EventData<T>
    envelope?: Envelope
  }
}[EventType]

const counter = { referrer: 'sentToReferrer', recipient: 'sentToRecipient' } as const

/**
 * The messages as they are queued: each with its place among those of its referral in one inbox, counted on in `ends`.
 *
 * @param ends the referrals whose rows change in the same transaction; a message about any other is a fault, for its place would
 *   be given again
 */
export const numbered = (
  messages: readonly Message[],
  ends: ReadonlyMap<ReferralId, ReferralEnd>,
  time: Instant,
): QueueMessage[] =>
  messages.map(({ to, referral, type, data, envelope }) => {
    const end = ends.get(referral.referralId)
    if (!end) throw new Error('a message about a referral that does not change with it')
    end[counter[to]] += 1
    return {
      inbox: referral[to],
      event: cloudEvent<EventType>(type, data, {
        id: newId<MessageId>(),
        source: eventSource(hubName()),
        subject: referral.referralId,
        time,
        sequence: end[counter[to]],
      }),
      ...(envelope && { envelope }),
    }
  })
