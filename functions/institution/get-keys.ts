// GET /v1/institutions and GET /v1/institutions/{institution}/keys: who there is, and the public keys of each with
// their history, for whoever verifies its signatures.
import { keyView } from '../../events/institution.ts'
import { Refused } from '../../events/refusal.ts'
import { InstitutionCode } from '../../schemas/ids.ts'
import { byRoute } from '../http/by-route.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { type Door, route } from '../http/route.ts'

export const needs = everySignedDoor

export const listInstitutions: Door<'institution.list'> = async (
  { query, commit },
  { directory },
) => {
  const { limit = 50, cursor } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, InstitutionCode)
  const { items, next } = await directory.institutions(limit, after)
  await commit({ occurrences: [{ action: 'institution.list', outcome: 'allowed' }] })
  return { body: { items, ...(next ? { next: writeCursor(next) } : {}) } }
}

export const getKeys: Door<'institution.keys'> = async (
  { params, now, known, commit },
  { directory },
) => {
  const keyids = await directory.keyidsOf(params.institution, known)
  if (!keyids) throw new Refused('forbidden')
  const items = (await directory.readKeys(keyids)).map(key => keyView(key, now))
  await commit({ occurrences: [{ action: 'key.read', outcome: 'allowed' }] })
  return { body: { items } }
}

const deps = bind(needs)
export const handler = byRoute({
  'institution.list': route('institution.list', listInstitutions, { deps }),
  'institution.keys': route('institution.keys', getKeys, {
    deps,
    ahead: ({ params }, { directory }) => [directory.institutionAt(params.institution)],
  }),
})
