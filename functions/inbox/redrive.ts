// POST /v1/inbox/redrive: an institution has what its queue lost or parked sent again. The outbox says what it is owed,
// and the queue only how many messages it still has: where it has fewer, or one of them was delivered for the last time
// (events/delivery.ts), all are sent again, in order, and a copy that was there all along is dropped when it comes up
// (functions/inbox/judge-message.ts). One that is cut off is finished by the next, or by the sweep: nobody counts again
// what it had begun.
import { isParked } from '../../events/delivery.ts'
import type { Instant } from '../../schemas/ids.ts'
import type { Row } from '../aws/dynamodb.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import { type Left, goOn, leftSince } from '../effects/redrive.ts'
import { owedIn } from '../effects/resend.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'outbox:due',
  'outbox:redrive',
  'referrals:read',
  'envelopes:send',
  'inbox:send',
  'inbox:count',
] as const

/** Sent again by one request at most. The rest comes by the sweep, or the next request. */
const most = 1000

const nothing: Left = { rows: [], whole: true }

/** How many of the requests among `rows` a queue gives out no more, whether or not it counts them. */
const parkedAmong = async (
  rows: readonly Row[],
  now: Instant,
  deps: Given<typeof needs>,
): Promise<number> => {
  const requests = owedIn(rows, deps).flatMap(({ message: { event }, sends }) =>
    event.type === 'referral.requested.v1' ? [{ referralId: event.subject, sends }] : [],
  )
  const found = await deps.referrals.findReadable(requests.map(({ referralId }) => referralId))
  return requests.filter(({ referralId, sends }) => {
    const referral = found.get(referralId)
    return referral && isParked(referral, sends, now)
  }).length
}

export const redriveInbox: Door<'inbox.redrive', typeof needs> = async (
  { caller: { institution: inbox }, now, admission, commit },
  deps,
) => {
  await admission
  const begun = await deps.redrives.underWay(inbox)
  const unfinished =
    begun === undefined ? nothing : await leftSince({ inbox, since: begun }, most, deps)
  const goesOn = begun !== undefined && unfinished.rows.length > 0
  const since = goesOn ? begun : now
  const left = goesOn ? unfinished : await leftSince({ inbox, since: now }, most, deps)
  const owed = left.rows.length
  const missing = goesOn
    ? owed
    : Math.max(owed - (await deps.inbox.count(inbox)), await parkedAmong(left.rows, now, deps))
  await commit({
    occurrences: [{ action: 'inbox.redrive', outcome: 'allowed' }],
    writes: missing === 0 ? [] : [deps.redrives.begin(inbox, since, now)],
  })
  const sent = missing === 0 ? 0 : await goOn({ inbox, since, now }, left, deps)
  return { body: { redriven: Math.min(missing, sent) } }
}

export const handler = route('inbox.redrive', redriveInbox, { deps: bind(needs) })
