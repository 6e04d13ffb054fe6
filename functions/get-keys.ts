// GET /v1/institutions/{institution}/keys: the public keys of an institution with their history, for whoever verifies its signatures.
import { Refused } from '../events/refusal.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { stackDeps } from './aws/stack-deps.ts'
import type { StackDeps } from './http/respond.ts'
import { type Answer, type RequestOf, route } from './http/route.ts'

export const getKeys = async (
  { params, commit }: RequestOf<'institution.keys'>,
  { directory }: StackDeps,
): Promise<Answer> => {
  const items = await directory.keysOf(params.institution)
  if (!items) throw new Refused('forbidden')
  return commit([{ action: 'key.read', outcome: 'allowed' }], [], { body: { items } })
}

export const handler = route('institution.keys', getKeys, stackDeps(dynamodbClient()))
