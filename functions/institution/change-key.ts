// POST /v1/institutions/{institution}/keys, …/{keyid}/confirmation and …/{keyid}/revocation: an institution changes its
// own keys. Two persons make a key, one ends it. Each decision is a condition of the transaction that records it.
import {
  committedBy,
  confirmKey,
  keyTerms,
  keyView,
  proposeKey,
  revokeKey,
} from '../../events/institution.ts'
import { Refused, accepted } from '../../events/refusal.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { isProven } from '../crypto/key-proof.ts'
import { algorithmOf } from '../../signatures/algorithms.ts'
import { thumbprint } from '../../signatures/keys.ts'
import { strongKey } from '../../signatures/public-key.ts'
import { byRoute } from '../http/by-route.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import type { Ahead } from '../http/identify.ts'
import { type Door, type RequestOf, route } from '../http/route.ts'

export const needs = [...everySignedDoor, 'requests:answer', 'directory:change'] as const
type Deps = Given<typeof needs>

export const propose: Door<'key.enrol', typeof needs> = async (
  { params: { institution }, body, caller, about, now, commit },
  { authority, directory },
) => {
  if (institution !== caller.institution) throw new Refused('forbidden')
  const material = await strongKey(body.jwk)
  if (!material) throw new Refused('invalid-request', [{ pointer: '/jwk', code: 'weak-key' }])
  if (algorithmOf[body.jwk.kty] !== body.alg)
    throw new Refused('invalid-request', [{ pointer: '/alg', code: 'not-allowed' }])
  const keyid = await thumbprint(body.jwk)
  about.subjectKeyid = keyid
  if (!(await isProven(body, material, { institution, keyid, authority, now })))
    throw new Refused('proof-invalid')
  // Whoever holds a key may know that it is there; whose it is, nobody is told. Decided by the write below, if two
  // propose it at once.
  if (await directory.readKey(keyid)) throw new Refused('key-exists')
  const { length: keys } = (await directory.keyidsOf(institution)) ?? []
  const key = accepted(proposeKey(body, { institution, keyid, keys }, { by: caller.keyid, now }))
  const answer = { body: keyView(key, now) }
  await commit({
    occurrences: [{ action: 'key.enrol', outcome: 'allowed', ...about, key: keyTerms(key) }],
    writes: [
      ...directory.addKey(key),
      directory.unrevoked(caller.keyid, committedBy(now), 'key-revoked'),
    ],
    answer,
  })
  return answer
}

/** The key that is to be changed. Another institution's is answered as none. */
const ownKey = async (
  {
    params: { institution, keyid },
    caller,
    known,
  }: Pick<RequestOf<'key.confirm'>, 'params' | 'caller' | 'known'>,
  { directory }: Deps,
): Promise<DirectoryKey> => {
  if (institution !== caller.institution) throw new Refused('forbidden')
  const key = await directory.readKey(keyid, known)
  if (key?.institution !== institution) throw new Refused('forbidden')
  return key
}

export const confirm: Door<'key.confirm', typeof needs> = async (
  { params, body, caller, about, now, known, commit },
  deps,
) => {
  const { directory } = deps
  const key = await ownKey({ params, caller, known }, deps)
  const proposer = key.proposedBy && (await directory.readKey(key.proposedBy))
  const by = caller.keyid
  const confirmed = accepted(confirmKey(body, key, proposer || undefined, { by, now }))
  const answer = { body: keyView(confirmed, now) }
  await commit({
    occurrences: [
      { action: 'key.confirm', outcome: 'allowed', ...about, key: keyTerms(confirmed) },
    ],
    writes: [
      directory.changeKey(key, confirmed),
      // Read again where it was the proposer's, so that the answer says what has become of the proposal.
      ...(proposer ? [directory.unrevoked(proposer.keyid, committedBy(now), 'moved')] : []),
      directory.unrevoked(by, committedBy(now), 'key-revoked'),
    ],
    answer,
  })
  return answer
}

export const revoke: Door<'key.revoke', typeof needs> = async (
  { params, body, caller, about, now, known, commit },
  deps,
) => {
  const key = await ownKey({ params, caller, known }, deps)
  const { keyid: by, role } = caller
  const occurrence = { action: 'key.revoke', outcome: 'allowed', ...about } as const
  const fact = revokeKey(body, key, { by, role, now })
  const [revoked, writes] =
    fact === 'already'
      ? [key, []]
      : [accepted(fact), [deps.directory.changeKey(key, accepted(fact))]]
  const answer = { body: keyView(revoked, now) }
  await commit({ occurrences: [{ ...occurrence, key: keyTerms(revoked) }], writes, answer })
  return answer
}

/** Another institution's is answered as none: it is not looked for. */
const ahead: Ahead<RequestOf<'key.confirm'>['params'], Deps> = (
  { params: { institution, keyid }, caller },
  { directory },
) => (institution === caller.institution ? [directory.keyAt(keyid)] : [])

const deps = bind(needs)
export const handler = byRoute({
  'key.enrol': route('key.enrol', propose, { deps }),
  'key.confirm': route('key.confirm', confirm, { deps, ahead }),
  'key.revoke': route('key.revoke', revoke, { deps, ahead }),
})
