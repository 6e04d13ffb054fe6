// GET /v1/referrals/{referralId}/receipt: the referrer's proof that its submission is in the access log.
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import type { LogPage, LogPosition } from '../aws/access-log/pages.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:read',
  'access-log:of-referral',
  'access-log:entries',
  'access-log:prove',
] as const
type Deps = Given<typeof needs>

const ahead: Ahead<RequestOf<'referral.receipt'>['params'], Deps> = ({ params }, { referrals }) => [
  referrals.at(params.referralId),
]

export const getReceipt = async (
  { params, caller, about, known, commit }: RequestOf<'referral.receipt'>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await deps.referrals.find(params.referralId, known)
  about.agreementId = referral && seenUnder(referral)
  if (referral?.referrer !== caller.institution) throw new Refused('forbidden')
  const { referralId, agreementId } = referral
  const viewer = { institution: caller.institution, agreements: [agreementId] }
  const wanted = { referralId, action: 'referral.submit', outcome: 'allowed' } as const
  let index: number | undefined
  let before: LogPosition | undefined
  do {
    const page: LogPage = await deps.log.ofReferral(viewer, wanted, 200, before)
    // Retries of the submission have entries of their own, later ones.
    index = page.entries.findLast(({ code }) => code === undefined)?.index
    before = page.next
  } while (index === undefined && before !== undefined)
  const body = index === undefined ? undefined : await deps.reader.proof(index)
  if (body === undefined) throw new Refused('not-yet-sequenced')
  await commit({ occurrences: [{ action: 'referral.receipt', outcome: 'allowed', ...about }] })
  return { headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

export const handler = route('referral.receipt', getReceipt, bind(needs), ahead)
