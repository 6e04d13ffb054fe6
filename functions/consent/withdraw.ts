// POST /v1/consents/{consentId}/withdrawal: a party passes on that the person withdraws. One transaction destroys the content for good.
// Nothing here calls KMS: destroying must work when KMS does not.
import { accepted } from '../../events/refusal.ts'
import { consentView, withdrawConsent } from '../../events/withdrawal.ts'
import { foldConsent } from '../../events/consent.ts'
import { type Consents, consents } from '../aws/consents.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { type Inbox, inbox, sqsClient } from '../aws/inbox.ts'
import { notices } from '../effects/notices.ts'
import { type Outbox, outbox } from '../aws/outbox.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { type ReferralKeys, referralKeys } from '../aws/referral-keys.ts'
import { type Referrals, referrals } from '../aws/referrals.ts'
import { relayNow } from '../effects/relay.ts'
import { releasesUnderWay } from '../effects/release.ts'
import { env } from '../aws/runtime.ts'
import { keyDigest, shred } from '../effects/shred.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & {
  consents: Consents
  inbox: Inbox
  outbox: Outbox
  referrals: Referrals
  referralKeys: ReferralKeys
}

export const withdraw = async (
  { params, body, caller, about, now, commit }: RequestOf<'consent.withdraw'>,
  deps: Deps,
): Promise<Answer> => {
  const { consent, events, referral } = await partyConsent(params.consentId, caller, about, deps)
  const { institution } = caller
  const fact = withdrawConsent(body, consent, referral, { by: institution, now })
  if (fact === 'already')
    return commit([{ action: 'consent.withdraw', outcome: 'allowed', ...about }], [], {
      body: consentView(events, consent, now),
    })
  const { ledger: facts, closing } = accepted(fact)
  const told = notices(referral, now)
  const version = referral.version + (closing ? 1 : 0)
  const other = institution === referral.referrer ? 'recipient' : 'referrer'
  if (closing)
    told.tell(other, 'referral.status-changed.v1', {
      status: 'cancelled',
      reason: 'consent-withdrawn',
      version,
    })
  // The recipient is asked to delete whoever passed the withdrawal on.
  told.tell('recipient', 'consent.withdrawn.v1', { consentId: consent.consentId })
  if (other === 'referrer')
    told.tell('referrer', 'consent.withdrawn.v1', { consentId: consent.consentId })

  const wrapped = await deps.referralKeys.find(referral.referralId)
  const changed = {
    ...(closing ? { status: closing.status, history: [...referral.history, closing] } : {}),
    version,
    ...told.counted(),
  }
  const after = [...events, ...facts]
  const answer = await commit(
    [
      {
        action: 'consent.withdraw',
        outcome: 'allowed',
        ...about,
        envelopeDigest: referral.envelopeDigest,
        status: closing?.status,
        ...(wrapped ? { destroyedKeyDigest: keyDigest(wrapped) } : {}),
      },
    ],
    [
      ...facts.map(event => deps.consents.append(event)),
      ...shred(referral, wrapped, changed, now, deps),
      ...told.messages.map(message => deps.outbox.add(message)),
    ],
    {
      body: {
        ...consentView(after, foldConsent(after), now),
        releasesInFlight: releasesUnderWay(referral, now).length,
      },
    },
  )
  await relayNow(told.messages, deps)
  return answer
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    consents: consents({ dynamodb, table: env('TABLE_CONSENT_LEDGER') }),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    outbox: outbox({ dynamodb, table: env('TABLE_OUTBOX') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
  }
}

export const handler = route('consent.withdraw', withdraw, bind())
