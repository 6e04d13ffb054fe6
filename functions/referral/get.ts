// GET /v1/referrals/{referralId} and GET /v1/referrals: headers for either party. Content is not here.
import { readFolio } from '../../events/folio.ts'
import { etagOf } from '../../events/referral-header.ts'
import { Refused } from '../../events/refusal.ts'
import { headerFor, showsOwnNumber, ownNumberAt } from '../effects/header.ts'
import { partyReferral } from '../effects/party-referral.ts'
import { byRoute } from '../http/by-route.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import { type ListFilter, Place, fits } from '../aws/referral-list.ts'
import type { ReferralRow } from '../aws/referral-row.ts'
import { type Answer, type Door, type RequestOf, route } from '../http/route.ts'

export const needs = [
  ...everySignedDoor,
  'referrals:read',
  'referrals:by-folio',
  'referrals:list',
  'referral-keys:read',
  'guard:mac',
] as const

export const getReferral: Door<'referral.read', typeof needs> = async (request, deps) => {
  const referral = await partyReferral(request, ['referrer', 'recipient'], deps)
  const { caller, about, now, known, commit } = request
  const body = await headerFor(referral, caller, now, { ...deps, known })
  await commit({ occurrences: [{ action: 'referral.read', outcome: 'allowed', ...about }] })
  return { headers: { etag: etagOf(referral) }, body }
}

type Deps = Given<typeof needs>
type List = RequestOf<'referral.list'>

export const listReferrals = async (request: List, deps: Deps): Promise<Answer> => {
  const { caller, now, commit } = request
  const { rows, known, next } = await foundBy(request.query)(request, deps)
  const items = await Promise.all(
    rows.map(row => headerFor(row, caller, now, { ...deps, ...(known && { known }) })),
  )
  await commit({ occurrences: [{ action: 'referral.list', outcome: 'allowed' }] })
  return { body: { items, ...(next ? { next: writeCursor(next) } : {}) } }
}

const foundBy = ({ folio, partOf }: List['query']) =>
  folio !== undefined ? bearing : partOf !== undefined ? handedOver : page

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
  const rows = [...(await deps.referrals.findReadable(ids, known)).values()]
  return { rows: rows.filter(row => fits(row, filter)), known, next }
}

/**
 * The one referral with a folio, if the caller's institution is on the asked side of it (either, where none is), and
 * the other filters fit.
 */
const bearing = async (request: List, deps: Deps): Promise<Found> => {
  const { cursor, partOf, folio: asked = '' } = request.query
  const folio = readFolio(asked)
  if (!folio) throw new Refused('invalid-request', [{ pointer: '/folio', code: 'wrong-format' }])
  if (cursor !== undefined)
    throw new Refused('invalid-request', [{ pointer: '/cursor', code: 'not-allowed' }])
  const row = await deps.referrals.findByFolio(folio)
  const isPart = partOf === undefined || row?.partOf === partOf
  return { rows: row && isPart && isOnSide(row, request) ? [row] : [] }
}

/** Whether the caller's institution is on the asked side of a referral, and the filters fit. */
const isOnSide = (row: ReferralRow, request: List): boolean => {
  const { query, caller } = request
  const side = { sent: row.referrer, received: row.recipient }
  const sides = query.direction ? [side[query.direction]] : Object.values(side)
  return sides.includes(caller.institution) && fits(row, filterOf(request))
}

/**
 * What was handed over of a referral, newest change first, if the caller's institution is on the asked side of it
 * (either, where none is), and the other filters fit. Few at most: all are read, and a page of them shown.
 */
const handedOver = async (request: List, deps: Deps): Promise<Found> => {
  const { partOf, limit = 50, cursor } = request.query
  const after = cursor === undefined ? undefined : readCursor(cursor, Place)
  const parent = partOf && (await deps.referrals.find(partOf))
  const mine = (parent?.handovers ?? []).filter(({ recipient }) =>
    [parent?.recipient, recipient].includes(request.caller.institution),
  )
  const found = await deps.referrals.findReadable(mine.map(({ referralId }) => referralId))
  const left = [...found.values()]
    .filter(row => isOnSide(row, request) && (!after || placeOf(row) < placeOf(after)))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
  const rows = left.slice(0, limit)
  const last = rows.at(-1)
  if (!last || left.length === rows.length) return { rows }
  return { rows, next: { updatedAt: last.updatedAt, referralId: last.referralId } }
}

const placeOf = ({ updatedAt, referralId }: Place): string => `${updatedAt} ${referralId}`

const deps = bind(needs)
export const handler = byRoute({
  'referral.read': route('referral.read', getReferral, {
    deps,
    ahead: ({ params: { referralId }, caller }, { referrals, referralKeys }) => [
      referrals.at(referralId),
      ...ownNumberAt(referralId, caller, { referralKeys }),
    ],
  }),
  'referral.list': route('referral.list', listReferrals, { deps }),
})
