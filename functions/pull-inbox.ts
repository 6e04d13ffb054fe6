// POST /v1/inbox/pull: an institution collects its messages. With a referral comes what its consent permits, opened for this caller
// after the release is in the access log.
import { mayReleaseOnPull } from '../events/consent.ts'
import type { Instant } from '../schemas/ids.ts'
import type { PulledMessage } from '../schemas/inbox.ts'
import { consents } from './aws/consents.ts'
import { Moved, dynamodbClient } from './aws/dynamodb.ts'
import { type Inbox, type Received, inbox, sqsClient } from './aws/inbox.ts'
import { envelopeOpener, kmsClient } from './aws/kms.ts'
import { referralKeys } from './aws/referral-keys.ts'
import { type ReferralRow, referrals } from './aws/referrals.ts'
import { type Gate, type ReleaseDeps, disclose, judge } from './aws/release.ts'
import { env, log } from './aws/runtime.ts'
import { stackDeps } from './aws/stack-deps.ts'
import { categoriesOf } from './crypto/envelope.ts'
import { writeHandle } from './http/handle.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

type Deps = StackDeps & ReleaseDeps & { inbox: Inbox }
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

/** How often a message is looked at again after its referral changed in between. */
const looks = 5

/** One message for the caller; none if they have acknowledged it before and the queue merely did not know. */
const deliver = async (received: Received, request: Pull, deps: Deps): Promise<PulledMessage[]> => {
  const { institution } = request.caller
  const { event } = received.message
  for (let look = 1; look <= looks; look++) {
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

const release = async (
  referral: ReferralRow,
  { message: { envelope = {} } }: Received,
  request: Pull,
  deps: Deps,
): Promise<Pick<PulledMessage, 'payload' | 'withheld'>> => {
  const gate: Gate = (consent, held, at) => mayReleaseOnPull(consent, referral.recipient, held, at)
  const verdict = await judge(referral, categoriesOf(envelope), gate, deps)
  const leased = {
    ...(referral.deliveryState === 'acknowledged' ? {} : { deliveryState: 'delivered' as const }),
    leaseUntil: new Date(
      Date.parse(verdict.at) + request.body.visibilitySeconds * 1000,
    ).toISOString() as Instant,
  }
  if (verdict.refusal === undefined) {
    const purpose = 'training-referral'
    const content = await disclose(
      referral,
      envelope,
      verdict,
      gate,
      purpose,
      leased,
      request,
      deps,
    )
    return content ?? { withheld: ['all'] }
  }
  const { referralId, agreementId, consentId } = referral
  await request.commit(
    [
      {
        action: 'referral.release',
        outcome: 'denied',
        code: verdict.refusal,
        purpose: 'training-referral',
        referralId,
        agreementId,
        consentId,
      },
    ],
    [deps.referrals.change(referral, leased, verdict.at)],
    { body: {} },
  )
  return { withheld: ['all'] }
}

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
