// GET /v1/consents/{consentId} and its certificate of destruction, for either party.
import { certificate, namedTo } from '../../events/certificate.ts'
import { Refused } from '../../events/refusal.ts'
import { consentView } from '../../events/withdrawal.ts'
import type { Action } from '../../schemas/access-log.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { byRoute } from '../http/by-route.ts'
import { certificatePage } from '../http/certificate-page.ts'
import { languageOf } from '../http/problem.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { ReferralRow } from '../aws/referral-row.ts'
import type { Ahead } from '../http/identify.ts'
import { type Door, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:read',
  'consents:read',
  'access-log:of-referral',
  'access-log:entries',
  'access-log:sequence',
  'log:sign',
] as const

export const getConsent: Door<'consent.read', typeof needs> = async (request, deps) => {
  const { consent, events, held } = await partyConsent(request, deps)
  const { about, now, commit } = request
  await commit({ occurrences: [{ action: 'consent.read', outcome: 'allowed', ...about }] })
  return { body: consentView(events, consent, { held, now }) }
}

type Deps = Given<typeof needs>

/** What a certificate tells of, in the order in which it happens. */
const told: ReadonlySet<Action> = new Set([
  'referral.submit',
  'referral.handover',
  'referral.release',
  'consent.expire',
  'consent.withdraw',
  'referral.shred',
  'consent.confirm-deletion',
])

/**
 * All entries of those actions, oldest first. A withdrawal that was passed on again changed nothing: the first one
 * counts. Refused until the index has the whole chain of the referral as it was read: a certificate that names one
 * release too few would be a false one.
 */
const entriesOf = async (row: ReferralRow, institution: InstitutionCode, deps: Deps) => {
  const { referralId, agreementId, chain } = row
  const viewer = { institution, agreements: [agreementId] }
  const entries = await deps.log.wholeOf(viewer, referralId, chain.n)
  if (!entries) throw new Refused('not-yet-sequenced')
  const found = entries.filter(
    ({ action, outcome, code }) => outcome === 'allowed' && told.has(action) && code === undefined,
  )
  const withdrawn = found.findIndex(({ action }) => action === 'consent.withdraw')
  return found.filter(({ action }, i) => action !== 'consent.withdraw' || i === withdrawn)
}

export const getCertificate: Door<'consent.certify', typeof needs> = async (request, deps) => {
  const { consent, events, referrals, held } = await partyConsent(request, deps)
  const { about, now, headers, commit } = request
  const { institution } = request.caller
  if (held[0].contentState !== 'shredded') throw new Refused('nothing-destroyed')
  await commit({ occurrences: [{ action: 'consent.certify', outcome: 'allowed', ...about }] })
  await deps.sequence.tryRun()
  const entries = await Promise.all(held.map(row => entriesOf(row, institution, deps)))
  const destruction = entries[0]?.find(
    ({ action }) => action === 'consent.withdraw' || action === 'referral.shred',
  )
  if (!destruction) throw new Refused('not-yet-sequenced')
  const checkpoint = await deps.reader.checkpoint()
  const facts = {
    held,
    referrals: namedTo(institution, consent, referrals),
    consent,
    events,
    destruction,
    entries: entries.flat().toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    checkpoint,
    now,
  }
  const document = certificate(facts)
  if (!/^text\/html\b/.test(headers.accept ?? '')) return { body: document }
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    },
    body: certificatePage(document, languageOf(headers['accept-language'])),
  }
}

const ahead: Ahead<RequestOf<'consent.read'>['params'], Deps> = ({ params }, { consents }) =>
  consents.at(params.consentId)

const deps = bind(needs)
export const handler = byRoute({
  'consent.read': route('consent.read', getConsent, { deps, ahead }),
  'consent.certify': route('consent.certify', getCertificate, { deps, ahead }),
})
