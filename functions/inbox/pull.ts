// POST /v1/inbox/pull: an institution collects its messages. With a referral comes what its consent permits, opened for this caller
// after the release is in the access log; or, with `content: "none"`, nothing but its header: it is leased, not opened.
import { mayReleaseOnPull } from '../../events/consent.ts'
import { waitRate } from '../../events/rate.ts'
import type { Instant } from '../../schemas/ids.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import { consents } from '../aws/consents.ts'
import { boundCover } from '../aws/access-log/bound.ts'
import { closing, secondsToWait } from '../aws/deadline.ts'
import { dynamodbClient, rereading } from '../aws/dynamodb.ts'
import { type Inbox, type Received, inbox, sqsClient } from '../aws/inbox.ts'
import { type GuardMac, envelopeOpener, guardMac, kmsClient } from '../aws/kms.ts'
import { type KeyRate, keyRate } from '../aws/rate.ts'
import { referralKeys } from '../aws/referral-keys.ts'
import { type ReferralRow, referrals } from '../aws/referrals.ts'
import {
  type Gate,
  type Recorded,
  type ReleaseDeps,
  disclose,
  judge,
  record,
  takeBack,
  unfinished,
} from '../effects/release.ts'
import { env, log } from '../aws/runtime.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { categoriesOf } from '../crypto/envelope.ts'
import { type Holder, writeHandle } from '../http/handle.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & ReleaseDeps & { inbox: Inbox; guard: GuardMac; waits: KeyRate }
type Pull = RequestOf<'inbox.pull'>

/** What the longest wait leaves for a pass of the log and for opening ten referrals. */
const openingMs = 4500

export const pullInbox = async (request: Pull, deps: Deps): Promise<Answer> => {
  const { body, caller, commit } = request
  const since = await deps.accessLog.signedSize()
  await commit([{ action: 'inbox.pull', outcome: 'allowed' }], [], { body: {} })
  if (opens(request)) await deps.cover.ready()
  // Before anything is received: a message without a handle would be a delivery for nothing.
  const holder = { institution: caller.institution, key: await deps.guard.handleKey() }
  const mayWait = body.waitSeconds > 0 && (await deps.waits.spend(caller.keyid))
  const waitSeconds = mayWait ? secondsToWait(body.waitSeconds, openingMs) : 0
  const received = await deps.inbox.receive(caller.institution, { ...body, waitSeconds })
  const taken = await inTurn(received, one => take(one, holder, request, deps), request)
  const releases = taken.flatMap(({ release }) => release ?? [])
  try {
    // One pass of the sequencer covers all of them; only then is anything opened.
    const receipts = await deps.cover.cover(
      releases.map(({ recorded }) => recorded),
      since,
    )
    const covered = releases.flatMap(release => {
      const receipt = receipts.find(({ entryId }) => entryId === release.recorded.entryId)
      return receipt ? [{ release, receipt }] : []
    })
    const disclosed = await disclose(covered, deps)
    // What the consent no longer permits stays shut: its message goes without.
    const opened = await inTurn(
      taken,
      async ({ message, release }) => {
        const content = disclosed[covered.findIndex(one => one.release === release)]
        if (content?.status === 'rejected') throw content.reason
        return { ...message, ...content?.value }
      },
      request,
    )
    return { body: { messages: opened } }
  } catch (error) {
    // Side by side: where a table does not answer, the queue still may.
    await closing(() =>
      Promise.allSettled([
        ...releases.map(release => takeBack(release, error, request, deps)),
        ...received.map(({ receipt }) => deps.inbox.giveBack(caller.institution, receipt, 0)),
      ]),
    )
    throw error
  }
}

/** Whether referrals are opened: not when the caller only looks, and never for a key that is no recipient's. */
const opens = ({ body, caller }: Pull): boolean =>
  body.content === 'open' && caller.role === 'recipient'

/** A message on its way to the caller, and the release that it waits for. */
type Taken = { message: PulledMessage; release?: Recorded | undefined }

/**
 * Does the same to all, side by side. What fails is logged and comes again when its lease ends; if that is all of it, the caller is told.
 */
const inTurn = async <T, R>(
  all: readonly T[],
  step: (one: T) => Promise<R | undefined>,
  { id: requestId }: Pull,
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

/** Readies one message; undefined if the caller has acknowledged it before and the queue merely did not know. */
const take = async (
  received: Received,
  holder: Holder,
  request: Pull,
  deps: Deps,
): Promise<Taken | undefined> => {
  const { institution } = holder
  const { receipt, receiveCount, message } = received
  const { event } = message
  const named = { handle: writeHandle(event, receipt, holder), receiveCount, event }
  return rereading(async () => {
    const referral = await deps.referrals.find(event.subject)
    if (!referral) throw new Error('a message without its referral')
    const acked =
      institution === referral.recipient ? referral.ackedByRecipient : referral.ackedByReferrer
    if (acked.includes(Number(event.sequence))) {
      await deps.inbox.remove(institution, receipt)
      return undefined
    }
    if (event.type !== 'referral.requested.v1') return { message: named }
    if (!opens(request))
      return { message: { ...named, ...(await lease(referral, received, request, deps)) } }
    const release = await recordRelease(referral, received, request, deps)
    return { message: { ...named, withheld: ['all'] }, release }
  })
}

const gateOf =
  ({ recipient }: ReferralRow): Gate =>
  (consent, held, at) =>
    mayReleaseOnPull(consent, recipient, held, at)

/** What a delivery changes in the row, whether or not anything is opened: it is out until its lease ends. */
const leased = (
  { deliveryState }: ReferralRow,
  { visibilitySeconds }: Pull['body'],
  at: Instant,
) => ({
  ...(deliveryState === 'acknowledged' ? {} : { deliveryState: 'delivered' as const }),
  leaseUntil: new Date(Date.parse(at) + visibilitySeconds * 1000).toISOString() as Instant,
})

/**
 * Leases a referral without opening it: no release and no entry of one, but an entry that says who took its message. `withheld` says
 * where opening it with the pull would have been refused.
 */
const lease = async (
  referral: ReferralRow,
  { message: { envelope = {} } }: Received,
  request: Pull,
  deps: Deps,
): Promise<Pick<PulledMessage, 'content' | 'withheld'>> => {
  const verdict = await judge(referral, categoriesOf(envelope), gateOf(referral), deps)
  const { referralId, agreementId, consentId } = referral
  const change = { ...leased(referral, request.body, verdict.at), ...unfinished(referral, verdict) }
  await request.commit(
    [{ action: 'inbox.pull', outcome: 'allowed', referralId, agreementId, consentId }],
    [deps.referrals.change(referral, change, verdict.at)],
    { body: {} },
  )
  return { content: 'sealed', ...(verdict.refusal === undefined ? {} : { withheld: ['all'] }) }
}

/** Judges and records the release of a referral; undefined, and an entry that says why, where nothing may leave. */
const recordRelease = async (
  referral: ReferralRow,
  { message: { envelope = {} } }: Received,
  request: Pull,
  deps: Deps,
): Promise<Recorded | undefined> => {
  const gate = gateOf(referral)
  const verdict = await judge(referral, categoriesOf(envelope), gate, deps)
  const purpose = 'training-referral'
  const delivered = leased(referral, request.body, verdict.at)
  if (verdict.refusal === undefined)
    return record(referral, envelope, verdict, gate, purpose, delivered, request, deps)
  const { referralId, agreementId, consentId } = referral
  const about = { referralId, agreementId, consentId, purpose, code: verdict.refusal } as const
  await request.commit(
    [{ action: 'referral.release', outcome: 'denied', ...about }],
    [
      deps.referrals.change(
        referral,
        { ...delivered, ...unfinished(referral, verdict) },
        verdict.at,
      ),
    ],
    { body: {} },
  )
  return undefined
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  const kms = kmsClient()
  const table = env('TABLE_REQUESTS')
  const stack = stackDeps(dynamodb)
  return {
    ...stack,
    waits: keyRate({ dynamodb, table, rate: waitRate, bucket: 'waits' }),
    cover: boundCover(dynamodb, kms, stack.accessLog),
    consents: consents({ dynamodb, table: env('TABLE_CONSENT_LEDGER') }),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
    opener: envelopeOpener({ kms, keyId: env('KEY_ENVELOPE') }),
    guard: guardMac({ kms, keyId: env('KEY_GUARD') }),
  }
}

export const handler = route('inbox.pull', pullInbox, bind())
