// What inboxes are owed: exactly what was sent and not acknowledged, in sequences without gaps.
import type { ReferralRow } from '../functions/aws/referral-row.ts'
import type { InboxEvent } from '../schemas/inbox.ts'
import type { Facts } from './facts.ts'
import type { Find } from './snapshot.ts'

type Side = { inbox: string; sent: number; acked: readonly number[] }

const sidesOf = (row: ReferralRow): Side[] => [
  { inbox: row.referrer, sent: row.sentToReferrer, acked: row.ackedByReferrer },
  { inbox: row.recipient, sent: row.sentToRecipient, acked: row.ackedByRecipient },
]

const named = (inbox: string, referralId: string, sequence: number): string =>
  `${inbox}#${referralId} ${sequence}`

/** @param newest time of the log's last entry: a row that is to be sent later than that is down as sent */
export const verifyOwed = (facts: Facts, newest: string, find: Find): void => {
  const { referrals, owed, queued } = facts
  const inQueue = new Set(
    queued.map(({ message: { inbox, event } }) =>
      named(inbox, event.subject, Number(event.sequence)),
    ),
  )
  const rows = new Set<string>()
  for (const { message, sends, nextSendAt } of owed) {
    const { inbox, event } = message
    const sequence = Number(event.sequence)
    const name = named(inbox, event.subject, sequence)
    rows.add(name)
    const side = sideOf(inbox, event, facts)
    if (!side || sequence > side.sent || side.acked.includes(sequence))
      find('owed-stray', `Outbox ${name}`)
    else if (sends > 0 && nextSendAt !== undefined && nextSendAt > newest && !inQueue.has(name))
      find('owed-lost', `Outbox ${name}`, nextSendAt)
  }
  for (const { row, isOld } of referrals.values()) {
    const { referralId } = row
    for (const { inbox, sent, acked } of sidesOf(row)) {
      if (new Set(acked).size !== acked.length || acked.some(n => n < 1 || n > sent))
        find('acknowledged-unsent', `referral ${referralId}`, inbox)
      for (let n = 1; n <= sent; n++) {
        const name = named(inbox, referralId, n)
        // 0.1.0 owed nothing that it had sent: its queues did.
        const kept = rows.has(name) || (isOld && inQueue.has(name))
        if (!acked.includes(n) && !kept) find('owed-missing', `Outbox ${name}`)
      }
    }
  }
  for (const { queue, message } of queued) {
    const { inbox, event } = message
    const side = sideOf(inbox, event, facts)
    if (!side || Number(event.sequence) > side.sent)
      find('queue-stray', `${queue} ${inbox}`, `${event.subject} ${event.sequence}`)
  }
}

/** Of an agreement's events the outbox alone knows which were acknowledged: those that it has not. */
const sideOf = (
  inbox: string,
  event: InboxEvent,
  { referrals, news }: Pick<Facts, 'referrals' | 'news'>,
): Side | undefined => {
  if (event.type === 'agreement.ending.v1') {
    const sent = news.get(event.subject)
    return sent === undefined ? undefined : { inbox, sent, acked: [] }
  }
  const kept = referrals.get(event.subject)
  return kept && sidesOf(kept.row).find(side => side.inbox === inbox)
}
