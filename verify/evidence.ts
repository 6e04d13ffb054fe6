// The request behind an entry: its RFC 9421 signature verified again, over a signature base rebuilt from the entry
// alone. Nothing here knows of another entry (requests.ts does): so entries can be looked at side by side.
import {
  type Claimed,
  type Line,
  always,
  baseOf,
  readClaimed,
  tag as ourTag,
} from '../signatures/base.ts'
import { utf8 } from '../log/bytes.ts'
import * as policy from '../signatures/policy.ts'
import type { RequestEvidence } from '../schemas/access-log.ts'
import { callersActions, refuseOtherAction } from './actions.ts'
import type { LoggedEntry } from './entries.ts'
import { processingSlack } from './keys.ts'
import { Failed } from './verdict.ts'

/** The hub's own window, in milliseconds. */
const [maxLifetime, maxAhead] = [policy.maxLifetime * 1000, policy.maxAhead * 1000]

/** Whether a key made a signature; whatever bytes come as one, the answer is yes or no. */
export type Check = (data: Uint8Array, signature: Uint8Array) => boolean

type Signed = Pick<Claimed, 'components' | 'params' | 'signature'> & {
  created: number
  expires: number
  nonce: string
  keyid: string
}

/** The member `hub` of both fields. */
const readSigned = ({ signatureInput, signature }: RequestEvidence): Signed | undefined => {
  const headers = { 'signature-input': signatureInput ?? '', signature: signature ?? '' }
  const claimed = readClaimed({ headers })
  if (!claimed?.bare) return undefined
  const { components, parameters } = claimed
  const [created, expires, nonce, keyid, tag] = ['created', 'expires', 'nonce', 'keyid', 'tag'].map(
    name => parameters.get(name),
  )
  if (tag !== ourTag) return undefined
  if (typeof created !== 'number' || typeof expires !== 'number') return undefined
  if (typeof nonce !== 'string' || typeof keyid !== 'string') return undefined
  if (new Set(components).size < components.length) return undefined
  const { params, signature: bytes } = claimed
  return { components, created, expires, nonce, keyid, params, signature: bytes }
}

/**
 * The value of a component (RFC 9421 §2.2): derived from the members of the evidence where it can be, else as it was
 * covered.
 */
const valueOf = (
  name: string,
  { method, path, contentDigest, covered = {} }: RequestEvidence,
): string | undefined => {
  const derived: Record<string, string | undefined> = {
    '@method': method,
    '@path': path,
    'content-digest': contentDigest?.trim(),
  }
  if (Object.hasOwn(derived, name)) return derived[name]
  return Object.hasOwn(covered, name) ? covered[name] : undefined
}

const elsewhere = ['@method', '@path', 'content-digest']

const verifyEvidence = (
  { time, actor, request }: LoggedEntry,
  check: Check | undefined,
  index: number,
): Signed => {
  if (request.signatureInput === undefined || request.signature === undefined)
    throw new Failed('evidence-missing', request.id, index)
  const signed = readSigned(request)
  if (!signed) throw new Failed('evidence-malformed', request.id, index)
  const { components, created, expires, keyid, params, signature } = signed
  if (keyid !== actor.keyid) throw new Failed('evidence-keyid', keyid, index)
  const required = [...always, ...(request.contentDigest === undefined ? [] : ['content-digest'])]
  const open = required.find(name => !components.includes(name))
  // What depends on a proxy proves nothing, and no hub has taken it.
  const derived = components.find(name => name.startsWith('@') && !always.includes(name))
  const wrong = open ?? derived
  if (wrong !== undefined) throw new Failed('evidence-coverage', wrong, index)
  const expected = components.filter(name => !elsewhere.includes(name))
  const given = Object.keys(request.covered ?? {})
  const odd = [...expected, ...given].find(
    name => !expected.includes(name) || !given.includes(name),
  )
  if (odd !== undefined) throw new Failed('evidence-covered', odd, index)
  const at = Date.parse(time)
  const [from, until] = [created * 1000, expires * 1000]
  const fits =
    until > from &&
    until - from <= maxLifetime &&
    at >= from - maxAhead &&
    at <= Math.min(from + maxLifetime, until) + processingSlack
  if (!fits) throw new Failed('evidence-window', time, index)
  const lines = components.map((name): Line => {
    const value = valueOf(name, request)
    if (value === undefined) throw new Failed('evidence-covered', name, index)
    return { name, value }
  })
  const base = utf8(baseOf(lines, params))
  if (check && !check(base, signature)) throw new Failed('evidence-signature', request.id, index)
  return signed
}

/** Nothing but what the hub writes about itself: no key, no signature, and no action that is a caller's. */
const verifyHubs = ({ actor, action, request }: LoggedEntry, index: number): void => {
  const { id: _id, method, path: _path, ...more } = request
  const own = actor.institution === 'HUB' && actor.role === 'hub' && actor.keyid === undefined
  // The deployment enrols first keys and brings the console; all else that nobody signed is the clock's.
  const enrols = action === 'key.enrol'
  const deploys = enrols || action === 'hub.clock' || action === 'hub.console'
  const by = deploys ? 'DEPLOYMENT' : 'SCHEDULE'
  if (!own || method !== by || Object.keys(more).length > 0)
    throw new Failed('hub-evidence', request.id, index)
  if (!enrols && callersActions.has(action)) throw new Failed('hub-action', action, index)
}

/** A hub on one's own machine is named by its port, and may get another at each start. */
const nameOf = (authority: string | undefined) =>
  authority?.replace(/^(127\.0\.0\.1|localhost|\[::1\]):\d+$/, '$1')

export const namesOf = (authorities: readonly string[]) => new Set(authorities.map(nameOf))

export const isHubs = ({ actor }: Pick<LoggedEntry, 'actor'>): boolean =>
  actor.institution === 'HUB' || actor.role === 'hub'

/** What an entry is measured by. */
export type Measure = {
  /** Names of the hub: what was signed for another is not of its log. */
  names: ReadonlySet<string | undefined>
  /** By keyid. Without its key a signature is not looked at: nobody may rest on it. */
  checks: ReadonlyMap<string, Check>
}

/**
 * Verifies an entry's request, as far as it can be without another entry and without the directory.
 * @returns the nonce that it spent; undefined for what the hub did by itself
 */
export const verifyRequest = (
  entry: LoggedEntry,
  { names, checks }: Measure,
  index: number,
): string | undefined => {
  if (isHubs(entry)) {
    verifyHubs(entry, index)
    return undefined
  }
  const { actor, request } = entry
  const { nonce } = verifyEvidence(entry, checks.get(actor.keyid ?? ''), index)
  const authority = request.covered?.['@authority']
  if (!names.has(nameOf(authority))) throw new Failed('evidence-authority', authority ?? '', index)
  refuseOtherAction(entry, index)
  return nonce
}
