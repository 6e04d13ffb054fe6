// POST /v1/referrals/{referralId}/handover: a recipient refers its person onward, for placement in work. What comes of
// it is a referral of its own, under the same consent and key: nothing is sealed again, and nothing opened here.
import { randomBytes } from 'node:crypto'
import { lookAfterRecord } from '../../events/clock/look.ts'
import { firstLook } from '../../events/clock/walk.ts'
import { folio } from '../../events/folio.ts'
import { type HandedOver, contentOf, handOver } from '../../events/handover.ts'
import { etagOf, referralHeader } from '../../events/referral-header.ts'
import { asRequested } from '../../events/referral.ts'
import { accepted } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { Instant, ReferralId } from '../../schemas/ids.ts'
import type { Envelope } from '../../schemas/inbox.ts'
import { type Given, bind, everySignedDoor, sending } from '../aws/bind.ts'
import { Moved } from '../aws/dynamodb.ts'
import type { Change, NewReferral, ReferralRow } from '../aws/referral-row.ts'
import { newId } from '../aws/runtime.ts'
import { categoriesOf } from '../crypto/envelope.ts'
import type { Message } from '../effects/messages.ts'
import { partyReferral } from '../effects/party-referral.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:add',
  'referrals:change',
  'progress:count',
  'envelopes:add',
  'envelopes:read',
  'consents:read',
  'consents:hold',
  'agreements:hold',
  ...sending,
] as const

export const postHandover: Door<'referral.handover', typeof needs> = async (request, deps) => {
  const parent = await partyReferral(request, ['recipient'], deps)
  const { body, caller, about, now, commit } = request
  about.consentId = parent.consentId
  const { envelope, ...around } = await readFor(parent, deps)
  const { consent } = around
  const fact = accepted(handOver(body, parent, { ...around, by: caller.institution, now }))
  // Destroyed since the row was read.
  if (!envelope) throw new Moved()

  const child = childOf(parent, fact)
  const dueAt = firstLook({ ...around, referral: child, handovers: [] })
  const { referralId, recipient, consentId } = child
  const answer = {
    headers: { location: `/v1/referrals/${referralId}`, etag: etagOf(child) },
    body: referralHeader(child, caller.institution, now),
  }
  const { milestone } = fact
  await commit({
    occurrences: [
      // Told to officers of the parent's referrer where its milestone is told to the referrer itself.
      {
        action: 'referral.handover',
        outcome: 'allowed',
        referralId: parent.referralId,
        consentId,
        ...(milestone?.tells && { agreementId: seenUnder(parent) }),
      },
      {
        action: 'referral.handover',
        outcome: 'allowed',
        referralId,
        partOf: parent.referralId,
        consentId,
        agreementId: seenUnder(child),
        categories: categoriesOf(envelope),
        envelopeDigest: child.envelopeDigest,
      },
    ],
    writes: [
      deps.consents.stillAt(consent),
      deps.agreements.whileOpen(parent.agreementId),
      deps.referrals.guard(`folio#${child.folio}`, referralId, 'moved'),
      deps.referrals.change(
        parent,
        { ...changeOf(parent, child, fact), ...lookAfterRecord(parent, now) },
        now,
      ),
      deps.referrals.add({ ...child, ...(dueAt && { due: 'due', dueAt }) }, now),
      // Of 0.1.0, inside its row until now.
      ...(parent.envelope ? [deps.envelopes.add(parent.referralId, parent.envelope)] : []),
    ],
    messages: [...toldOf(parent, fact), requested(child, { recipient, envelope, now })],
    answer,
  })
  return answer
}

/** All that the rule judges by, and the sealed content, in one call. */
const readFor = async (parent: ReferralRow, deps: Given<typeof needs>) => {
  const { referralId, agreementId, consentId, handovers = [] } = parent
  const content = { ...contentOf(parent), envelope: parent.envelope }
  const ids = handovers.map(one => one.referralId)
  const rows = await deps.readAhead([
    deps.directory.agreementAt(agreementId),
    deps.envelopes.at(content.referralId),
    ...deps.consents.at(consentId),
    ...ids.map(deps.referrals.at),
  ])
  const [kept, ledger, envelope, found] = await Promise.all([
    deps.directory.findAgreement(agreementId, rows),
    deps.consents.read(consentId, rows),
    deps.envelopes.find(content, rows),
    deps.referrals.findAll(ids, rows),
  ])
  if (!kept || !ledger) throw new Error(`${referralId} has no agreement or no consent`)
  const agreement = await deps.directory.under(kept, parent)
  return { agreement, consent: ledger.consent, envelope, handovers: [...found.values()] }
}

/** The referral that comes of a handover, as it is kept. Its content, and the digest of that, are the parent's. */
const childOf = (parent: ReferralRow, { child }: HandedOver): NewReferral => {
  const { agreementId, agreementVersion, consentId, envelopeDigest } = parent
  return {
    referralId: newId<ReferralId>(),
    folio: folio(randomBytes(5)),
    partOf: parent.referralId,
    agreementId,
    // Its consent was given under those terms.
    ...(agreementVersion && { agreementVersion }),
    consentId,
    envelopeDigest,
    ...child,
    ...asRequested(),
    openGuards: [],
    ackedByReferrer: [],
    ackedByRecipient: [],
    recentReleases: [],
  }
}

/** What the parent's row says of it afterwards. Its version stays, as with every milestone. */
const changeOf = (parent: ReferralRow, child: NewReferral, { milestone }: HandedOver): Change => {
  const { referralId, recipient } = child
  return {
    handovers: [...(parent.handovers ?? []), { referralId, recipient }],
    ...(milestone && { milestones: milestone.milestones, feedback: milestone.feedback }),
    ...(parent.envelope && { envelope: undefined }),
  }
}

const toldOf = (referral: ReferralRow, { milestone: recorded }: HandedOver): Message[] => {
  if (!recorded?.tells) return []
  const { n, milestone, on } = recorded.changed
  const data = { n, milestone, on }
  return [{ to: 'referrer', referral, type: 'referral.milestone-recorded.v1', data }]
}

const requested = (
  referral: NewReferral,
  {
    recipient,
    envelope,
    now,
  }: Pick<NewReferral, 'recipient'> & { envelope: Envelope; now: Instant },
): Message => ({
  to: 'recipient',
  referral,
  type: 'referral.requested.v1',
  data: referralHeader(referral, recipient, now),
  envelope,
})

export const handler = route('referral.handover', postHandover, {
  deps: bind(needs),
  ahead: ({ params }, { referrals }) => [referrals.at(params.referralId)],
})
