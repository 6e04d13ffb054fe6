// Outbox → inbox. Called right after a commit with what that commit put in the outbox, and every minute for what was left behind.
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { Inbox } from '../aws/inbox.ts'
import type { Outbox } from '../aws/outbox.ts'
import { log } from '../aws/runtime.ts'

/** What a message is kept in until it is sent, and where it is sent. */
export type Relaying = { outbox: Pick<Outbox, 'add' | 'remove'>; inbox: Pick<Inbox, 'send'> }
type Sending = { outbox: Pick<Outbox, 'remove'>; inbox: Pick<Inbox, 'send'> }

/** Sends one message and clears its row. If the process dies between, the sweep sends again and the receiver's side drops the copy. */
const relay = async (message: QueueMessage, { inbox, outbox }: Sending) => {
  await inbox.send(message)
  await outbox.remove(message.inbox, message.event.subject, Number(message.event.sequence))
}

/**
 * Sends messages whose effect has just committed, each inbox's in order. A failure is only logged: the effect stands, and the sweep will
 * send it and what comes after it.
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

/** Sends all that waits, each referral's messages in order; one that fails holds back the later ones of its referral only. */
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
