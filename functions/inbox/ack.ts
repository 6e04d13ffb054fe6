// POST /v1/inbox/ack and POST /v1/inbox/return: the caller keeps pulled messages, or gives them back.
import type { Occurrence } from '../../events/access-log.ts'
import { changeStatus } from '../../events/referral.ts'
import type { InstitutionCode, Instant, ReferralId } from '../../schemas/ids.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { type Write, dynamodbClient } from '../aws/dynamodb.ts'
import { type Inbox, inbox, sqsClient } from '../aws/inbox.ts'
import { type GuardMac, guardMac, kmsClient } from '../aws/kms.ts'
import { notices } from '../effects/notices.ts'
import { type Outbox, outbox } from '../aws/outbox.ts'
import { type Change, type ReferralRow, type Referrals, referrals } from '../aws/referrals.ts'
import { relayNow } from '../effects/relay.ts'
import { env } from '../aws/runtime.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { byRoute } from '../http/by-route.ts'
import { type NamedMessage, readHandle } from '../http/handle.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & { referrals: Referrals; outbox: Outbox; inbox: Inbox; guard: GuardMac }
type Handled = { handle: string; named: NamedMessage; referral: ReferralRow }

/** Handles of messages that the caller was given; the others get `handle-unknown`. */
const resolve = async (handles: string[], caller: InstitutionCode, deps: Deps) => {
  const holder = { institution: caller, key: await deps.guard.handleKey() }
  const found = new Map<ReferralId, ReferralRow | undefined>()
  const known: Handled[] = []
  for (const handle of handles) {
    const named = readHandle(handle, holder)
    if (!named) continue
    if (!found.has(named.referralId))
      found.set(named.referralId, await deps.referrals.find(named.referralId))
    const referral = found.get(named.referralId)
    if (referral && named.sequence <= sentTo(referral, caller))
      known.push({ handle, named, referral })
  }
  const results = handles.map(handle =>
    known.some(one => one.handle === handle)
      ? { handle, ok: true }
      : { handle, ok: false, code: 'handle-unknown' satisfies ProblemCode },
  )
  return { known, results }
}

const sentTo = (referral: ReferralRow, institution: InstitutionCode): number =>
  institution === referral.recipient
    ? referral.sentToRecipient
    : institution === referral.referrer
      ? referral.sentToReferrer
      : 0

const ackedBy = (referral: ReferralRow, institution: InstitutionCode): number[] =>
  institution === referral.recipient ? referral.ackedByRecipient : referral.ackedByReferrer

/** The recipient's first message is the referral itself: acknowledging it makes the referral `received`. */
const isReferral = (referral: ReferralRow, institution: InstitutionCode, sequence: number) =>
  institution === referral.recipient && sequence === 1

export const ackInbox = async (
  { body, caller, now, commit }: RequestOf<'inbox.ack'>,
  deps: Deps,
): Promise<Answer> => {
  const { institution } = caller
  const { known, results } = await resolve(body.handles, institution, deps)
  const occurrences: Occurrence[] = known.map(({ referral }) => occurrence('inbox.ack', referral))
  const writes: Write[] = []
  const messages: QueueMessage[] = []
  for (const referral of new Set(known.map(one => one.referral))) {
    const acked = ackedBy(referral, institution)
    const fresh = known
      .filter(one => one.referral === referral)
      .map(one => one.named.sequence)
      .filter(sequence => !acked.includes(sequence))
    if (fresh.length === 0) continue
    const side = institution === referral.recipient ? 'ackedByRecipient' : 'ackedByReferrer'
    const received = fresh.some(sequence => isReferral(referral, institution, sequence))
    const { change, messages: told } = received
      ? receive(referral, now)
      : { change: {}, messages: [] }
    writes.push(
      deps.referrals.change(referral, { ...change, [side]: [...acked, ...new Set(fresh)] }, now),
    )
    messages.push(...told)
    writes.push(...told.map(message => deps.outbox.add(message)))
  }
  const answer = await commit(
    occurrences.length > 0
      ? occurrences
      : [{ action: 'inbox.ack', outcome: 'denied', code: 'handle-unknown' }],
    writes,
    { body: { results } },
  )
  // The table knows now; what SQS misses, the next pull drops.
  await Promise.allSettled([
    ...known.map(({ named }) => deps.inbox.remove(institution, named.receipt)),
    relayNow(messages, deps),
  ])
  return answer
}

/** What the first acknowledgement of a referral changes, and what the referrer is told. */
const receive = (
  referral: ReferralRow,
  now: Instant,
): { change: Change; messages: QueueMessage[] } => {
  const acknowledged: Change = { deliveryState: 'acknowledged' }
  const fact = changeStatus({ status: 'received' }, referral, { by: 'hub', now })
  // Cancelled in the meantime: the recipient has the message, the referral stays closed.
  if ('refused' in fact) return { change: acknowledged, messages: [] }
  const version = referral.version + 1
  const told = notices(referral, now)
  told.tell('referrer', 'referral.status-changed.v1', { status: 'received', version })
  const history = [...referral.history, fact.change]
  return {
    change: { ...acknowledged, status: 'received', history, version, ...told.counted() },
    messages: told.messages,
  }
}

export const returnInbox = async (
  { body, caller, now, commit }: RequestOf<'inbox.return'>,
  deps: Deps,
): Promise<Answer> => {
  const { institution } = caller
  const { known, results } = await resolve(body.handles, institution, deps)
  const open = known.filter(
    ({ referral, named }) => !ackedBy(referral, institution).includes(named.sequence),
  )
  const queuedAgain = new Set(
    open
      .filter(({ referral, named }) => isReferral(referral, institution, named.sequence))
      .map(one => one.referral),
  )
  const answer = await commit(
    known.length > 0
      ? known.map(({ referral }) => occurrence('inbox.return', referral))
      : [{ action: 'inbox.return', outcome: 'denied', code: 'handle-unknown' }],
    [...queuedAgain].map(referral =>
      deps.referrals.change(referral, { deliveryState: 'queued' }, now),
    ),
    { body: { results } },
  )
  await Promise.all(
    open.map(({ named }) => deps.inbox.giveBack(institution, named.receipt, body.delaySeconds)),
  )
  return answer
}

const occurrence = (
  action: 'inbox.ack' | 'inbox.return',
  { referralId, agreementId, consentId }: ReferralRow,
): Occurrence => ({ action, outcome: 'allowed', referralId, agreementId, consentId })

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    outbox: outbox({ dynamodb, table: env('TABLE_OUTBOX') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
    guard: guardMac({ kms: kmsClient(), keyId: env('KEY_GUARD') }),
  }
}

const deps = bind()
export const handler = byRoute({
  'inbox.ack': route('inbox.ack', ackInbox, deps),
  'inbox.return': route('inbox.return', returnInbox, deps),
})
