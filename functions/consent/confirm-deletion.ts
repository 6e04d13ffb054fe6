// POST /v1/consents/{consentId}/deletion-confirmation: the recipient signs that it deleted what it held under a withdrawn consent.
import { Refused, accepted } from '../../events/refusal.ts'
import { confirmDeletion, consentView } from '../../events/withdrawal.ts'
import { type Consents, consents } from '../aws/consents.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { type Inbox, inbox, sqsClient } from '../aws/inbox.ts'
import { notices } from '../effects/notices.ts'
import { type Outbox, outbox } from '../aws/outbox.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { type Referrals, referrals } from '../aws/referrals.ts'
import { relayNow } from '../effects/relay.ts'
import { env } from '../aws/runtime.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & { consents: Consents; inbox: Inbox; outbox: Outbox; referrals: Referrals }

export const confirm = async (
  { params, body, caller, about, now, commit }: RequestOf<'consent.confirm-deletion'>,
  deps: Deps,
): Promise<Answer> => {
  const { consent, events, referral } = await partyConsent(params.consentId, caller, about, deps)
  if (referral.recipient !== caller.institution) throw new Refused('forbidden')
  const occurrence = { action: 'consent.confirm-deletion', outcome: 'allowed', ...about } as const

  const fact = confirmDeletion(body, consent, { by: caller.institution, now })
  if (fact === 'already')
    return commit([occurrence], [], { body: consentView(events, consent, now) })
  const event = accepted(fact)
  const told = notices(referral, now)
  told.tell('referrer', 'consent.deletion-confirmed.v1', { consentId: consent.consentId })
  const answer = await commit(
    [occurrence],
    [
      deps.consents.append(event),
      deps.referrals.change(referral, told.counted(), now),
      ...told.messages.map(message => deps.outbox.add(message)),
    ],
    { body: consentView([...events, event], { ...consent, deletion: 'confirmed' }, now) },
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
    outbox: outbox({ dynamodb, table: env('TABLE_OUTBOX') }),
    inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
  }
}

export const handler = route('consent.confirm-deletion', confirm, bind())
