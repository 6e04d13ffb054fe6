// How journeys call a hub: with the client that partners get, as one of its callers. By hand: signed-requests.ts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HubClient, hubClient } from '../../client/hub-client.ts'
import { type PrivateJwk, hubKey } from '../../signatures/keys.ts'
import { HubError } from '../../client/refusal.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import { fetchIndexed } from './late-indexes.ts'

export type HubPlace = { url: string; data: string; aheadMs: number }
export type CallerName =
  | 'igm-system'
  | 'igm-liaison'
  | 'igm-compliance'
  | 'ala-system'
  | 'ala-liaison'
  | 'ala-compliance'
  | 'oim-system'
  | 'stranger'
  | 'igm-liaison-2'
  | 'ala-liaison-2'
  | 'igm-signatory'
  | 'ala-signatory'

type HubFile = {
  url: string
  authority: string
  keys: { name: string; institution: string; roles: string[]; keyid: string; file: string }[]
}

/** Who signs: one of hub.json's callers, or a key of the test's own. */
export type Who = CallerName | { keyid: string; jwk: PrivateJwk }

export const hubFileOf = ({ data }: HubPlace): HubFile =>
  JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8')) as HubFile

/** The key of who signs, and the host that they sign. */
export const keyOf = (place: HubPlace, who: Who) => {
  const { authority, keys } = hubFileOf(place)
  if (typeof who !== 'string') return { authority, ...who }
  const key = keys.find(each => each.name === who)
  if (!key) throw new Error(`hub.json has no ${who}`)
  const jwk = JSON.parse(readFileSync(key.file, 'utf8')) as PrivateJwk
  return { authority, keyid: key.keyid, jwk }
}

export const hubNow = ({ aheadMs }: HubPlace): Date => new Date(Date.now() + aheadMs)

/** The partners' client as a caller, which never sends twice by itself. With `fetch` it waits for no index either. */
export const callerOf = async (hub: HubPlace, name: CallerName, ask = fetchIndexed) => {
  const { authority, jwk } = keyOf(hub, name)
  const key = await hubKey(jwk)
  const how = { retries: 0, now: () => hubNow(hub), fetch: ask }
  return hubClient({ url: hub.url, authority, key, ...how })
}

/** The systems of both sides. */
export const systemsOf = async (hub: HubPlace): Promise<{ igm: HubClient; ala: HubClient }> => ({
  igm: await callerOf(hub, 'igm-system'),
  ala: await callerOf(hub, 'ala-system'),
})

/** The refusal that a call of the partners' client ends in. */
export const refusalOf = async (call: Promise<unknown>): Promise<HubError> => {
  const outcome: unknown = await call.catch((error: unknown) => error)
  if (outcome instanceof HubError) return outcome
  throw new Error('the hub did not refuse', { cause: outcome })
}

/**
 * All that a client pulls, kept: tests that share an inbox find their messages whoever pulled them.
 * `about` waits for the first `count` messages of a referral.
 */
export const inboxOf = (client: HubClient) => {
  const pulled: PulledMessage[] = []
  const of = (referralId: string) => pulled.filter(({ event }) => event.subject === referralId)
  return {
    pulled,
    about: async (referralId: string, count = 1): Promise<PulledMessage[]> => {
      for (let n = 0; n < 30 && of(referralId).length < count; n++)
        pulled.push(...(await client.pull({ max: 10, waitSeconds: 1 })).body.messages)
      if (of(referralId).length < count)
        throw new Error(`${of(referralId).length} of ${count} messages came`)
      return of(referralId)
    },
  }
}
