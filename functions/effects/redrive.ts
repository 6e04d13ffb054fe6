// A redrive: all that an inbox was owed when it began is sent again, by as many runs as it takes. What was sent since
// is known by when it is due next, so that one that is cut off anywhere goes on where it was, whoever goes on with it:
// the next redrive, or the sweep.
import type { InstitutionCode, Instant } from '../../schemas/ids.ts'
import type { Row } from '../aws/dynamodb.ts'
import type { Outbox } from '../aws/outbox.ts'
import { type Redrives, isRedrive } from '../aws/redrives.ts'
import { groupOf } from './messages.ts'
import { type Resending, againAfter, inSequence, owedIn, relay } from './resend.ts'

type Finding = { outbox: Pick<Outbox, 'due' | 'read'> }

/** What is still to be sent of a redrive. `whole`: there is nothing besides. */
export type Left = { rows: Row[]; whole: boolean }

/**
 * What an inbox is owed and was not sent since a redrive began. At the beginning that is all of it.
 *
 * @param most rows that are asked for; a page more may come
 */
export const leftSince = async (
  { inbox, since }: { inbox: InstitutionCode; since: Instant },
  most: number,
  { outbox }: Finding,
): Promise<Left> => {
  const until = againAfter(since)
  const rows: Row[] = []
  let from: Row | undefined
  do {
    const { named, next } = await outbox.due(inbox, until, from)
    const read = await outbox.read(named.filter(name => !isRedrive(name)))
    // The index is a moment behind, and has what was sent just now.
    rows.push(...read.filter(({ nextSendAt }) => String(nextSendAt) < until))
    from = next
  } while (from && rows.length < most)
  return { rows, whole: from === undefined }
}

/**
 * Sends again what is left: each as another message to SQS, which may have lost the one of a minute ago. Those of a
 * referral in order; a copy that still lies in the queue is dropped when it comes up. Ends the redrive where nothing is
 * left then. Answers how many were sent.
 */
export const goOn = async (
  { inbox, since, now }: { inbox: InstitutionCode; since: Instant; now: Instant },
  { rows, whole }: Left,
  deps: Resending & { redrives: Pick<Redrives, 'end'> },
): Promise<number> => {
  const owed = owedIn(rows, deps)
  const messages = [...Map.groupBy(owed, ({ message }) => groupOf(message)).values()].flatMap(
    group =>
      inSequence(group).map(({ message, sends }) => ({
        ...message,
        sentBefore: Math.max(sends, 1),
      })),
  )
  const sent = await relay(messages, now, deps)
  if (whole && sent === owed.length) await deps.redrives.end(inbox, since)
  return sent
}
