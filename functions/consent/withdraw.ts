// POST /v1/consents/{consentId}/withdrawal: a party passes on that the person withdraws. One transaction destroys the
// content for good. Nothing here calls KMS: destroying must work when KMS does not.
import { accepted } from '../../events/refusal.ts'
import { consentView, withdrawConsent } from '../../events/withdrawal.ts'
import { foldConsent } from '../../events/consent.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { releasesUnderWay } from '../effects/release.ts'
import { keyDigest, shred } from '../effects/shred.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { ReferralRow } from '../aws/referrals.ts'
import type { Message } from '../effects/messages.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:change',
  'referrals:release-guards',
  'envelopes:destroy',
  'consents:read',
  'consents:append',
  'referral-keys:destroy',
  'outbox:send',
  'inbox:send',
] as const
type Deps = Given<typeof needs>

const ahead: Ahead<RequestOf<'consent.withdraw'>['params'], Deps> = ({ params }, { consents }) =>
  consents.at(params.consentId)

export const withdraw = async (
  { params, body, caller, about, now, known, commit }: RequestOf<'consent.withdraw', Deps>,
  deps: Deps,
): Promise<Answer> => {
  const { consent, events, referral } = await partyConsent(
    params.consentId,
    { caller, about, known },
    deps,
  )
  const { institution } = caller
  const fact = withdrawConsent(body, consent, referral, { by: institution, now })
  if (fact === 'already') {
    const answer = { body: consentView(events, consent, now) }
    const occurrence = { action: 'consent.withdraw', outcome: 'allowed', ...about } as const
    await commit({ occurrences: [occurrence], answer })
    return answer
  }
  const { ledger: facts, closing } = accepted(fact)
  const version = referral.version + (closing ? 1 : 0)
  const wrapped = await deps.referralKeys.find(referral.referralId)
  const changed = {
    ...(closing ? { status: closing.status, history: [...referral.history, closing] } : {}),
    version,
  }
  const after = [...events, ...facts]
  const answer = {
    body: {
      ...consentView(after, foldConsent(after), now),
      releasesInFlight: releasesUnderWay(referral, now).length,
    },
  }
  await commit({
    occurrences: [
      {
        action: 'consent.withdraw',
        outcome: 'allowed',
        ...about,
        envelopeDigest: referral.envelopeDigest,
        status: closing?.status,
        ...(wrapped ? { destroyedKeyDigest: keyDigest(wrapped) } : {}),
      },
    ],
    writes: [
      ...facts.map(event => deps.consents.append(event)),
      ...shred(referral, { wrapped, change: changed, at: now }, deps),
    ],
    messages: newsOf(referral, { by: institution, closed: closing && version }),
    answer,
  })
  return answer
}

/**
 * What the sides are told: the other one that the referral is closed, if it is; and of the withdrawal, the recipient
 * whoever passed it on: it is asked to delete.
 */
const newsOf = (
  referral: ReferralRow,
  { by, closed: version }: { by: InstitutionCode; closed: number | undefined },
): Message[] => {
  const other = by === referral.referrer ? 'recipient' : 'referrer'
  const cancelled = { status: 'cancelled', reason: 'consent-withdrawn' } as const
  const { consentId } = referral
  const withdrawn = { referral, type: 'consent.withdrawn.v1', data: { consentId } } as const
  const type = 'referral.status-changed.v1'
  return [
    ...(version ? [{ to: other, referral, type, data: { ...cancelled, version } } as const] : []),
    { to: 'recipient', ...withdrawn },
    ...(other === 'referrer' ? [{ to: other, ...withdrawn } as const] : []),
  ]
}

export const handler = route('consent.withdraw', withdraw, bind(needs), ahead)
