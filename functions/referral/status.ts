// POST /v1/referrals/{referralId}/status: a party moves a referral, and the other side is told. What is entered in error
// takes what was handed over of it along, in the same transaction.
import { endedInError } from '../../events/handover.ts'
import { lookAfterRecord, lookBy } from '../../events/clock/look.ts'
import { changeStatus } from '../../events/referral.ts'
import { etagOf } from '../../events/referral-header.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { StatusChange } from '../../schemas/referral.ts'
import { headerFor, ownNumberAt } from '../effects/header.ts'
import { underConsent } from '../effects/party-consent.ts'
import { partyReferral } from '../effects/party-referral.ts'
import { whileUnderWay } from '../effects/under-way.ts'
import { ifMatch } from '../http/if-match.ts'
import { type Given, bind, everySignedDoor, sending } from '../aws/bind.ts'
import type { ReferralRow } from '../aws/referral-row.ts'
import type { Message } from '../effects/messages.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:change',
  'referrals:release-guards',
  'progress:count',
  'agreements:ended',
  'referral-keys:read',
  ...sending,
  'guard:mac',
] as const

export const postStatus: Door<'referral.status', typeof needs> = async (request, deps) => {
  const referral = await partyReferral(request, ['referrer', 'recipient'], deps)
  const { body, headers, caller, about, now, known, commit } = request
  if (headers['if-match'] === undefined) throw new Refused('precondition-required')
  const fact = changeStatus(body, referral, { by: caller.institution, now })
  if ('refused' in fact && fact.refused === 'forbidden') throw new Refused('forbidden')
  if (!ifMatch(headers['if-match'], etagOf(referral))) throw new Refused('version-mismatch')
  const { change, closes } = accepted(fact)
  await whileUnderWay(referral, { by: caller.institution, now, known }, deps)
  const ended = await handoversEnded(referral, change, deps)

  const other = caller.institution === referral.referrer ? 'recipient' : 'referrer'
  const version = referral.version + 1
  const { status, reason } = change
  const changed = {
    status,
    history: [...referral.history, change],
    version,
    // The clock's next step depends on the consent, which this function cannot read: let the schedule look.
    ...(closes ? { openGuards: [], ...lookBy(referral, now) } : lookAfterRecord(referral, now)),
  }
  const after = { ...referral, ...changed }
  const { consentId } = referral
  const answer = {
    headers: { etag: etagOf(after) },
    body: await headerFor(after, caller, now, { ...deps, known }),
  }
  await commit({
    // The caller's own first: a retry's entry is about that.
    occurrences: [
      { action: 'referral.status', outcome: 'allowed', ...about, consentId, status },
      ...ended.map(({ occurrence }) => occurrence),
    ],
    writes: [
      deps.referrals.change(referral, changed, now),
      ...ended.map(({ write }) => write),
      ...(closes
        ? referral.openGuards.map(name => deps.referrals.releaseGuard(name, referral.referralId))
        : []),
    ],
    messages: [
      {
        to: other,
        referral,
        type: 'referral.status-changed.v1',
        data: { status, ...(reason ? { reason } : {}), version },
      },
      ...ended.flatMap(({ messages }) => messages),
    ],
    answer,
  })
  return answer
}

/**
 * What becomes of each open handover of a referral that is entered in error. A release of it that is recorded meanwhile
 * has changed the same row: one of the two is judged again (test/journeys/handover.gate.whole.test.ts).
 */
const handoversEnded = async (
  referral: ReferralRow,
  { status, at }: StatusChange,
  deps: Given<['referrals:change']>,
) => {
  if (status !== 'entered-in-error') return []
  const [, ...handovers] = await underConsent(referral, deps)
  return endedInError(handovers, at).map(({ handover, change }) => {
    const { referralId, consentId, history, version: before } = handover
    const version = before + 1
    const { status: ended, reason } = change
    const ends = { status: ended, history: [...history, change], version, ...lookBy(handover, at) }
    const data = { status: ended, ...(reason && { reason }), version }
    return {
      occurrence: {
        action: 'referral.status',
        outcome: 'allowed',
        referralId,
        partOf: referral.referralId,
        consentId,
        agreementId: seenUnder(handover),
        status: ended,
      } as const,
      write: deps.referrals.change(handover, ends, at),
      messages: (['referrer', 'recipient'] as const).map((to): Message => ({
        to,
        referral: handover,
        type: 'referral.status-changed.v1',
        data,
      })),
    }
  })
}

export const handler = route('referral.status', postStatus, {
  deps: bind(needs),
  ahead: ({ params: { referralId }, caller }, { referrals, referralKeys, ends }) => [
    referrals.at(referralId),
    ends.endedAt(caller.institution),
    ...ownNumberAt(referralId, caller, { referralKeys }),
  ],
})
