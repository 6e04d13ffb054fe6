// POST /v1/referrals/{referralId}/status: a party moves a referral, and the other side is told.
import { lookAfterRecord, lookBy } from '../../events/clock/look.ts'
import { changeStatus } from '../../events/referral.ts'
import { etagOf } from '../../events/referral-header.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { headerFor } from '../effects/header.ts'
import { whileUnderWay } from '../effects/under-way.ts'
import { ifMatch } from '../http/if-match.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'referrals:change',
  'referrals:release-guards',
  'progress:count',
  'agreements:ended',
  'referral-keys:read',
  'outbox:send',
  'inbox:send',
  'guard:mac',
] as const
type Deps = Given<typeof needs>

/** The key of its own number, for a referrer alone: nobody else is shown that. */
const ahead: Ahead<RequestOf<'referral.status'>['params'], Deps> = (
  { params: { referralId }, caller },
  { referrals, referralKeys, ends },
) => [
  referrals.at(referralId),
  ends.endedAt(caller.institution),
  ...(caller.roles.includes('referrer') ? [referralKeys.at(referralId)] : []),
]

export const postStatus = async (
  { params, body, headers, caller, about, now, known, commit }: RequestOf<'referral.status', Deps>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await deps.referrals.find(params.referralId, known)
  about.agreementId = referral && seenUnder(referral)
  if (!referral || ![referral.referrer, referral.recipient].includes(caller.institution))
    throw new Refused('forbidden')
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

export const handler = route('referral.status', postStatus, bind(needs), ahead)
