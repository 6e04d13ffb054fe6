// The CloudEvents that the hub sends.
import type { Instant, MessageId, ReferralId } from '../schemas/ids.ts'
import type { InboxEvent } from '../schemas/inbox.ts'

export type EventType = InboxEvent['type']
export type EventData<T extends EventType> = Extract<InboxEvent, { type: T }>['data']

/**
 * A CloudEvents 1.0 event in JSON.
 *
 * @param source of this hub (schemas/hub-name.ts)
 * @param sequence place of this event among those of its referral in one inbox, from 1
 */
export const cloudEvent = <T extends EventType>(
  type: T,
  data: EventData<T>,
  {
    id,
    source,
    subject,
    time,
    sequence,
  }: { id: MessageId; source: string; subject: ReferralId; time: Instant; sequence: number },
): InboxEvent =>
  ({
    specversion: '1.0',
    id,
    source,
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    sequence: String(sequence),
    data,
  }) as InboxEvent
