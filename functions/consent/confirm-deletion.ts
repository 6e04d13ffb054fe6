// POST /v1/consents/{consentId}/deletion-confirmation: a recipient signs that it deleted what it held under a
// withdrawn consent; each of several does.
import { foldConsent } from '../../events/consent.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { confirmDeletion, consentView } from '../../events/withdrawal.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:change',
  'consents:read',
  'consents:append',
  'outbox:send',
  'inbox:send',
] as const
type Deps = Given<typeof needs>

const ahead: Ahead<RequestOf<'consent.confirm-deletion'>['params'], Deps> = (
  { params },
  { consents },
) => consents.at(params.consentId)

export const confirm = async (
  { params, body, caller, about, now, known, commit }: RequestOf<'consent.confirm-deletion', Deps>,
  deps: Deps,
): Promise<Answer> => {
  const { consent, events, held } = await partyConsent(
    params.consentId,
    { caller, about, known },
    deps,
  )
  const [referral] = held
  if (referral.recipient !== caller.institution) throw new Refused('forbidden')
  const occurrence = { action: 'consent.confirm-deletion', outcome: 'allowed', ...about } as const

  const fact = confirmDeletion(body, consent, { by: caller.institution, now })
  if (fact === 'already') {
    const answer = { body: consentView(events, consent, { held, now }) }
    await commit({ occurrences: [occurrence], answer })
    return answer
  }
  const event = accepted(fact)
  const { consentId } = consent
  const after = [...events, event]
  const answer = { body: consentView(after, foldConsent(after), { held, now }) }
  await commit({
    occurrences: [occurrence],
    writes: [deps.consents.append(event), deps.referrals.change(referral, {}, now)],
    messages: [
      { to: 'referrer', referral, type: 'consent.deletion-confirmed.v1', data: { consentId } },
    ],
    answer,
  })
  return answer
}

export const handler = route('consent.confirm-deletion', confirm, bind(needs), ahead)
