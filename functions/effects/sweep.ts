// Sends what inboxes are owed and may not have: messages whose function died before it sent them, and those that a
// queue would soon forget. The outbox decides; what comes twice, the receiver's side drops or says.
import type { InstitutionCode, Instant, ReferralId } from '../../schemas/ids.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { Row } from '../aws/dynamodb.ts'
import type { Directory } from '../aws/directory.ts'
import type { Envelopes } from '../aws/envelopes.ts'
import type { Inbox } from '../aws/inbox.ts'
import type { Outbox, Owed } from '../aws/outbox.ts'
import { log } from '../aws/runtime.ts'
import { groupOf, sendInOrder } from './messages.ts'

/**
 * SQS keeps a message for 14 days (infra/data-stack.ts). Sent again a day before, so that a day's outage of the sweep
 * loses no message for any time.
 */
const resendAfterMs = 13 * 24 * 3600 * 1000

/** Rows written side by side. */
const sideBySide = 16
/** Milliseconds that a page may take. With less left none is begun: the next run goes on. */
const enough = 10_000

type Sweeping = {
  directory: Pick<Directory, 'codes'>
  outbox: Pick<Outbox, 'due' | 'read' | 'from' | 'leftBy010' | 'owedOf' | 'sent'>
  envelopes: Pick<Envelopes, 'findAll'>
  inbox: Pick<Inbox, 'send'>
}

/** What sends messages again that are known. */
type Resending = Pick<Sweeping, 'envelopes' | 'inbox'> & {
  outbox: Pick<Outbox, 'owedOf' | 'sent'>
}

/**
 * Sends all that is due at `now`, each referral's messages in order. Answers how many were sent.
 *
 * @param timeLeft milliseconds until this function is stopped
 */
export const sweep = async (
  now: Instant,
  timeLeft: () => number,
  deps: Sweeping,
): Promise<number> => {
  const old = await deps.outbox.leftBy010()
  let sent = old.length > 0 ? await send(old, now, deps) : 0
  for (const inbox of await deps.directory.codes()) {
    let from: Row | undefined
    do {
      if (timeLeft() < enough) return sent
      const { named, next } = await deps.outbox.due(inbox, now, from)
      if (named.length > 0) sent += await send(await deps.outbox.read(named), now, deps)
      from = next
    } while (from)
  }
  return sent
}

/** Sends what is due of some rows. */
const send = async (rows: readonly Row[], now: Instant, deps: Sweeping): Promise<number> => {
  const due = owedIn(rows, deps).filter(({ nextSendAt }) => (nextSendAt ?? now) <= now)
  const groups = await Promise.all(
    [...Map.groupBy(due, ({ message }) => groupOf(message))].map(([pk, group]) =>
      inFull(pk, inSequence(group), now, deps),
    ),
  )
  return relay(
    groups.flat().map(owed => again(owed, now)),
    now,
    deps,
  )
}

/** Rows of all that an inbox is owed, due or not: `most` of them, or a page more. */
export const owedBy = async (
  inbox: InstitutionCode,
  most: number,
  { outbox }: { outbox: Pick<Outbox, 'due' | 'read'> },
): Promise<Row[]> => {
  const owed: Row[] = []
  let from: Row | undefined
  do {
    const { named, next } = await outbox.due(inbox, everything, from)
    owed.push(...(await outbox.read(named)))
    from = next
  } while (from && owed.length < most)
  return owed
}
const everything = '9999-12-31T23:59:59.999Z' as Instant

/**
 * Sends messages of an inbox again, whether or not they were due: each as another message to SQS, which may have lost
 * the one of a minute ago. Those of a referral in order; a copy that still lies in the queue is dropped when it comes up.
 */
export const sendAgain = (rows: readonly Row[], now: Instant, deps: Resending): Promise<number> =>
  relay(
    [...Map.groupBy(owedIn(rows, deps), ({ message }) => groupOf(message)).values()].flatMap(
      group =>
        inSequence(group).map(({ message, sends }) => ({
          ...message,
          sentBefore: Math.max(sends, 1),
        })),
    ),
    now,
    deps,
  )

/** Sends messages, and writes down what was sent. */
const relay = async (
  messages: readonly QueueMessage[],
  now: Instant,
  deps: Resending,
): Promise<number> => {
  const inboxes = Map.groupBy(await withContent(messages, deps), ({ inbox }) => inbox)
  const nextSendAt = new Date(Date.parse(now) + resendAfterMs).toISOString() as Instant
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

/** SQS drops a message that it got in the last five minutes (SQS developer guide, exactly-once processing). */
const deduplicationMs = 5 * 60 * 1000

/**
 * How often a message was sent before, as far as the receiver must be told. One that nobody has written down as sent
 * may have been: its function sends it and writes nothing. While SQS would know it, it goes as the same.
 */
const sentBefore = ({ sends, nextSendAt }: Owed, now: Instant): number => {
  const known = nextSendAt && Date.parse(now) - Date.parse(nextSendAt) < deduplicationMs
  return sends > 0 || known ? sends : 1
}

const again = (owed: Owed, now: Instant): QueueMessage => {
  const before = sentBefore(owed, now)
  return before === 0 ? owed.message : { ...owed.message, sentBefore: before }
}

/**
 * A message that is sent again goes with all that its inbox is owed of the referral after it: a copy of those may lie
 * before it in the queue.
 */
const inFull = async (pk: string, due: Owed[], now: Instant, deps: Sweeping): Promise<Owed[]> => {
  if (due.every(owed => sentBefore(owed, now) === 0)) return due
  const n = Number(due[0]?.message.event.sequence)
  return inSequence(owedIn(await deps.outbox.from({ pk, n }), deps))
}

/** Whose sealed content a message lacks; a handover's is its parent's. */
const lacking = ({ event, envelope }: QueueMessage): ReferralId[] =>
  event.type === 'referral.requested.v1' && !envelope ? [event.data.partOf ?? event.subject] : []

/** With a referral goes its sealed content, while there is any. Messages of 0.1.0 have it in themselves. */
const withContent = async (
  messages: readonly QueueMessage[],
  deps: Pick<Sweeping, 'envelopes'>,
): Promise<QueueMessage[]> => {
  const found = await deps.envelopes.findAll([...new Set(messages.flatMap(lacking))])
  return messages.map(message => {
    const [whose] = lacking(message)
    const envelope = whose && found.get(whose)
    return envelope ? { ...message, envelope } : message
  })
}

const inSequence = (owed: readonly Owed[]): Owed[] =>
  owed.toSorted((a, b) => Number(a.message.event.sequence) - Number(b.message.event.sequence))

/** What can be read of some rows. One that cannot is logged, and stands: it holds up no other referral. */
const owedIn = (rows: readonly Row[], deps: { outbox: Pick<Outbox, 'owedOf'> }): Owed[] =>
  rows.flatMap(row => {
    try {
      return [deps.outbox.owedOf(row)]
    } catch {
      log('error', 'unreadable-message', { row: `${String(row['pk'])}#${String(row['n'])}` })
      return []
    }
  })
