// POST /v1/referrals/{referralId}/status: a party moves a referral, and the other side is told.
import { lookAfterRecord, lookBy } from '../../events/clock/look.ts'
import { changeStatus } from '../../events/referral.ts'
import { etagOf } from '../../events/referral-header.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { headerFor, ownNumberAt } from '../effects/header.ts'
import { partyReferral } from '../effects/party-referral.ts'
import { whileUnderWay } from '../effects/under-way.ts'
import { ifMatch } from '../http/if-match.ts'
import { bind, everySignedDoor, sending } from '../aws/bind.ts'
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
    occurrences: [{ action: 'referral.status', outcome: 'allowed', ...about, consentId, status }],
    writes: [
      deps.referrals.change(referral, changed, now),
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
    ],
    answer,
  })
  return answer
}

export const handler = route('referral.status', postStatus, {
  deps: bind(needs),
  ahead: ({ params: { referralId }, caller }, { referrals, referralKeys, ends }) => [
    referrals.at(referralId),
    ends.endedAt(caller.institution),
    ...ownNumberAt(referralId, caller, { referralKeys }),
  ],
})
