// POST /v1/agreements/{agreementId}/notices: a signatory of a party gives notice. One transaction has the notice, what
// it makes of the agreement, and the entry; of two at once the second is judged again behind the first, so that numbers
// have no gaps.
import { noticeView } from '../../events/agreement-view.ts'
import { isParty } from '../../events/agreement.ts'
import { giveNotice } from '../../events/give-notice.ts'
import {
  type Given as GivenNotice,
  type Standing,
  statementOf,
  withNotice,
} from '../../events/notice.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import { underAgreement } from '../../events/seen-under.ts'
import type { EntryId } from '../../schemas/ids.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { newId } from '../aws/runtime.ts'
import { sha256Of } from '../crypto/statement.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'requests:answer',
  'agreements:read',
  'agreements:notice',
  'referrals:walk-anew',
] as const

export const postNotice: Door<'agreement.notice', typeof needs> = async (request, deps) => {
  const { params, body, caller, about, now, known, commit } = request
  const kept = await deps.directory.findAgreement(params.agreementId, known)
  about.agreementId = kept && underAgreement(kept.agreementId)
  if (!kept || !isParty(kept, caller.institution)) throw new Refused('forbidden')
  const [[standing], codes] = await Promise.all([
    deps.agreements.read([kept]),
    deps.directory.codes(),
  ])
  if (!standing) throw new Error('an agreement without its standing')
  const notice = accepted(
    giveNotice(body, standing, {
      by: caller.institution,
      now,
      digest: sha256Of(statementOf(body)),
      noticeId: newId<EntryId>(),
      known: codes,
    }),
  )
  const after = withNotice(standing, notice)
  const { number, digest } = notice
  const { agreementId } = kept
  const answer = { body: noticeView(after.notices.at(-1) as GivenNotice) }
  await commit({
    occurrences: [
      {
        action: 'agreement.notice',
        outcome: 'allowed',
        ...about,
        notice: { agreementId, number, kind: body.kind, digest },
      },
    ],
    writes: [
      ...deps.agreements.add(standing, notice, after),
      // When each open referral is due was computed from the terms of before.
      ...(sameTerms(standing, after) ? [] : [deps.rulesWalk.restart()]),
    ],
    answer,
  })
  return answer
}

/** Whether nothing has come of a notice yet, as of the first of two letters. */
const sameTerms = ({ agreement: before }: Standing, { agreement: after }: Standing): boolean =>
  JSON.stringify({ ...before, notices: 0 }) === JSON.stringify({ ...after, notices: 0 })

export const handler = route('agreement.notice', postNotice, {
  deps: bind(needs),
  ahead: ({ params }, { directory }) => [directory.agreementAt(params.agreementId)],
})
