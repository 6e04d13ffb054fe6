// Keeps the order of a referral's or an agreement's messages where a queue does not: a function may die between its commit and its send
// while another sends what came next, and a queue may forget the first of two. A message that would come too soon is
// sent again behind what it must follow.
import { placeOf } from '../../events/delivery.ts'
import type { Instant } from '../../schemas/ids.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { Outbox } from '../aws/outbox.ts'

/**
 * Whether a message may be delivered now; if not, its copy can go: another lies in the queue, or the next sweep sends
 * one. Reads nothing where all before it was acknowledged or comes in the same pull, as nearly always.
 *
 * @param come sequences of its referral that this inbox has acknowledged, or is given before it in this pull
 * @param ackedBy what knows of acknowledgements: the referral's row, or, of an agreement, the outbox alone. There a
 * message without its row was acknowledged
 */
export const comesInOrder = async (
  message: QueueMessage,
  {
    come,
    now,
    ackedBy = 'row',
  }: { come: readonly number[]; now: Instant; ackedBy?: 'row' | 'outbox' },
  { outbox }: { outbox: Pick<Outbox, 'sendsOf' | 'sent'> },
): Promise<boolean> => {
  const sequence = Number(message.event.sequence)
  const missing = Array.from({ length: sequence - 1 }, (_, n) => n + 1).filter(
    n => !come.includes(n),
  )
  if (missing.length === 0 && ackedBy === 'row') return true
  const [own, ...before] = await outbox.sendsOf(message, [sequence, ...missing])
  if (!own && ackedBy === 'outbox') return false
  const place = placeOf(message, { own, open: before.filter(row => row !== undefined) })
  // As sent, and due: the sweep sends it as another copy, which SQS does not drop.
  if (place === 'early') await outbox.sent(message, now)
  return place === 'in-order'
}
