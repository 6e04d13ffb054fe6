// What the hub makes of a request, and the changes that forgeries are described by.
import { SignatureRefused } from '../../signatures/refusal.ts'
import type { RawRequest } from '../../functions/http/request.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import { Algorithm, type DirectoryKey } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { type Draft, authority, draft, now, seconds } from './signing.ts'
import { directoryKey } from './key-pairs.ts'

export const directory = Algorithm.options.map(alg => directoryKey(alg))
export const later = (ms: number) => Instant.parse(new Date(Date.parse(now) + ms).toISOString())

/** What the hub makes of a request: accepted or the code, and how often it looked a key up. */
export const judge = async (request: RawRequest, { at = now, keys = directory } = {}) => {
  let lookups = 0
  const findKey = async (keyid: string): Promise<DirectoryKey | undefined> => {
    lookups += 1
    return keys.find(key => key.keyid === keyid)
  }
  try {
    const { key, nonce } = await verifyRequest(request, { authority, now: at, findKey })
    return { outcome: 'accepted', lookups, keyid: key.keyid, nonce }
  } catch (error) {
    if (!(error instanceof SignatureRefused)) throw error
    return { outcome: error.code, lookups }
  }
}

export const without = (name: string) => (given: Draft) => {
  const { [name]: _, ...parameters } = given.parameters
  return { parameters }
}
export const withParameters = (parameters: Record<string, string>) => (given: Draft) => ({
  parameters: { ...given.parameters, ...parameters },
})
export const times = (created: number, expires: number) =>
  withParameters({ created: `${seconds + created}`, expires: `${seconds + expires}` })
export const covering = (change: (components: string[]) => string[]) => (given: Draft) => ({
  components: change(given.components),
})
export const withHeaders = (headers: Record<string, string>) => (given: Draft) => ({
  headers: { ...given.headers, ...headers },
})
export const get = (given: Draft) => ({
  method: 'GET',
  headers: {},
  body: Buffer.alloc(0),
  components: given.components.slice(0, 4),
})

export type Change = (given: Draft) => Partial<Draft>
export const drafted = (change: Change = () => ({}), alg: Algorithm = 'ed25519'): Draft => {
  const given = draft(alg)
  return { ...given, ...change(given) }
}
