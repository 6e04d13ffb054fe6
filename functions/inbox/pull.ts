// POST /v1/inbox/pull: an institution collects its messages. With a referral comes what its consent permits, opened for
// this caller after the release is in the access log; or, with `content: "none"`, nothing but its header: it is leased,
// not opened.
import type { Occurrence } from '../../events/access-log.ts'
import { mayReleaseOnPull } from '../../events/consent.ts'
import type { Instant } from '../../schemas/ids.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import { closing, secondsToWait } from '../aws/deadline.ts'
import { rereading } from '../aws/dynamodb.ts'
import type { Received } from '../aws/inbox.ts'
import type { Change, ReferralRow } from '../aws/referrals.ts'
import { log } from '../aws/runtime.ts'
import {
  type Gate,
  type Recorded,
  type Verdict,
  disclose,
  judge,
  record,
  releasing,
  takeBack,
  unfinished,
} from '../effects/release.ts'
import { writeHandle } from '../http/handle.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  ...releasing,
  'requests:wait',
  'guard:mac',
  'inbox:receive',
  'inbox:settle',
] as const
type Deps = Given<typeof needs>
type Pull = RequestOf<'inbox.pull'>

export const pullInbox = async (request: Pull, deps: Deps): Promise<Answer> => {
  const since = await deps.accessLog.signedSize()
  await request.commit({ occurrences: [{ action: 'inbox.pull', outcome: 'allowed' }] })
  const received = await receive(request, deps)
  const recorded = await eachOf(received, request, one =>
    rereading(async () => {
      const judged = await judgeMessage(one, request, deps)
      return judged && recordMessage(judged, request, deps)
    }),
  )
  try {
    const opened = await coverAndOpen(recorded, since, deps)
    return { body: { messages: await eachOf(recorded, request, opened) } }
  } catch (error) {
    await closing(() => giveBack({ received, recorded, error }, request, deps))
    throw error
  }
}

/** Whether referrals are opened: not when the caller only looks, and never for a key that is no recipient's. */
const opens = ({ body, caller }: Pull): boolean =>
  body.content === 'open' && caller.role === 'recipient'

/** What the longest wait leaves for a pass of the log and for opening ten referrals. */
const openingMs = 4500

/** A message that was delivered, with the handle that the caller will settle it by. */
type Delivered = Received & { handle: string }

/**
 * Leases messages for the caller. What could keep them from being answered is asked first: a message without a handle,
 * or with a log that cannot be signed, would be a delivery for nothing.
 */
const receive = async (request: Pull, deps: Deps): Promise<Delivered[]> => {
  const { body, caller } = request
  if (opens(request)) await deps.cover.ready()
  const holder = { institution: caller.institution, key: await deps.guard.handleKey() }
  const mayWait = body.waitSeconds > 0 && (await deps.waits.spend(caller.keyid))
  const waitSeconds = mayWait ? secondsToWait(body.waitSeconds, openingMs) : 0
  const received = await deps.inbox.receive(caller.institution, { ...body, waitSeconds })
  return received.map(one => ({
    ...one,
    handle: writeHandle(one.message.event, one.receiptHandle, holder),
  }))
}

/**
 * Does the same to all, side by side. What fails is logged and comes again when its lease ends; if that is all of it,
 * the caller is told.
 */
const eachOf = async <T, R>(
  all: readonly T[],
  { id: requestId }: Pull,
  step: (one: T) => Promise<R | undefined>,
): Promise<R[]> => {
  const settled = await Promise.allSettled(all.map(step))
  const faults = settled.filter(result => result.status === 'rejected')
  for (const { reason } of faults)
    log('error', 'delivery-failed', {
      requestId,
      error: reason instanceof Error ? reason.name : 'unknown',
    })
  if (faults[0] && faults.length === all.length) throw faults[0].reason
  return settled.flatMap(result =>
    result.status === 'fulfilled' && result.value !== undefined ? [result.value] : [],
  )
}

/** A message on its way to the caller; where it is a referral, what may leave of it. */
type Judged = { message: PulledMessage; verdict?: Verdict }

const gateOf =
  ({ recipient }: ReferralRow): Gate =>
  (consent, held, at) =>
    mayReleaseOnPull(consent, recipient, held, at)

/** Undefined if the caller has acknowledged the message before and the queue merely did not know. */
const judgeMessage = async (
  { message: { event, envelope = {} }, handle, receiptHandle, receiveCount }: Delivered,
  { caller: { institution } }: Pull,
  deps: Deps,
): Promise<Judged | undefined> => {
  const referral = await deps.referrals.find(event.subject)
  if (!referral) throw new Error('a message without its referral')
  const acked =
    institution === referral.recipient ? referral.ackedByRecipient : referral.ackedByReferrer
  if (acked.includes(Number(event.sequence))) {
    await deps.inbox.remove(institution, [receiptHandle])
    return undefined
  }
  const message = { handle, receiveCount, event }
  if (event.type !== 'referral.requested.v1') return { message }
  return { message, verdict: await judge({ referral, envelope, gate: gateOf(referral) }, deps) }
}

/** A message whose delivery is written down, and the release that it waits for. */
type Delivery = { message: PulledMessage; release?: Recorded | undefined }

/** What a delivery changes in the row, whether or not anything is opened: it is out until its lease ends. */
const leased = ({ referral, at }: Verdict, { visibilitySeconds }: Pull['body']): Change => ({
  ...(referral.deliveryState === 'acknowledged' ? {} : { deliveryState: 'delivered' as const }),
  leaseUntil: new Date(Date.parse(at) + visibilitySeconds * 1000).toISOString() as Instant,
})

/**
 * Writes down who got a referral: its release, or why nothing may leave, or that it was only looked at. `withheld` says
 * where opening it with the pull was refused, or would have been.
 */
const recordMessage = async (
  { message, verdict }: Judged,
  request: Pull,
  deps: Deps,
): Promise<Delivery> => {
  if (!verdict) return { message }
  const { referral, refusal, at } = verdict
  const withheld: PulledMessage = { ...message, withheld: ['all'] }
  const purpose = 'training-referral'
  const lease = leased(verdict, request.body)
  if (opens(request) && refusal === undefined) {
    const release = await record({ verdict, purpose, change: lease }, request, deps)
    return { message: withheld, release }
  }
  const { referralId, agreementId, consentId } = referral
  const about = { referralId, agreementId, consentId }
  const occurrence: Occurrence = opens(request)
    ? { action: 'referral.release', outcome: 'denied', ...about, purpose, code: refusal }
    : { action: 'inbox.pull', outcome: 'allowed', ...about }
  const change = { ...lease, ...unfinished(verdict) }
  await request.commit({
    occurrences: [occurrence],
    writes: [deps.referrals.change(referral, change, at)],
  })
  if (opens(request)) return { message: withheld }
  return { message: { ...(refusal === undefined ? message : withheld), content: 'sealed' } }
}

/**
 * Brings all releases under one signed checkpoint, and only then opens them: gives each message its content, where it
 * still may have it.
 */
const coverAndOpen = async (recorded: readonly Delivery[], since: number, deps: Deps) => {
  const releases = recorded.flatMap(({ release }) => release ?? [])
  const receipts = await deps.cover.cover(
    releases.map(release => release.recorded),
    since,
  )
  const covered = releases.flatMap(release => {
    const receipt = receipts.find(({ entryId }) => entryId === release.recorded.entryId)
    return receipt ? [{ release, receipt }] : []
  })
  const disclosed = await disclose(covered, deps)
  return async ({ message, release }: Delivery): Promise<PulledMessage> => {
    const content = disclosed[covered.findIndex(one => one.release === release)]
    if (content?.status === 'rejected') throw content.reason
    // What the consent no longer permits stays shut: its message goes without.
    return { ...message, ...content?.value }
  }
}

/** Undoes what was recorded, side by side: where a table does not answer, the queue still may. */
const giveBack = (
  { received, recorded, error }: { received: Delivered[]; recorded: Delivery[]; error: unknown },
  { caller, commit }: Pull,
  deps: Deps,
) =>
  Promise.allSettled([
    ...recorded.flatMap(({ release }) =>
      release ? [takeBack(release, error, { ...deps, commit })] : [],
    ),
    deps.inbox.giveBack(
      caller.institution,
      received.map(one => one.receiptHandle),
      0,
    ),
  ])

export const handler = route('inbox.pull', pullInbox, bind(needs))
