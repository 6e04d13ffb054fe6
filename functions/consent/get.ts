// GET /v1/consents/{consentId} and its certificate of destruction, for either party.
import { certificate, namedTo } from '../../events/certificate.ts'
import { Refused } from '../../events/refusal.ts'
import { consentView } from '../../events/withdrawal.ts'
import type { AccessLogEntry, Action } from '../../schemas/access-log.ts'
import type { InstitutionCode } from '../../schemas/ids.ts'
import { partyConsent } from '../effects/party-consent.ts'
import { byRoute } from '../http/by-route.ts'
import { certificatePage } from '../http/certificate-page.ts'
import { languageOf } from '../http/problem.ts'
import type { LogPage, LogPosition } from '../aws/access-log/pages.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { ReferralRow } from '../aws/referrals.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:read',
  'consents:read',
  'access-log:of-referral',
  'access-log:entries',
  'access-log:sequence',
  'log:sign',
] as const
type Deps = Given<typeof needs>

const ahead: Ahead<RequestOf<'consent.read'>['params'], Deps> = ({ params }, { consents }) =>
  consents.at(params.consentId)

export const getConsent = async (
  { params, caller, about, now, known, commit }: RequestOf<'consent.read'>,
  deps: Deps,
): Promise<Answer> => {
  const { consent, events, held } = await partyConsent(
    params.consentId,
    { caller, about, known },
    deps,
  )
  await commit({ occurrences: [{ action: 'consent.read', outcome: 'allowed', ...about }] })
  return { body: consentView(events, consent, { held, now }) }
}

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
 * counts.
 */
const entriesOf = async (referral: ReferralRow, institution: InstitutionCode, deps: Deps) => {
  const { referralId, agreementId } = referral
  const viewer = { institution, agreements: [agreementId] }
  const found: AccessLogEntry[] = []
  let before: LogPosition | undefined
  do {
    const filter = { referralId, outcome: 'allowed' } as const
    const page: LogPage = await deps.log.ofReferral(viewer, filter, 200, before)
    found.unshift(
      ...page.entries
        .filter(({ action, code }) => told.has(action) && code === undefined)
        .toReversed(),
    )
    before = page.next
  } while (before !== undefined)
  const withdrawn = found.findIndex(({ action }) => action === 'consent.withdraw')
  return found.filter(({ action }, i) => action !== 'consent.withdraw' || i === withdrawn)
}

export const getCertificate = async (
  { params, caller, about, now, headers, known, commit }: RequestOf<'consent.certify'>,
  deps: Deps,
): Promise<Answer> => {
  const { institution } = caller
  const { consent, events, referrals, held } = await partyConsent(
    params.consentId,
    { caller, about, known },
    deps,
  )
  const [referral] = held
  if (referral.contentState !== 'shredded') throw new Refused('nothing-destroyed')
  await commit({ occurrences: [{ action: 'consent.certify', outcome: 'allowed', ...about }] })
  await deps.sequence.tryRun()
  const entries = (await Promise.all(held.map(row => entriesOf(row, institution, deps)))).flat()
  const destruction = entries.find(
    entry =>
      entry.referralId === referral.referralId &&
      (entry.action === 'consent.withdraw' || entry.action === 'referral.shred'),
  )
  // An index of DynamoDB may lag: the entry is committed with the destruction, and will be there.
  if (!destruction) throw new Refused('not-yet-sequenced')
  const checkpoint = await deps.reader.checkpoint()
  const facts = {
    held,
    referrals: namedTo(institution, consent, referrals),
    consent,
    events,
    destruction,
    entries: entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
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

const deps = bind(needs)
export const handler = byRoute({
  'consent.read': route('consent.read', getConsent, deps, ahead),
  'consent.certify': route('consent.certify', getCertificate, deps, ahead),
})
