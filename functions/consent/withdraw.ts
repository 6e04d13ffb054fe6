// POST /v1/consents/{consentId}/withdrawal: whoever holds a referral under it passes on that the person withdraws. One
// transaction ends all referrals under the consent, and destroys their content for good. Nothing here calls KMS:
// destroying must work when KMS does not.
import type { About } from '../../events/access-log.ts'
import { accepted } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { consentView, withdrawConsent } from '../../events/withdrawal.ts'
import { foldConsent } from '../../events/consent.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { releasesUnderWay } from '../effects/release.ts'
import { keyDigest, shred, shredding } from '../effects/shred.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { bind, everySignedDoor, sending } from '../aws/bind.ts'
import type { ReferralRow } from '../aws/referral-row.ts'
import type { Message } from '../effects/messages.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [...everySignedDoor, ...shredding, 'requests:answer', ...sending] as const

export const withdraw: Door<'consent.withdraw', typeof needs> = async (request, deps) => {
  const { consent, events, referrals, held } = await partyConsent(request, deps)
  const { body, caller, about, now, commit } = request
  const { institution } = caller
  const fact = withdrawConsent(body, consent, referrals, { by: institution, now })
  if (fact === 'already') {
    const answer = { body: consentView(events, consent, { held, now }) }
    const occurrence = { action: 'consent.withdraw', outcome: 'allowed', ...about } as const
    await commit({ occurrences: [occurrence], answer })
    return answer
  }
  const { ledger: facts, ends } = accepted(fact)
  const { referralId: of } = referrals[0]
  const wrapped = await deps.referralKeys.find(of)
  const ended = ends.map(({ referral, closing }) => {
    const version = referral.version + (closing ? 1 : 0)
    const history = closing && [...referral.history, closing]
    const change = { ...(closing && { status: closing.status, history }), version }
    return { referral, closing, change }
  })
  const after = [...events, ...facts]
  // Of what the caller holds: another number would say that there are others (decision 499).
  const inFlight = held.flatMap(row =>
    ends.some(({ referral }) => referral === row) ? releasesUnderWay(row, now) : [],
  )
  const answer = {
    body: {
      ...consentView(after, foldConsent(after), { held, now }),
      releasesInFlight: inFlight.length,
    },
  }
  // The caller's own first: a retry's entry is about that.
  const own = ended.toSorted((a, b) => Number(isOwn(b, about)) - Number(isOwn(a, about)))
  await commit({
    occurrences: own.map(({ referral, closing }) => ({
      action: 'consent.withdraw',
      outcome: 'allowed',
      referralId: referral.referralId,
      consentId: referral.consentId,
      agreementId: seenUnder(referral),
      envelopeDigest: referral.envelopeDigest,
      status: closing?.status,
      ...(wrapped ? { destroyedKeyDigest: keyDigest(wrapped) } : {}),
    })),
    writes: [
      ...facts.map(event => deps.consents.append(event)),
      ...shred({ of, wrapped }, { endings: ended, at: now }, deps),
    ],
    messages: ended.flatMap(({ referral, closing, change: { version } }) =>
      newsOf(referral, { by: institution, closed: closing && version }),
    ),
    answer,
  })
  return answer
}

const isOwn = ({ referral }: { referral: ReferralRow }, { referralId }: About): boolean =>
  referral.referralId === referralId

/**
 * What the sides of a referral are told: who did not pass the withdrawal on, that the referral is closed, if it is; and
 * of the withdrawal, the recipient whoever passed it on: it is asked to delete.
 */
const newsOf = (
  referral: ReferralRow,
  { by, closed: version }: { by: InstitutionCode; closed: number | undefined },
): Message[] => {
  const others = (['referrer', 'recipient'] as const).filter(side => referral[side] !== by)
  const cancelled = { status: 'cancelled', reason: 'consent-withdrawn' } as const
  const { consentId } = referral
  const withdrawn = { referral, type: 'consent.withdrawn.v1', data: { consentId } } as const
  const type = 'referral.status-changed.v1'
  return [
    ...(version
      ? others.map(to => ({ to, referral, type, data: { ...cancelled, version } }) as const)
      : []),
    { to: 'recipient', ...withdrawn },
    ...(others.includes('referrer') ? [{ to: 'referrer', ...withdrawn } as const] : []),
  ]
}

export const handler = route('consent.withdraw', withdraw, {
  deps: bind(needs),
  ahead: ({ params }, { consents }) => consents.at(params.consentId),
})
