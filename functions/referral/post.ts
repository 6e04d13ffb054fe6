// POST /v1/referrals: a referrer hands a person over to another institution.
import { randomBytes } from 'node:crypto'
import { firstLook } from '../../events/clock/walk.ts'
import { foldConsent, permitsFeedback } from '../../events/consent.ts'
import { folio } from '../../events/folio.ts'
import { documentNames } from '../../events/person.ts'
import { asRequested, submitReferral } from '../../events/referral.ts'
import { etagOf, referralHeader } from '../../events/referral-header.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { underAgreement } from '../../events/seen-under.ts'
import type { ConsentEvent } from '../../schemas/consent.ts'
import type { Document } from '../../schemas/documents.ts'
import { AgreementId, type ConsentId, type ReferralId } from '../../schemas/ids.ts'
import { categoriesOf, envelopeDigest, seal } from '../crypto/envelope.ts'
import { externalIdKey, externalIdName, sealExternalId } from '../crypto/external-id.ts'
import { type Given, bind, everySignedDoor, sending } from '../aws/bind.ts'
import type { NewReferral } from '../aws/referral-row.ts'
import { newId } from '../aws/runtime.ts'
import { memberIn } from '../http/identify.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:add',
  'referrals:guard',
  'progress:count',
  'envelopes:add',
  'consents:append',
  'agreements:hold',
  'referral-keys:add',
  ...sending,
  'envelope:seal',
  'guard:mac',
] as const

export const postReferral: Door<'referral.submit', typeof needs> = async (request, deps) => {
  const { body, caller, about: found, now, known, commit } = request
  const agreement = await deps.directory.findAgreement(body.agreementId, known)
  found.agreementId = agreement && underAgreement(agreement.agreementId)
  if (!agreement?.parties.includes(caller.institution)) throw new Refused('forbidden')
  const referrer = caller.institution
  const fact = accepted(submitReferral(body, { agreement, referrer, now }))

  const { agreementId, recipient, priority, services, externalId, payload, consent } = body
  const referralId = newId<ReferralId>()
  const consentId = newId<ConsentId>()
  const binding = { referralId, agreementId, recipient }
  const [{ key, wrapped }, senderKey, openGuards] = await Promise.all([
    deps.sealer.generate(binding),
    deps.guard.senderKey(referrer),
    personGuards(agreementId, payload.identity.documents, deps.guard),
  ])
  const envelope = seal(payload, key, binding)
  key.fill(0)
  const digest = envelopeDigest(envelope)

  const facts = {
    referralId,
    folio: folio(randomBytes(5)),
    agreementId,
    referrer,
    recipient,
    priority,
    services,
    consentId,
    ...fact,
    ...asRequested(),
    feedback: permitsFeedback(consent, referrer)
      ? ('milestones' as const)
      : ('status-only' as const),
  }
  const granted: ConsentEvent = {
    event: 'granted',
    consentId,
    n: 1,
    at: now,
    by: referrer,
    referralId,
    agreementId,
    terms: consent,
  }
  const row: NewReferral = {
    ...facts,
    ...(agreement.version === undefined ? {} : { agreementVersion: agreement.version }),
    envelopeDigest: digest,
    openGuards,
    ackedByReferrer: [],
    ackedByRecipient: [],
    recentReleases: [],
    due: 'due',
    dueAt: firstLook({ referral: facts, consent: foldConsent([granted]), agreement }),
  }
  const about = { referralId, consentId, agreementId: underAgreement(agreementId) }
  const ownNumberSealed = sealExternalId(externalId, externalIdKey(senderKey, wrapped), referralId)
  const ownNumber = `external-id#${referrer}#${externalIdName(externalId, senderKey)}`
  const { guard } = deps.referrals
  const answer = {
    headers: { location: `/v1/referrals/${referralId}`, etag: etagOf(facts) },
    body: referralHeader(facts, referrer, now, externalId),
  }
  await commit({
    occurrences: [
      {
        action: 'referral.submit',
        outcome: 'allowed',
        ...about,
        categories: categoriesOf(envelope),
        envelopeDigest: digest,
      },
    ],
    writes: [
      // Judged a moment ago: nothing is taken in behind a breach or an end (test/journeys/agreement.gate.whole.test.ts).
      deps.agreements.whileOpen(agreementId),
      guard(ownNumber, referralId, 'external-id-exists'),
      ...openGuards.map(name => guard(name, referralId, 'duplicate-active-referral')),
      guard(`folio#${facts.folio}`, referralId, 'moved'),
      deps.referrals.add(row, now),
      deps.envelopes.add(referralId, envelope),
      deps.consents.append(granted),
      deps.referralKeys.add(referralId, wrapped, ownNumberSealed),
    ],
    messages: [
      {
        to: 'recipient',
        referral: facts,
        type: 'referral.requested.v1',
        data: referralHeader(facts, recipient, now),
        envelope,
      },
    ],
    answer,
  })
  return answer
}

/** Names that a person's documents hold while a referral is open: keyed hashes, so that they cannot be guessed at. */
const personGuards = async (
  agreementId: AgreementId,
  documents: Document[],
  guard: Given<typeof needs>['guard'],
) => {
  const macs = await Promise.all(documentNames(agreementId, documents).map(guard.mac))
  const names = macs.map(mac => `person#${agreementId}#${Buffer.from(mac).toString('base64url')}`)
  return [...new Set(names)]
}

export const handler = route('referral.submit', postReferral, {
  deps: bind(needs),
  ahead: ({ body }, { directory }) => {
    const agreementId = AgreementId.safeParse(memberIn(body, 'agreementId'))
    return agreementId.success ? [directory.agreementAt(agreementId.data)] : []
  },
})
