// GET /v1/referrals/{referralId} and GET /v1/referrals: headers for either party. Content is not here.
import * as z from 'zod'
import { etagOf } from '../events/referral-header.ts'
import { Refused } from '../events/refusal.ts'
import { Instant, ReferralId } from '../schemas/ids.ts'
import { type GuardMac, guardMac, kmsClient } from './aws/kms.ts'
import { headerFor } from './aws/header.ts'
import { type ReferralKeys, referralKeys } from './aws/referral-keys.ts'
import { type Referrals, referrals } from './aws/referrals.ts'
import { env } from './aws/runtime.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { stackDeps } from './aws/stack-deps.ts'
import { byRoute } from './http/by-route.ts'
import { readCursor, writeCursor } from './http/cursor.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

type Deps = StackDeps & { referrals: Referrals; guard: GuardMac; referralKeys: ReferralKeys }

/** Where a page of the list ended. */
const Position = z.strictObject({ updatedAt: Instant, referralId: ReferralId })

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
    body: await headerFor(referral, caller.institution, now, deps),
  })
}

export const listReferrals = async (
  { query, caller, now, commit }: RequestOf<'referral.list'>,
  deps: Deps,
): Promise<Answer> => {
  const { limit = 50, cursor, status, updatedSince } = query
  const direction = query.direction ?? (caller.role === 'referrer' ? 'sent' : 'received')
  const { rows, next } = await deps.referrals.list(
    caller.institution,
    direction,
    { status, updatedSince, limit },
    cursor === undefined ? undefined : readCursor(cursor, Position),
  )
  const items = await Promise.all(rows.map(row => headerFor(row, caller.institution, now, deps)))
  return commit([{ action: 'referral.list', outcome: 'allowed' }], [], {
    body: { items, ...(next ? { next: writeCursor(next) } : {}) },
  })
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return {
    ...stackDeps(dynamodb),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
    referralKeys: referralKeys({ dynamodb, table: env('TABLE_REFERRAL_KEYS') }),
    guard: guardMac({ kms: kmsClient(), keyId: env('KEY_GUARD') }),
  }
}

const deps = bind()
export const handler = byRoute({
  'referral.read': route('referral.read', getReferral, deps),
  'referral.list': route('referral.list', listReferrals, deps),
})
