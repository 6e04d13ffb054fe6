// GET /v1/referrals/{referralId} and GET /v1/referrals: headers for either party. Content is not here.
import { readFolio } from '../../events/folio.ts'
import { etagOf } from '../../events/referral-header.ts'
import { Refused } from '../../events/refusal.ts'
import { seenUnder } from '../../events/seen-under.ts'
import { headerFor, showsOwnNumber } from '../effects/header.ts'
import { byRoute } from '../http/by-route.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import { type ListFilter, Place, fits } from '../aws/referral-list.ts'
import type { ReferralRow } from '../aws/referrals.ts'
import type { Ahead } from '../http/ahead.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:read',
  'referrals:list',
  'referral-keys:read',
  'guard:mac',
] as const
type Deps = Given<typeof needs>

const ahead: Ahead<RequestOf<'referral.read'>['params'], Deps> = (
  { params: { referralId }, caller },
  { referrals, referralKeys },
) => [
  referrals.at(referralId),
  ...(caller.roles.includes('referrer') ? [referralKeys.at(referralId)] : []),
]

export const getReferral = async (
  { params, caller, about, now, known, commit }: RequestOf<'referral.read'>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await deps.referrals.find(params.referralId, known)
  about.agreementId = referral && seenUnder(referral)
  if (!referral || ![referral.referrer, referral.recipient].includes(caller.institution))
    throw new Refused('forbidden')
  const body = await headerFor(referral, caller, now, { ...deps, known })
  await commit({ occurrences: [{ action: 'referral.read', outcome: 'allowed', ...about }] })
  return { headers: { etag: etagOf(referral) }, body }
}

type List = RequestOf<'referral.list'>

export const listReferrals = async (request: List, deps: Deps): Promise<Answer> => {
  const { caller, now, commit } = request
  const { rows, known, next } = await (request.query.folio === undefined ? page : bearing)(
    request,
    deps,
  )
  const items = await Promise.all(
    rows.map(row => headerFor(row, caller, now, { ...deps, ...(known && { known }) })),
  )
  await commit({ occurrences: [{ action: 'referral.list', outcome: 'allowed' }] })
  return { body: { items, ...(next ? { next: writeCursor(next) } : {}) } }
}

type Found = { rows: ReferralRow[]; known?: KnownRows; next?: Place | undefined }

const filterOf = ({ query, now }: List): ListFilter => ({
  statuses: query.status,
  updatedSince: query.updatedSince,
  overdueAt: query.overdue && now,
})

/** An index says which, and their rows are read at once, with the keys of their own numbers where those are shown. */
const page = async (request: List, deps: Deps): Promise<Found> => {
  const { query, caller } = request
  const { limit = 50, cursor, direction = caller.role === 'referrer' ? 'sent' : 'received' } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, Place)
  const filter = filterOf(request)
  const { ids, next } = await deps.list.page(
    caller.institution,
    direction,
    { ...filter, limit },
    after,
  )
  const own = direction === 'sent' && showsOwnNumber(caller)
  const known = await deps.readAhead([
    ...ids.map(deps.referrals.at),
    ...(own ? ids.map(deps.referralKeys.at) : []),
  ])
  const rows = [...(await deps.referrals.findAll(ids, known)).values()]
  return { rows: rows.filter(row => fits(row, filter)), known, next }
}

/**
 * The one referral with a folio, if the caller's institution is on the asked side of it (either, where none is), and
 * the other filters fit.
 */
const bearing = async (request: List, deps: Deps): Promise<Found> => {
  const { cursor, direction, folio: asked = '' } = request.query
  const folio = readFolio(asked)
  if (!folio) throw new Refused('invalid-request', [{ pointer: '/folio', code: 'wrong-format' }])
  if (cursor !== undefined)
    throw new Refused('invalid-request', [{ pointer: '/cursor', code: 'not-allowed' }])
  const row = await deps.referrals.findByFolio(folio)
  const side = { sent: row?.referrer, received: row?.recipient }
  const sides = direction ? [side[direction]] : Object.values(side)
  const found = row && sides.includes(request.caller.institution) && fits(row, filterOf(request))
  return { rows: found ? [row] : [] }
}

const deps = bind(needs)
export const handler = byRoute({
  'referral.read': route('referral.read', getReferral, deps, ahead),
  'referral.list': route('referral.list', listReferrals, deps),
})
