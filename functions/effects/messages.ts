// News of a referral for its two sides. A door says what happened; `commit` gives each message its id, its time and its
// place in the side's inbox, so that no door can forget to count, keeps it in the outbox, and sends it. What is left
// behind, the minute sends.
import { type EventData, type EventType, cloudEvent } from '../../events/catalogue.ts'
import { eventSource } from '../../schemas/hub-name.ts'
import type { Instant, MessageId, ReferralId } from '../../schemas/ids.ts'
import type { Envelope, QueueMessage } from '../../schemas/inbox.ts'
import type { ReferralEnd } from '../aws/dynamodb.ts'
import type { Inbox } from '../aws/inbox.ts'
import type { Outbox } from '../aws/outbox.ts'
import type { ReferralRow, Side } from '../aws/referrals.ts'
import { hubName, log, newId } from '../aws/runtime.ts'

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
 * @param ends the referrals whose rows change in the same transaction; a message about any other is a fault, for its
 * place would be given again
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

/** What a message is kept in until it is sent, and where it is sent. */
export type Relaying = { outbox: Pick<Outbox, 'add' | 'remove'>; inbox: Pick<Inbox, 'send'> }
type Sending = { outbox: Pick<Outbox, 'remove'>; inbox: Pick<Inbox, 'send'> }

/**
 * Sends one message and clears its row. If the process dies between, the sweep sends again and the receiver's side
 * drops the copy.
 */
const relay = async (message: QueueMessage, { inbox, outbox }: Sending) => {
  await inbox.send(message)
  await outbox.remove(message.inbox, message.event.subject, Number(message.event.sequence))
}

/**
 * Sends messages whose effect has just committed, each inbox's in order. A failure is only logged: the effect stands,
 * and the sweep will send it and what comes after it.
 */
export const relayNow = async (messages: readonly QueueMessage[], deps: Sending): Promise<void> => {
  const inboxes = Map.groupBy(messages, message => message.inbox).values()
  await Promise.all(
    [...inboxes].map(async ordered => {
      try {
        for (const message of ordered) await relay(message, deps)
      } catch (error) {
        log('warn', 'relay-later', {
          messageId: ordered[0]?.event.id,
          error: error instanceof Error ? error.name : 'unknown',
        })
      }
    }),
  )
}

/**
 * Sends all that waits, each referral's messages in order; one that fails holds back the later ones of its referral
 * only.
 */
export const relayWaiting = async (
  deps: Sending & { outbox: Pick<Outbox, 'waiting'> },
): Promise<number> => {
  const held = new Set<string>()
  let sent = 0
  for (const message of await deps.outbox.waiting()) {
    const group = `${message.inbox}#${message.event.subject}`
    if (held.has(group)) continue
    try {
      await relay(message, deps)
      sent += 1
    } catch (error) {
      held.add(group)
      log('error', 'relay-failed', {
        messageId: message.event.id,
        error: error instanceof Error ? error.name : 'unknown',
      })
    }
  }
  return sent
}
