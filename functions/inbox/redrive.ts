// POST /v1/inbox/redrive: an institution has what its queue lost or parked sent again. The outbox says what it is owed,
// and the queue only how many of those it still has: where it has fewer, all are sent again, in order, and a copy that
// was there all along is dropped when it comes up (functions/effects/in-order.ts).
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import { owedBy, sendAgain } from '../effects/sweep.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'outbox:due',
  'outbox:redrive',
  'envelopes:send',
  'inbox:send',
  'inbox:count',
] as const
type Deps = Given<typeof needs>

/** Sent again by one request at most. More come by the next: what was sent is the last to be named again. */
const most = 1000

export const redriveInbox = async (
  { caller: { institution }, now, admission, commit }: RequestOf<'inbox.redrive', Deps>,
  deps: Deps,
): Promise<Answer> => {
  await admission
  const owed = await owedBy(institution, most, deps)
  const missing = Math.max(0, owed.length - (await deps.inbox.count(institution)))
  await commit({ occurrences: [{ action: 'inbox.redrive', outcome: 'allowed' }] })
  const sent = missing === 0 ? 0 : await sendAgain(owed, now, deps)
  return { body: { redriven: Math.min(missing, sent) } }
}

export const handler = route('inbox.redrive', redriveInbox, bind(needs))
