// GET /v1/access-log: a compliance officer reads who did what under the agreements of their institution. Reading is itself an entry,
// written and given its place before anything is shown.
import { Refused } from '../events/refusal.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { kmsClient } from './aws/kms.ts'
import { boundSequence } from './aws/bound-log.ts'
import { type LogIndex, logIndex } from './aws/log-index.ts'
import { LogPosition, type LogQuery, logQuery } from './aws/log-query.ts'
import type { LogSequence } from './aws/log-sequence.ts'
import { env } from './aws/runtime.ts'
import { stackDeps } from './aws/stack-deps.ts'
import { readCursor, writeCursor } from './http/cursor.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

type Deps = StackDeps & { sequence: LogSequence; index: LogIndex; log: LogQuery }

export const getAccessLog = async (
  { query, caller, commit }: RequestOf<'access-log.query'>,
  deps: Deps,
): Promise<Answer> => {
  const { limit = 50, cursor, ...filter } = query
  const { referralId, consentId } = filter
  const before = cursor === undefined ? undefined : readCursor(cursor, LogPosition)
  const { institution } = caller
  const agreements = await deps.directory.agreementsOf(institution)
  if (agreements.length === 0) throw new Refused('forbidden')

  await commit([{ action: 'access-log.query', outcome: 'allowed', referralId, consentId }], [], {
    body: {},
  })
  await deps.sequence.tryRun()
  const viewer = { institution, agreements }
  await deps.index.tryRun()
  const { entries, next } = await deps.log.query(viewer, filter, limit, before)
  return { body: { items: entries, ...(next ? { next: writeCursor(next) } : {}) } }
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  const place = { dynamodb, table: env('TABLE_ACCESS_LOG') }
  const stack = stackDeps(dynamodb)
  return {
    ...stack,
    sequence: boundSequence(dynamodb, kmsClient(), stack.accessLog),
    index: logIndex(place),
    log: logQuery(place),
  }
}

export const handler = route('access-log.query', getAccessLog, bind())
