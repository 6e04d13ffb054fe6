// POST /v1/institutions/{institution}/keys, …/{keyid}/confirmation and …/{keyid}/revocation: an institution changes its own keys.
// Two persons make a key, one ends it. Each decision is a condition of the transaction that records it.
import { confirmKey, keyTerms, keyView, proposeKey, revokeKey } from '../../events/institution.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import type { InstitutionCode, Keyid } from '../../schemas/ids.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { stackDeps } from '../aws/stack-deps.ts'
import { isProven } from '../crypto/key-proof.ts'
import { algorithmOf } from '../../signatures/algorithms.ts'
import { thumbprint } from '../../signatures/keys.ts'
import { strongKey } from '../../signatures/public-key.ts'
import { byRoute } from '../http/by-route.ts'
import type { StackDeps } from '../http/respond.ts'
import { type Answer, type RequestOf, route } from '../http/route.ts'

export const propose = async (
  { params: { institution }, body, caller, about, now, commit }: RequestOf<'key.enrol'>,
  { authority, directory }: StackDeps,
): Promise<Answer> => {
  if (institution !== caller.institution) throw new Refused('forbidden')
  const material = await strongKey(body.jwk)
  if (!material) throw new Refused('invalid-request', [{ pointer: '/jwk', code: 'weak-key' }])
  if (algorithmOf[body.jwk.kty] !== body.alg)
    throw new Refused('invalid-request', [{ pointer: '/alg', code: 'not-allowed' }])
  const keyid = await thumbprint(body.jwk)
  about.subjectKeyid = keyid
  if (!(await isProven(body, material, { institution, keyid, authority, now })))
    throw new Refused('proof-invalid')
  // Whoever holds a key may know that it is there; whose it is, nobody is told. Decided by the write below, if two propose it at once.
  if (await directory.readKey(keyid)) throw new Refused('key-exists')
  const { length: keys } = (await directory.keyidsOf(institution)) ?? []
  const key = accepted(proposeKey(body, { institution, keyid, keys }, { by: caller.keyid, now }))
  return commit(
    [{ action: 'key.enrol', outcome: 'allowed', ...about, key: keyTerms(key) }],
    [...directory.addKey(key), directory.unrevoked(caller.keyid, now, 'key-revoked')],
    { body: keyView(key, now) },
  )
}

/** The key that is to be changed. Another institution's is answered as none. */
const ownKey = async (
  { institution, keyid }: { institution: InstitutionCode; keyid: Keyid },
  caller: { institution: InstitutionCode },
  { directory }: StackDeps,
): Promise<DirectoryKey> => {
  if (institution !== caller.institution) throw new Refused('forbidden')
  const key = await directory.readKey(keyid)
  if (key?.institution !== institution) throw new Refused('forbidden')
  return key
}

export const confirm = async (
  { params, body, caller, about, now, commit }: RequestOf<'key.confirm'>,
  deps: StackDeps,
): Promise<Answer> => {
  const { directory } = deps
  const key = await ownKey(params, caller, deps)
  const proposer = key.proposedBy && (await directory.readKey(key.proposedBy))
  const by = caller.keyid
  const confirmed = accepted(confirmKey(body, key, proposer || undefined, { by, now }))
  return commit(
    [{ action: 'key.confirm', outcome: 'allowed', ...about, key: keyTerms(confirmed) }],
    [
      directory.changeKey(key, confirmed),
      // Read again where it was the proposer's, so that the answer says what has become of the proposal.
      ...(proposer ? [directory.unrevoked(proposer.keyid, now, 'moved')] : []),
      directory.unrevoked(by, now, 'key-revoked'),
    ],
    { body: keyView(confirmed, now) },
  )
}

export const revoke = async (
  { params, body, caller, about, now, commit }: RequestOf<'key.revoke'>,
  deps: StackDeps,
): Promise<Answer> => {
  const key = await ownKey(params, caller, deps)
  const { keyid: by, role } = caller
  const occurrence = { action: 'key.revoke', outcome: 'allowed', ...about } as const
  const fact = revokeKey(body, key, { by, role, now })
  if (fact === 'already')
    return commit([{ ...occurrence, key: keyTerms(key) }], [], { body: keyView(key, now) })
  const revoked = accepted(fact)
  return commit(
    [{ ...occurrence, key: keyTerms(revoked) }],
    [deps.directory.changeKey(key, revoked)],
    {
      body: keyView(revoked, now),
    },
  )
}

const deps = stackDeps(dynamodbClient())
export const handler = byRoute({
  'key.enrol': route('key.enrol', propose, deps),
  'key.confirm': route('key.confirm', confirm, deps),
  'key.revoke': route('key.revoke', revoke, deps),
})
