// POST /v1/consents/{consentId}/deletion-confirmation: a recipient signs that it deleted what it held under a
// withdrawn consent; each of several does.
import { foldConsent } from '../../events/consent.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { confirmDeletion, consentView } from '../../events/withdrawal.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { bind, everySignedDoor, sending } from '../aws/bind.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:change',
  'consents:read',
  'consents:append',
  ...sending,
] as const

export const confirm: Door<'consent.confirm-deletion', typeof needs> = async (request, deps) => {
  const { consent, events, held } = await partyConsent(request, deps)
  const { body, caller, about, now, commit } = request
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

export const handler = route('consent.confirm-deletion', confirm, {
  deps: bind(needs),
  ahead: ({ params }, { consents }) => consents.at(params.consentId),
})
