// Sends what inboxes are owed and may not have: messages whose function died before it sent them, and those that a
// queue would soon forget. The outbox decides; what comes twice, the receiver's side drops or says.
import type { InstitutionCode, Instant } from '../../schemas/ids.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { Directory } from '../aws/directory.ts'
import type { Row } from '../aws/dynamodb.ts'
import type { Outbox, Owed } from '../aws/outbox.ts'
import { type Redrives, isRedrive, sinceOf } from '../aws/redrives.ts'
import { groupOf } from './messages.ts'
import { goOn, leftSince } from './redrive.ts'
import { type Resending, inSequence, owedIn, relay } from './resend.ts'

/** Milliseconds that a page may take. With less left none is begun: the next run goes on. */
const enough = 10_000

type Sweeping = Omit<Resending, 'outbox'> & {
  directory: Pick<Directory, 'codes'>
  outbox: Pick<Outbox, 'due' | 'read' | 'from' | 'leftBy010' | 'owedOf' | 'sent'>
  redrives: Pick<Redrives, 'end'>
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
      const rows = named.length > 0 ? await deps.outbox.read(named) : []
      sent += await send(
        rows.filter(row => !isRedrive(row)),
        now,
        deps,
      )
      const [begun] = rows.filter(isRedrive).map(sinceOf)
      if (begun !== undefined) sent += await redriveOn({ inbox, since: begun, now }, timeLeft, deps)
      from = next
    } while (from)
  }
  return sent
}

/** Messages of a redrive that are sent at a time. */
const perPage = 100

/** Goes on with a redrive whose function is gone, as far as the time goes. */
const redriveOn = async (
  { inbox, since, now }: { inbox: InstitutionCode; since: Instant; now: Instant },
  timeLeft: () => number,
  deps: Sweeping,
): Promise<number> => {
  let sent = 0
  while (timeLeft() >= enough) {
    const left = await leftSince({ inbox, since }, perPage, deps)
    const resent = await goOn({ inbox, since, now }, left, deps)
    sent += resent
    if (left.whole || resent === 0) break
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
