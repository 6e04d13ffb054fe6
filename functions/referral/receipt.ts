// GET /v1/referrals/{referralId}/receipt: the referrer's proof that its submission is in the access log. Before it is,
// a refusal; 202 for who prefers to be told that it will be (a browser tells its user of every refusal as of an error).
import { Refused } from '../../events/refusal.ts'
import type { LogPage, LogPosition } from '../aws/access-log/pages.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { partyReferral } from '../effects/party-referral.ts'
import type { Answer } from '../http/respond.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:read',
  'access-log:of-referral',
  'access-log:entries',
  'access-log:prove',
] as const

/** RFC 7240 §2: preferences, each with parameters that say nothing here; names in either case. */
const prefersLater = (prefer = ''): boolean =>
  prefer.split(',').some(one => /^[ \t]*respond-async[ \t]*(;|$)/i.test(one))

const text = 'text/plain; charset=utf-8'
/** RFC 9110 §15.3.3: not there yet. The sequencer passes every minute. */
const later: Answer = {
  status: 202,
  headers: {
    'content-type': text,
    'preference-applied': 'respond-async',
    'retry-after': '10',
    vary: 'prefer',
  },
  body: 'not-yet-sequenced\n',
}

export const getReceipt: Door<'referral.receipt', typeof needs> = async (request, deps) => {
  const { referralId, agreementId } = await partyReferral(request, ['referrer'], deps)
  const { headers, caller, about, commit } = request
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
  if (body === undefined && !prefersLater(headers['prefer'])) throw new Refused('not-yet-sequenced')
  await commit({ occurrences: [{ action: 'referral.receipt', outcome: 'allowed', ...about }] })
  return body === undefined ? later : { headers: { 'content-type': text, vary: 'prefer' }, body }
}

export const handler = route('referral.receipt', getReceipt, {
  deps: bind(needs),
  ahead: ({ params }, { referrals }) => [referrals.at(params.referralId)],
})
