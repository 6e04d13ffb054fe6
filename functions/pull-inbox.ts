// POST /v1/inbox/pull: an institution collects its messages. With a referral comes what its consent permits, opened for this caller
// after the release is in the access log.
import { type Consent, isLive, mayReleaseOnPull } from '../events/consent.ts'
import { isOpenable } from '../events/referral.ts'
import type { DataCategory } from '../schemas/consent.ts'
import type { Instant } from '../schemas/ids.ts'
import type { PulledMessage } from '../schemas/inbox.ts'
import type { ProblemCode } from '../schemas/problem.ts'
import { type Consents, consents } from './aws/consents.ts'
import { Moved, dynamodbClient } from './aws/dynamodb.ts'
import { type Inbox, type Received, inbox, sqsClient } from './aws/inbox.ts'
import { type EnvelopeOpener, envelopeOpener, kmsClient } from './aws/kms.ts'
import { type ReferralKeys, referralKeys } from './aws/referral-keys.ts'
import { type ReferralRow, type Referrals, referrals } from './aws/referrals.ts'
import { env, log, now as clock } from './aws/runtime.ts'
import { stackDeps } from './aws/stack-deps.ts'
import { categoriesOf, envelopeDigest, open } from './crypto/envelope.ts'
import { writeHandle } from './http/handle.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

type Deps = StackDeps & {
  consents: Consents
  inbox: Inbox
  opener: EnvelopeOpener
  referrals: Referrals
  referralKeys: ReferralKeys
}
type Pull = RequestOf<'inbox.pull'>

export const pullInbox = async (request: Pull, deps: Deps): Promise<Answer> => {
  const { body, caller, commit } = request
  await commit([{ action: 'inbox.pull', outcome: 'allowed' }], [], { body: {} })
  const received = await deps.inbox.receive(caller.institution, body)
  const settled = await Promise.allSettled(received.map(one => deliver(one, request, deps)))
  const messages = settled.flatMap(result => (result.status === 'fulfilled' ? result.value : []))
  const faults = settled.filter(result => result.status === 'rejected')
  for (const { reason } of faults)
    log('error', 'delivery-failed', {
      requestId: request.id,
      error: reason instanceof Error ? reason.name : 'unknown',
    })
  // What could not be delivered now comes again when its lease ends; if that is all of it, the caller should know.
  if (messages.length === 0 && faults[0]) throw faults[0].reason
  return { body: { messages } }
}

/** One message for the caller; none if they have acknowledged it before and the queue merely did not know. */
const deliver = async (received: Received, request: Pull, deps: Deps): Promise<PulledMessage[]> => {
  const { institution } = request.caller
  const { event } = received.message
  for (let tries = 0; tries < 5; tries++) {
    const referral = await deps.referrals.find(event.subject)
    if (!referral) throw new Error('a message without its referral')
    const acked =
      institution === referral.recipient ? referral.ackedByRecipient : referral.ackedByReferrer
    if (acked.includes(Number(event.sequence))) {
      await deps.inbox.remove(institution, received.receipt)
      return []
    }
    try {
      const content =
        event.type === 'referral.requested.v1'
          ? await release(referral, received, request, deps)
          : {}
      const { receiveCount } = received
      return [{ handle: writeHandle(event, received.receipt), receiveCount, event, ...content }]
    } catch (error) {
      if (!(error instanceof Moved)) throw error
    }
  }
  throw new Moved()
}

/** The content of a referral, as far as its consent permits it at this commit and still at the moment it leaves. */
const release = async (
  referral: ReferralRow,
  { message: { envelope = {} } }: Received,
  request: Pull,
  deps: Deps,
): Promise<Pick<PulledMessage, 'payload' | 'withheld'>> => {
  const { referralId, agreementId, consentId, recipient } = referral
  const about = { referralId, agreementId, consentId, purpose: 'training-referral' as const }
  const held = categoriesOf(envelope)
  const consent = await deps.consents.find(consentId)
  const at = clock()
  const permitted = permittedNow(referral, consent, held, at)
  const leased = {
    ...(referral.deliveryState === 'acknowledged' ? {} : { deliveryState: 'delivered' as const }),
    leaseUntil: new Date(
      Date.parse(at) + request.body.visibilitySeconds * 1000,
    ).toISOString() as Instant,
  }
  const wrapped = permitted.length > 0 ? await deps.referralKeys.find(referralId) : undefined
  if (!wrapped) {
    await request.commit(
      [
        {
          action: 'referral.release',
          outcome: 'denied',
          code: whyNot(referral, consent, at),
          ...about,
        },
      ],
      [deps.referrals.change(referral, leased, at)],
      { body: {} },
    )
    return { withheld: ['all'] }
  }
  if (envelopeDigest(envelope) !== referral.envelopeDigest)
    throw new Error('the queue gave another envelope than was sealed')

  const receipt = await request.release(
    {
      action: 'referral.release',
      outcome: 'allowed',
      ...about,
      categories: permitted,
      envelopeDigest: referral.envelopeDigest,
    },
    [
      deps.consents.stillAt(consent),
      deps.referrals.change(referral, { ...leased, contentState: 'released' }, at),
    ],
  )
  const binding = { referralId, agreementId, recipient }
  const key = await deps.opener.unwrap(wrapped, binding)
  const payload = await open(envelope, key, binding, receipt)
  key.fill(0)

  const still = permittedNow(referral, await deps.consents.find(consentId), permitted, clock())
  if (still.length < permitted.length) return { withheld: ['all'] }
  return { payload, withheld: held.filter(category => !permitted.includes(category)) }
}

/** What the log says of a release that was not made. */
const whyNot = ({ status }: ReferralRow, consent: Consent, at: Instant): ProblemCode =>
  !isOpenable(status)
    ? 'transition-not-allowed'
    : isLive(consent, at)
      ? 'consent-missing-purpose'
      : 'consent-expired'

/** What may leave now: nothing of a shredded or taken-back referral, else what the consent says. */
const permittedNow = (
  { recipient, status, contentState }: ReferralRow,
  consent: Consent,
  categories: DataCategory[],
  at: Instant,
): DataCategory[] =>
  contentState === 'shredded' || !isOpenable(status)
    ? []
    : mayReleaseOnPull(consent, recipient, categories, at)

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    consents: consents({ dynamodb, table: env('TABLE_CONSENT_LEDGER') }),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
    opener: envelopeOpener({ kms: kmsClient(), keyId: env('KEY_ENVELOPE') }),
  }
}

export const handler = route('inbox.pull', pullInbox, bind())
