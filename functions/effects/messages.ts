// News of a referral for its two sides. A door says what happened; `commit` gives each message its id, its time and its
// place in the side's inbox, so that no door can forget to count, keeps it in the outbox, and sends it. What is owed
// longer, the sweep sends again (sweep.ts).
import {
  type EventData,
  type EventSubject,
  type EventType,
  cloudEvent,
} from '../../events/catalogue.ts'
import { eventSource } from '../../schemas/hub-name.ts'
import type {
  AgreementId,
  InstitutionCode,
  Instant,
  MessageId,
  ReferralId,
} from '../../schemas/ids.ts'
import type { Envelope, QueueMessage } from '../../schemas/inbox.ts'
import type { ReferralEnd } from '../aws/dynamodb.ts'
import type { Inbox } from '../aws/inbox.ts'
import type { Outbox } from '../aws/outbox.ts'
import type { ReferralRow, Side } from '../aws/referral-row.ts'
import { hubName, log, newId } from '../aws/runtime.ts'

/** An event about an agreement, for a party's inbox. Its place there is counted by whoever tells it. */
type AgreementMessage = {
  inbox: InstitutionCode
  agreementId: AgreementId
  type: AgreementEvent
  data: EventData<AgreementEvent>
  sequence: number
}
type AgreementEvent = 'agreement.ending.v1'

/** An event for one side of a referral. The envelope goes with `referral.requested.v1` alone. */
type ReferralMessage = {
  [T in Exclude<EventType, AgreementEvent>]: {
    to: Side
    referral: Pick<ReferralRow, 'referralId' | Side>
    type: T
    data: EventData<T>
    envelope?: Envelope
  }
}[Exclude<EventType, AgreementEvent>]

export type Message = ReferralMessage | AgreementMessage

const counter = { referrer: 'sentToReferrer', recipient: 'sentToRecipient' } as const

/**
 * The messages as they are queued: each with its place among those of its subject in one inbox, for a referral counted
 * on in `ends`.
 *
 * @param ends the referrals whose rows change in the same transaction; a message about any other is a fault, for its
 * place would be given again
 */
export const numbered = (
  messages: readonly Message[],
  ends: ReadonlyMap<ReferralId, ReferralEnd>,
  time: Instant,
): QueueMessage[] =>
  messages.map(message => {
    const { inbox, subject, sequence, envelope } = placed(message, ends)
    return {
      inbox,
      event: cloudEvent<EventType>(message.type, message.data, {
        id: newId<MessageId>(),
        source: eventSource(hubName()),
        subject,
        time,
        sequence,
      }),
      ...(envelope && { envelope }),
    }
  })

const placed = (
  message: Message,
  ends: ReadonlyMap<ReferralId, ReferralEnd>,
): Pick<QueueMessage, 'inbox' | 'envelope'> & { subject: EventSubject; sequence: number } => {
  if ('sequence' in message) return { ...message, subject: message.agreementId }
  const { to, referral, envelope } = message
  const end = ends.get(referral.referralId)
  if (!end) throw new Error('a message of a referral that does not change with it')
  const sequence = (end[counter[to]] += 1)
  return { inbox: referral[to], subject: referral.referralId, sequence, envelope }
}

/** What a message is kept in until it is acknowledged, and where it is sent. */
export type Relaying = { outbox: Pick<Outbox, 'add'>; inbox: Pick<Inbox, 'send'> }
/** What forgets a message that is acknowledged. */
export type Settling = { outbox: Pick<Outbox, 'settle'> }

/** Whose inbox a message is for, and about which referral or agreement: in this, order holds. */
export const groupOf = ({ inbox, event }: QueueMessage): string => `${inbox}#${event.subject}`

/**
 * Sends messages of one inbox, as many at once as can be. Those of a referral go one after the other, in the order
 * given; one that is not taken holds back the later ones of its referral, and nobody else's. Answers what was sent.
 */
export const sendInOrder = async (
  inbox: InstitutionCode,
  ordered: readonly QueueMessage[],
  deps: Pick<Relaying, 'inbox'>,
): Promise<QueueMessage[]> => {
  const groups = [...Map.groupBy(ordered, groupOf).values()]
  const sent: QueueMessage[] = []
  for (let place = 0; ; place++) {
    const together = groups.flatMap(group => group[place] ?? [])
    if (together.length === 0) return sent
    const failed = new Set(await failuresOf(inbox, together, deps))
    sent.push(...together.filter(message => !failed.has(message)))
    for (const group of groups) {
      const message = group[place]
      if (message && failed.has(message)) group.length = place
    }
  }
}

/** What a queue did not take, written in the log; all of it where it does not answer. */
const failuresOf = async (
  inbox: InstitutionCode,
  together: readonly QueueMessage[],
  deps: Pick<Relaying, 'inbox'>,
): Promise<readonly QueueMessage[]> => {
  try {
    const failed = await deps.inbox.send(inbox, together)
    for (const { event } of failed) log('warn', 'relay-later', { messageId: event.id })
    return failed
  } catch (error) {
    log('warn', 'relay-later', {
      messageId: together[0]?.event.id,
      error: error instanceof Error ? error.name : 'unknown',
    })
    return together
  }
}

/**
 * Sends messages whose effect has just committed. A failure is only logged: the effect stands, and the sweep sends
 * everything again, in order.
 */
export const relayNow = async (
  messages: readonly QueueMessage[],
  deps: Pick<Relaying, 'inbox'>,
): Promise<void> => {
  const inboxes = Map.groupBy(messages, ({ inbox }) => inbox)
  await Promise.all([...inboxes].map(([inbox, ordered]) => sendInOrder(inbox, ordered, deps)))
}
