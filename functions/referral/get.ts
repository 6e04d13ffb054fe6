// GET /v1/referrals/{referralId} and GET /v1/referrals: headers for either party. Content is not here.
import { readFolio } from '../../events/folio.ts'
import { etagOf, isOverdue } from '../../events/referral-header.ts'
import { Refused } from '../../events/refusal.ts'
import { type GuardMac, guardMac, kmsClient } from '../aws/kms.ts'
import { headerFor } from '../effects/header.ts'
import { type ReferralKeys, referralKeys } from '../aws/referral-keys.ts'
import { Place, type ReferralList, referralList } from '../aws/referral-list.ts'
import { type ReferralSummary, type Referrals, referrals } from '../aws/referrals.ts'
import { env } from '../aws/runtime.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { byRoute } from '../http/by-route.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & {
  referrals: Referrals
  list: ReferralList
  guard: GuardMac
  referralKeys: ReferralKeys
}

export const getReferral = async (
  { params, caller, about, now, commit }: RequestOf<'referral.read'>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await deps.referrals.find(params.referralId)
  about.agreementId = referral?.agreementId
  if (!referral || ![referral.referrer, referral.recipient].includes(caller.institution))
    throw new Refused('forbidden')
  return commit([{ action: 'referral.read', outcome: 'allowed', ...about }], [], {
    headers: { etag: etagOf(referral) },
    body: await headerFor(referral, caller, now, deps),
  })
}

type List = RequestOf<'referral.list'>

export const listReferrals = async (request: List, deps: Deps): Promise<Answer> => {
  const { caller, now, commit } = request
  const { rows, next } = await (request.query.folio === undefined ? page : bearing)(request, deps)
  const items = await Promise.all(rows.map(row => headerFor(row, caller, now, deps)))
  return commit([{ action: 'referral.list', outcome: 'allowed' }], [], {
    body: { items, ...(next ? { next: writeCursor(next) } : {}) },
  })
}

type Found = { rows: ReferralSummary[]; next?: Place }

const page = ({ query, caller, now }: List, deps: Deps): Promise<Found> => {
  const { limit = 50, cursor, status: statuses, updatedSince, overdue } = query
  const direction = query.direction ?? (caller.role === 'referrer' ? 'sent' : 'received')
  const after = cursor === undefined ? undefined : readCursor(cursor, Place)
  const filter = { statuses, updatedSince, overdueAt: overdue && now, limit }
  return deps.list.page(caller.institution, direction, filter, after)
}

/** The one referral with a folio, if the caller's institution is on the asked side of it (either, where none is), and the other filters fit. */
const bearing = async ({ query, caller, now }: List, deps: Deps): Promise<Found> => {
  const { cursor, direction, status, updatedSince, overdue } = query
  const folio = readFolio(query.folio ?? '')
  if (!folio) throw new Refused('invalid-request', [{ pointer: '/folio', code: 'wrong-format' }])
  if (cursor !== undefined)
    throw new Refused('invalid-request', [{ pointer: '/cursor', code: 'not-allowed' }])
  const row = await deps.referrals.findByFolio(folio)
  const side = { sent: row?.referrer, received: row?.recipient }
  const sides = direction ? [side[direction]] : Object.values(side)
  const fits =
    row &&
    sides.includes(caller.institution) &&
    (!status || status.includes(row.status)) &&
    (!updatedSince || updatedSince <= row.updatedAt) &&
    (!overdue || isOverdue(row, now))
  return { rows: fits ? [row] : [] }
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    list: referralList({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    guard: guardMac({ kms: kmsClient(), keyId: env('KEY_GUARD') }),
  }
}

const deps = bind()
export const handler = byRoute({
  'referral.read': route('referral.read', getReferral, deps),
  'referral.list': route('referral.list', listReferrals, deps),
})
