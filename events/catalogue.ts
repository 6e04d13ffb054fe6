// The CloudEvents that the hub sends.
import type { Instant, MessageId } from '../schemas/ids.ts'
import type { InboxEvent } from '../schemas/inbox.ts'

export type EventType = InboxEvent['type']
type EventOf<T extends EventType> = Extract<InboxEvent, { type: T }>
export type EventData<T extends EventType> = EventOf<T>['data']
/** What an event is about: a referral, or an agreement. */
export type EventSubject<T extends EventType = EventType> = EventOf<T>['subject']

/**
 * A CloudEvents 1.0 event in JSON.
 *
 * @param source of this hub (schemas/hub-name.ts)
 * @param sequence place of this event among those of its subject in one inbox, from 1
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
  }: { id: MessageId; source: string; subject: EventSubject<T>; time: Instant; sequence: number },
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
