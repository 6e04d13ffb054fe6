// POST /v1/referrals/{referralId}/status: a party moves a referral, and the other side is told.
import { cloudEvent } from '../events/catalogue.ts'
import { changeStatus } from '../events/referral.ts'
import { etagOf } from '../events/referral-header.ts'
import { Refused, accepted } from '../events/refusal.ts'
import type { MessageId } from '../schemas/ids.ts'
import type { QueueMessage } from '../schemas/inbox.ts'
import { headerFor } from './aws/header.ts'
import { type Inbox, inbox, sqsClient } from './aws/inbox.ts'
import { type GuardMac, guardMac, kmsClient } from './aws/kms.ts'
import { type Outbox, outbox } from './aws/outbox.ts'
import { type Referrals, referrals } from './aws/referrals.ts'
import { relayNow } from './aws/relay.ts'
import { env, newId } from './aws/runtime.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { stackDeps } from './aws/stack-deps.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

type Deps = StackDeps & { referrals: Referrals; outbox: Outbox; inbox: Inbox; guard: GuardMac }

export const postStatus = async (
  { params, body, headers, caller, about, now, commit }: RequestOf<'referral.status'>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await deps.referrals.find(params.referralId)
  about.agreementId = referral?.agreementId
  if (!referral || ![referral.referrer, referral.recipient].includes(caller.institution))
    throw new Refused('forbidden')
  if (headers['if-match'] === undefined) throw new Refused('precondition-required')
  const fact = changeStatus(body, referral, { by: caller.institution, now })
  if ('refused' in fact && fact.refused === 'forbidden') throw new Refused('forbidden')
  if (headers['if-match'] !== etagOf(referral)) throw new Refused('version-mismatch')
  const { change, closes } = accepted(fact)

  const toRecipient = caller.institution === referral.referrer
  const sequence = (toRecipient ? referral.sentToRecipient : referral.sentToReferrer) + 1
  const version = referral.version + 1
  const changed = {
    status: change.status,
    history: [...referral.history, change],
    version,
    ...(toRecipient ? { sentToRecipient: sequence } : { sentToReferrer: sequence }),
    ...(closes ? { openGuards: [] } : {}),
  }
  const message: QueueMessage = {
    inbox: toRecipient ? referral.recipient : referral.referrer,
    event: cloudEvent(
      'referral.status-changed.v1',
      { status: change.status, ...(change.reason ? { reason: change.reason } : {}), version },
      { id: newId<MessageId>(), subject: referral.referralId, time: now, sequence },
    ),
  }
  const after = { ...referral, ...changed }
  const answer = await commit(
    [{ action: 'referral.status', outcome: 'allowed', ...about, consentId: referral.consentId }],
    [
      deps.referrals.change(referral, changed, now),
      ...(closes
        ? referral.openGuards.map(name => deps.referrals.releaseGuard(name, referral.referralId))
        : []),
      deps.outbox.add(message),
    ],
    {
      headers: { etag: etagOf(after) },
      body: await headerFor(after, caller.institution, now, deps.guard),
    },
  )
  await relayNow([message], deps)
  return answer
}

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

export const handler = route('referral.status', postStatus, bind())
