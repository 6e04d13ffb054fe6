// Sends messages that an inbox is owed once more, each referral's in order, and writes down that they were sent.
import type { Instant, ReferralId } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { Row } from '../aws/dynamodb.ts'
import type { Envelopes } from '../aws/envelopes.ts'
import type { Inbox } from '../aws/inbox.ts'
import type { Outbox, Owed } from '../aws/outbox.ts'
import { log } from '../aws/runtime.ts'
import { sendInOrder } from './messages.ts'

/**
 * SQS keeps a message for 14 days (infra/data-stack.ts). Sent again a day before, so that a day's outage of the sweep
 * loses no message for any time.
 */
const resendAfterMs = 13 * 24 * 3600 * 1000

/** Rows written side by side. */
const sideBySide = 16
/** What sends messages again that are known. */
export type Resending = {
  outbox: Pick<Outbox, 'owedOf' | 'sent'>
  envelopes: Pick<Envelopes, 'findAll'>
  inbox: Pick<Inbox, 'send'>
}

/** When what is sent at `now` is to be sent again. */
export const againAfter = (now: Instant): Instant => later(now, resendAfterMs)

/** Sends messages, and writes down what was sent. */
export const relay = async (
  messages: readonly QueueMessage[],
  now: Instant,
  deps: Resending,
): Promise<number> => {
  const inboxes = Map.groupBy(await withContent(messages, deps), ({ inbox }) => inbox)
  const nextSendAt = againAfter(now)
  let count = 0
  for (const [inbox, ordered] of inboxes) {
    const sent = await sendInOrder(inbox, ordered, deps)
    count += sent.length
    const waiting = sent.values()
    const worker = async () => {
      for (const message of waiting) await deps.outbox.sent(message, nextSendAt)
    }
    await Promise.all(Array.from({ length: sideBySide }, worker))
  }
  return count
}

/** Whose sealed content a message lacks; a handover's is its parent's. */
const lacking = ({ event, envelope }: QueueMessage): ReferralId[] =>
  event.type === 'referral.requested.v1' && !envelope ? [event.data.partOf ?? event.subject] : []

/** With a referral goes its sealed content, while there is any. Messages of 0.1.0 have it in themselves. */
const withContent = async (
  messages: readonly QueueMessage[],
  deps: Pick<Resending, 'envelopes'>,
): Promise<QueueMessage[]> => {
  const found = await deps.envelopes.findAll([...new Set(messages.flatMap(lacking))])
  return messages.map(message => {
    const [whose] = lacking(message)
    const envelope = whose && found.get(whose)
    return envelope ? { ...message, envelope } : message
  })
}

export const inSequence = (owed: readonly Owed[]): Owed[] =>
  owed.toSorted((a, b) => Number(a.message.event.sequence) - Number(b.message.event.sequence))

/** What can be read of some rows. One that cannot is logged, and stands: it holds up no other referral. */
export const owedIn = (rows: readonly Row[], deps: { outbox: Pick<Outbox, 'owedOf'> }): Owed[] =>
  rows.flatMap(row => {
    try {
      return [deps.outbox.owedOf(row)]
    } catch {
      log('error', 'unreadable-message', { row: `${String(row['pk'])}#${String(row['n'])}` })
      return []
    }
  })
