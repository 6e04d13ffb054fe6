// Folios of the referrals that entries of the log name by their ids: people know a referral by its folio. They never
// change: each is asked for once while somebody is at the screen, for asking is an entry of the log too.
import { useEffect, useState } from 'preact/hooks'
import { foliosOf } from '../../client/folios.ts'
import { HubError } from '../../client/refusal.ts'
import type { Session } from './session.ts'

type Known = { folios: Map<string, string>; asked: Set<string> }
const ofSession = new WeakMap<Session, Known>()

const knownTo = (of: Session): Known => {
  const known = ofSession.get(of) ?? { folios: new Map(), asked: new Set() }
  ofSession.set(of, known)
  return known
}

/** The folio of a referral that somebody has just found by it. */
export const rememberFolio = (of: Session, referralId: string, folio: string): void =>
  void knownTo(of).folios.set(referralId, folio)

/** `alone`: the newest referrals are listed, and where one is older it is asked for by itself. */
const learn = async (of: Session, ids: readonly string[], alone: boolean): Promise<void> => {
  const { folios, asked } = knownTo(of)
  const unknown = ids.filter(id => !folios.has(id) && !asked.has(id))
  if (unknown.length === 0) return
  for (const id of unknown) asked.add(id)
  try {
    for (const [id, folio] of await foliosOf(of.client, unknown)) folios.set(id, folio)
    for (const id of alone ? unknown.filter(one => !folios.has(one)) : [])
      folios.set(id, (await of.client.getReferral(id)).body.folio)
  } catch (error) {
    if (error instanceof HubError) return
    for (const id of unknown) asked.delete(id)
    throw error
  }
}

type About = readonly { referralId?: string | undefined }[]

/** Folios by id, as far as this institution may read them; what the hub does not tell, or not now, has none. */
export const useFolios = (
  of: Session,
  about: About,
  alone = false,
): ReadonlyMap<string, string> => {
  const [, shown] = useState(0)
  const ids = [...new Set(about.flatMap(({ referralId }) => referralId ?? []))]
  useEffect(() => {
    let gone = false
    learn(of, ids, alone).then(
      () => gone || shown(n => n + 1),
      () => {},
    )
    return () => {
      gone = true
    }
  }, [of, ids.join(), alone])
  return knownTo(of).folios
}

/** That of one referral, whose header this institution may read: however old it is. */
export const useFolio = (of: Session, referralId: string | undefined, mayRead = true) =>
  useFolios(of, [{ referralId }], mayRead).get(referralId ?? '')
