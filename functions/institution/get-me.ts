// GET /v1/me: whom the hub takes the caller for, and what a caller needs to know of the hub: its clock, and the log's key and size.
import { Refused } from '../../events/refusal.ts'
import type { Me } from '../../schemas/institution.ts'
import { boundSequence } from '../aws/access-log/bound.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { kmsClient } from '../aws/kms.ts'
import type { LogSequence } from '../aws/access-log/sequence.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

type Deps = StackDeps & { sequence: Pick<LogSequence, 'verifierKey'> }

export const getMe = async (
  { caller, now, commit }: RequestOf<'me.read'>,
  { directory, accessLog, sequence }: Deps,
): Promise<Answer> => {
  const [key, agreements, vkey, logSize] = await Promise.all([
    directory.readKey(caller.keyid),
    directory.agreementsOf(caller.institution),
    sequence.verifierKey(),
    accessLog.signedSize(),
  ])
  // It has just signed, and no key is ever deleted.
  if (!key) throw new Refused('internal')
  const { institution, keyid, roles, post, validUntil } = key
  const body: Me = {
    institution,
    keyid,
    roles,
    ...(post === undefined ? {} : { post }),
    validUntil,
    agreements,
    now,
    vkey: vkey.trimEnd(),
    logSize,
  }
  return commit([{ action: 'me.read', outcome: 'allowed' }], [], { body })
}

const bind = (): Deps => {
  const dynamodb = dynamodbClient()
  return { ...stackDeps(dynamodb), sequence: boundSequence(dynamodb, kmsClient()) }
}

export const handler = route('me.read', getMe, bind())
