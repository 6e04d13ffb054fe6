// POST /v1/inbox/ack and POST /v1/inbox/return: the caller keeps pulled messages, or gives them back.
import type { Occurrence } from '../../events/access-log.ts'
import { lookBy } from '../../events/clock/look.ts'
import { changeStatus } from '../../events/referral.ts'
import { seenUnder, underAgreement } from '../../events/seen-under.ts'
import type { InstitutionCode, Instant } from '../../schemas/ids.ts'
import { deliveriesBeforeParking } from '../../schemas/inbox.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { byRoute } from '../http/by-route.ts'
import { type Ahead, textsIn } from '../http/identify.ts'
import { type NamedMessage, readHandle } from '../http/handle.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { Write } from '../aws/dynamodb.ts'
import type { Change, ReferralRow } from '../aws/referral-row.ts'
import type { Message } from '../effects/messages.ts'
import { type Door, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:change',
  'progress:count',
  'outbox:send',
  'outbox:settle',
  'inbox:send',
  'inbox:settle',
  'guard:mac',
] as const
type Deps = Given<typeof needs>
/** `referral`: absent where the event is about an agreement, of which the outbox alone knows. */
type Handled = { handle: string; named: NamedMessage; referral?: ReferralRow }
type OfReferral = Handled & { referral: ReferralRow }
const isOfReferral = (one: Handled): one is OfReferral => one.referral !== undefined

/** Ten handles, and the names of the body's two members. */
const mostTexts = 12

/** The referrals of handles that are ours: what else is named in a body makes nobody look. */
const ahead: Ahead<unknown, Deps> = ({ body, caller: { institution } }, { guard, referrals }) => {
  const key = guard.handleKeyIfKnown()
  if (!key) return []
  return textsIn(body, mostTexts)
    .flatMap(text => readHandle(text, { institution, key }) ?? [])
    .flatMap(({ referralId }) => (referralId ? referrals.at(referralId) : []))
}

/** Handles of messages that the caller was given; the others get `handle-unknown`. */
const resolve = async (
  handles: string[],
  { caller: { institution }, known: rows }: Pick<RequestOf<'inbox.ack'>, 'caller' | 'known'>,
  deps: Deps,
) => {
  const holder = { institution, key: await deps.guard.handleKey() }
  const read = handles.flatMap(handle => {
    const named = readHandle(handle, holder)
    return named ? [{ handle, named }] : []
  })
  const ids = read.flatMap(({ named }) => named.referralId ?? [])
  const found = await deps.referrals.findAll(ids, rows)
  const known = read.flatMap(({ handle, named }): Handled[] => {
    if (!named.referralId) return [{ handle, named }]
    const referral = found.get(named.referralId)
    return referral && named.sequence <= sentTo(referral, institution)
      ? [{ handle, named, referral }]
      : []
  })
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

export const ackInbox: Door<'inbox.ack', typeof needs> = async (request, deps) => {
  const { body, caller, now, commit } = request
  const { institution } = caller
  const { known, results } = await resolve(body.handles, request, deps)
  const writes: Write[] = []
  const messages: Message[] = []
  for (const referral of new Set(known.flatMap(one => one.referral ?? []))) {
    const acked = ackedBy(referral, institution)
    const fresh = known
      .filter(one => one.referral === referral)
      .map(one => one.named.sequence)
      .filter(sequence => !acked.includes(sequence))
    if (fresh.length === 0) continue
    const side = institution === referral.recipient ? 'ackedByRecipient' : 'ackedByReferrer'
    const received = fresh.some(sequence => isReferral(referral, institution, sequence))
    const { change, told } = received ? receive(referral, now) : { change: {}, told: [] }
    const changed = { ...change, [side]: [...acked, ...new Set(fresh)] }
    writes.push(deps.referrals.change(referral, changed, now))
    messages.push(...told)
  }
  await commit({
    occurrences:
      known.length > 0
        ? known.map(one => occurrence('inbox.ack', one))
        : [{ action: 'inbox.ack', outcome: 'denied', code: 'handle-unknown' }],
    writes,
    messages,
    settled: uniqueMessages(known).map(named => ({
      inbox: institution,
      subject: subjectOf(named),
      sequence: named.sequence,
    })),
    // The table knows by then; what SQS misses, the next pull drops.
    afterwards: () => deps.inbox.remove(institution, known.map(receiptOf)),
  })
  return { body: { results } }
}

const subjectOf = ({ referralId, agreementId }: NamedMessage) => referralId ?? agreementId

const receiptOf = ({ named }: Handled): string => named.receiptHandle

/** Two handles may name one message, of two of its deliveries. */
const uniqueMessages = (handled: readonly Handled[]): NamedMessage[] => [
  ...new Map(
    handled.map(({ named }) => [`${subjectOf(named)}#${named.sequence}`, named] as const),
  ).values(),
]

/** What the first acknowledgement of a referral changes, and what the referrer is told. */
const receive = (referral: ReferralRow, now: Instant): { change: Change; told: Message[] } => {
  const acknowledged: Change = { deliveryState: 'acknowledged' }
  const fact = changeStatus({ status: 'received' }, referral, { by: 'hub', now })
  // Cancelled in the meantime: the recipient has the message, the referral stays closed.
  if ('refused' in fact) return { change: acknowledged, told: [] }
  const version = referral.version + 1
  const history = [...referral.history, fact.change]
  const data = { status: 'received', version } as const
  return {
    change: { ...acknowledged, status: 'received', history, version },
    told: [{ to: 'referrer', referral, type: 'referral.status-changed.v1', data }],
  }
}

export const returnInbox: Door<'inbox.return', typeof needs> = async (request, deps) => {
  const { body, caller, now, commit } = request
  const { institution } = caller
  const { known, results } = await resolve(body.handles, request, deps)
  const open = known.filter(
    ({ referral, named }) => !referral || !ackedBy(referral, institution).includes(named.sequence),
  )
  const queuedAgain = new Set(
    open
      .filter(isOfReferral)
      .filter(({ referral, named }) => isReferral(referral, institution, named.sequence))
      .map(one => one.referral),
  )
  await commit({
    occurrences:
      known.length > 0
        ? known.map(one => occurrence('inbox.return', one))
        : [{ action: 'inbox.return', outcome: 'denied', code: 'handle-unknown' }],
    writes: [...queuedAgain].map(referral =>
      deps.referrals.change(referral, givenBack(referral, now), now),
    ),
  })
  await deps.inbox.giveBack(institution, open.map(receiptOf), body.delaySeconds)
  return { body: { results } }
}

/** The lease ends here; after the last delivery the queue parks the message, and the clock looks at once. */
const givenBack = (referral: ReferralRow, now: Instant): Change => ({
  ...(referral.deliveryState === 'undelivered' ? {} : { deliveryState: 'queued' as const }),
  leaseUntil: now,
  ...((referral.deliveries ?? 0) < deliveriesBeforeParking ? {} : lookBy(referral, now)),
})

const occurrence = (
  action: 'inbox.ack' | 'inbox.return',
  { named: { agreementId }, referral }: Handled,
): Occurrence => {
  if (!referral)
    return {
      action,
      outcome: 'allowed',
      agreementId: agreementId && underAgreement(agreementId),
    }
  const { referralId, consentId } = referral
  return { action, outcome: 'allowed', referralId, agreementId: seenUnder(referral), consentId }
}

const deps = bind(needs)
export const handler = byRoute({
  'inbox.ack': route('inbox.ack', ackInbox, { deps, ahead }),
  'inbox.return': route('inbox.return', returnInbox, { deps, ahead }),
})
