// GET /v1/agreements and GET /v1/agreements/{agreementId}: what the caller's institution agreed to, as it stands.
import { agreementView } from '../../events/agreement-view.ts'
import { guatemalaCity } from '../../events/calendar-guatemala.ts'
import { isParty } from '../../events/agreement.ts'
import { keyView } from '../../events/institution.ts'
import type { Standing } from '../../events/notice.ts'
import { Refused } from '../../events/refusal.ts'
import { underAgreement } from '../../events/seen-under.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import { AgreementId, type InstitutionCode, type Instant } from '../../schemas/ids.ts'
import { type Given, bind, everySignedDoor } from '../aws/bind.ts'
import { sha256Of } from '../crypto/statement.ts'
import { byRoute } from '../http/by-route.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { callersInstitution } from '../http/identify.ts'
import { type Door, route } from '../http/route.ts'

export const needs = [...everySignedDoor, 'agreements:read'] as const
type Deps = Given<typeof needs>

const views = async (kept: readonly KeptAgreement[], now: Instant, deps: Deps) => {
  const parties = new Set(kept.flatMap(({ parties: both }) => both))
  const [standings, posts] = await Promise.all([
    deps.agreements.read(kept),
    postsOf([...parties], now, deps),
  ])
  return standings.map((standing: Standing) => {
    const own = posts.filter(({ institution }) => isParty(standing.agreement, institution))
    const { id, version } = guatemalaCity
    return agreementView(standing, {
      now,
      calendar: { id, version },
      posts: own,
      digestOf: sha256Of,
    })
  })
}

/** The posts of institutions whose keys sign now, each once. */
const postsOf = async (
  institutions: readonly InstitutionCode[],
  now: Instant,
  { directory }: Deps,
) => {
  const keyids = await Promise.all(institutions.map(code => directory.keyidsOf(code)))
  const keys = await directory.readKeys(keyids.flatMap(ids => ids ?? []))
  const held = keys
    .map(key => keyView(key, now))
    .filter(({ state, validFrom, validUntil }) => {
      const valid = validFrom <= now && now <= validUntil
      return valid && (state === undefined || state === 'active')
    })
    .flatMap(({ post, institution }) => (post ? [{ post, institution }] : []))
  const unique = new Map(held.map(one => [`${one.institution} ${one.post}`, one]))
  return [...unique.keys()].toSorted().flatMap(name => unique.get(name) ?? [])
}

export const listAgreements: Door<'agreement.list', typeof needs> = async (
  { query, caller, now, known, commit },
  deps,
) => {
  const { limit = 50, cursor } = query
  const after = cursor === undefined ? '' : readCursor(cursor, AgreementId)
  const own = await deps.directory.agreementsOf(caller.institution, known)
  const wanted = own.toSorted().filter(id => id > after)
  const here = wanted.slice(0, limit)
  const found = await deps.directory.findAgreements(here)
  const items = await views(
    here.flatMap(id => found.get(id) ?? []),
    now,
    deps,
  )
  const last = here.at(-1)
  await commit({ occurrences: [{ action: 'agreement.list', outcome: 'allowed' }] })
  return {
    body: { items, ...(wanted.length > limit && last ? { next: writeCursor(last) } : {}) },
  }
}

export const getAgreement: Door<'agreement.read', typeof needs> = async (
  { params, caller, about, now, known, commit },
  deps,
) => {
  const kept = await deps.directory.findAgreement(params.agreementId, known)
  about.agreementId = kept && underAgreement(kept.agreementId)
  if (!kept || !isParty(kept, caller.institution)) throw new Refused('forbidden')
  const [body] = await views([kept], now, deps)
  if (!body) throw new Error('an agreement without its standing')
  await commit({ occurrences: [{ action: 'agreement.read', outcome: 'allowed', ...about }] })
  return { body }
}

const deps = bind(needs)
export const handler = byRoute({
  'agreement.list': route('agreement.list', listAgreements, {
    deps,
    ahead: callersInstitution,
  }),
  'agreement.read': route('agreement.read', getAgreement, {
    deps,
    ahead: ({ params }, { directory }) => [directory.agreementAt(params.agreementId)],
  }),
})
