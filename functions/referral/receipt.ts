// GET /v1/referrals/{referralId}/receipt: the referrer's proof that its submission is in the access log.
import { Refused } from '../../events/refusal.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { type LogPage, type LogPosition, type LogQuery, logQuery } from '../aws/access-log/query.ts'
import { type LogReader, logReader } from '../aws/access-log/reader.ts'
import { type Referrals, referrals } from '../aws/referrals.ts'
import { env } from '../aws/runtime.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & { log: LogQuery; reader: LogReader; referrals: Referrals }

export const getReceipt = async (
  { params, caller, about, commit }: RequestOf<'referral.receipt'>,
  deps: Deps,
): Promise<Answer> => {
  const referral = await deps.referrals.find(params.referralId)
  about.agreementId = referral?.agreementId
  if (referral?.referrer !== caller.institution) throw new Refused('forbidden')
  const { referralId, agreementId } = referral
  const viewer = { institution: caller.institution, agreements: [agreementId] }
  const wanted = { referralId, action: 'referral.submit', outcome: 'allowed' } as const
  let index: number | undefined
  let before: LogPosition | undefined
  do {
    const page: LogPage = await deps.log.query(viewer, wanted, 200, before)
    // Retries of the submission have entries of their own, later ones.
    index = page.entries.findLast(({ code }) => code === undefined)?.index
    before = page.next
  } while (index === undefined && before !== undefined)
  const body = index === undefined ? undefined : await deps.reader.proof(index)
  if (body === undefined) throw new Refused('not-yet-sequenced')
  await commit([{ action: 'referral.receipt', outcome: 'allowed', ...about }], [], { body: {} })
  return { headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  const place = { dynamodb, table: env('TABLE_ACCESS_LOG') }
  return {
    ...stackDeps(dynamodb),
    log: logQuery(place),
    reader: logReader(place),
    referrals: referrals({ dynamodb, table: env('TABLE_REFERRALS') }),
  }
}

export const handler = route('referral.receipt', getReceipt, bind())
