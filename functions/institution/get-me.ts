// GET /v1/me: whom the hub takes the caller for, and what a caller needs to know of the hub: its clock, and the log's
// key and size.
import { Refused } from '../../events/refusal.ts'
import type { Me } from '../../schemas/institution.ts'
import { bind, everySignedDoor } from '../aws/bind.ts'
import { callersInstitution } from '../http/identify.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [...everySignedDoor, 'log:public-key'] as const

export const getMe: Door<'me.read', typeof needs> = async (
  { caller, now, known, commit },
  { directory, accessLog, logKey },
) => {
  const [key, agreements, vkey, logSize] = await Promise.all([
    directory.readKey(caller.keyid),
    directory.agreementsOf(caller.institution, known),
    logKey.verifierKey(),
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
  await commit({ occurrences: [{ action: 'me.read', outcome: 'allowed' }] })
  return { body }
}

export const handler = route('me.read', getMe, {
  deps: bind(needs),
  ahead: callersInstitution,
})
