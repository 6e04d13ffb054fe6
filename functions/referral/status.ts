// POST /v1/referrals/{referralId}/status: a party moves a referral, and the other side is told.
import { changeStatus } from '../../events/referral.ts'
import { etagOf } from '../../events/referral-header.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { headerFor } from '../effects/header.ts'
import { type ReferralKeys, referralKeys } from '../aws/referral-keys.ts'
import { type Inbox, inbox, sqsClient } from '../aws/inbox.ts'
import { type GuardMac, guardMac, kmsClient } from '../aws/kms.ts'
import { notices } from '../effects/notices.ts'
import { type Outbox, outbox } from '../aws/outbox.ts'
import { type Referrals, referrals } from '../aws/referrals.ts'
import { relayNow } from '../effects/relay.ts'
import { env } from '../aws/runtime.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { ifMatch } from '../http/if-match.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & {
  referrals: Referrals
  outbox: Outbox
  inbox: Inbox
  guard: GuardMac
  referralKeys: ReferralKeys
}

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
  if (!ifMatch(headers['if-match'], etagOf(referral))) throw new Refused('version-mismatch')
  const { change, closes } = accepted(fact)

  const told = notices(referral, now)
  const other = caller.institution === referral.referrer ? 'recipient' : 'referrer'
  const version = referral.version + 1
  const { status, reason } = change
  told.tell(other, 'referral.status-changed.v1', { status, ...(reason ? { reason } : {}), version })
  const changed = {
    status,
    history: [...referral.history, change],
    version,
    ...told.counted(),
    // The clock's next step depends on the consent, which this function cannot read: let the schedule look now.
    ...(closes ? { openGuards: [], due: 'due' as const, dueAt: now } : {}),
  }
  const after = { ...referral, ...changed }
  const answer = await commit(
    [
      {
        action: 'referral.status',
        outcome: 'allowed',
        ...about,
        consentId: referral.consentId,
        status,
      },
    ],
    [
      deps.referrals.change(referral, changed, now),
      ...(closes
        ? referral.openGuards.map(name => deps.referrals.releaseGuard(name, referral.referralId))
        : []),
      ...told.messages.map(message => deps.outbox.add(message)),
    ],
    {
      headers: { etag: etagOf(after) },
      body: await headerFor(after, caller, now, deps),
    },
  )
  await relayNow(told.messages, deps)
  return answer
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    outbox: outbox({ dynamodb, table: env('TABLE_OUTBOX') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    guard: guardMac({ kms: kmsClient(), keyId: env('KEY_GUARD') }),
  }
}

export const handler = route('referral.status', postStatus, bind())
