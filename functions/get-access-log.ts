// GET /v1/access-log: a compliance officer reads who did what under the agreements of their institution. Reading is itself an entry.
import { EntryId } from '../schemas/ids.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { stackDeps } from './aws/stack-deps.ts'
import { readCursor, writeCursor } from './http/cursor.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

export const getAccessLog = async (
  { query, caller, commit }: RequestOf<'access-log.query'>,
  deps: StackDeps,
): Promise<Answer> => {
  const { limit = 50, cursor, ...filter } = query
  const { institution } = caller
  const { entries, next } = await deps.accessLog.query(
    { institution, agreements: await deps.directory.agreementsOf(institution) },
    filter,
    limit,
    cursor === undefined ? undefined : readCursor(cursor, EntryId),
  )
  return commit(
    [
      {
        action: 'access-log.query',
        outcome: 'allowed',
        referralId: filter.referralId,
        consentId: filter.consentId,
      },
    ],
    [],
    { body: { items: entries, ...(next ? { next: writeCursor(next) } : {}) } },
  )
}

export const handler = route('access-log.query', getAccessLog, stackDeps(dynamodbClient()))
