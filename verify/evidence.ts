// The requests behind the entries: each RFC 9421 signature verified again, over a signature base rebuilt from the entry
// alone.
import { availableParallelism } from 'node:os'
import {
  type Claimed,
  type Line,
  always,
  baseOf,
  readClaimed,
  tag as ourTag,
} from '../signatures/base.ts'
import * as policy from '../signatures/policy.ts'
import type { RequestEvidence } from '../schemas/access-log.ts'
import { callersActions, refuseOtherAction } from './actions.ts'
import type { LoggedEntry } from './entries.ts'
import { keyOf, processingSlack, type VerifierKey } from './keys.ts'
import { Failed } from './verdict.ts'

/** The hub's own window, in milliseconds. */
const [maxLifetime, maxAhead] = [policy.maxLifetime * 1000, policy.maxAhead * 1000]

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
  key: VerifierKey,
  index: number,
): Signed & { holds: Promise<boolean> } => {
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
  const base = new TextEncoder().encode(baseOf(lines, params))
  return { ...signed, holds: key.verify(base, signature) }
}

/** Nothing but what the hub writes about itself: no key, no signature, and no action that is a caller's. */
const verifyHubs = ({ actor, action, request }: LoggedEntry, index: number): void => {
  const { id: _id, method, path: _path, ...more } = request
  const own = actor.institution === 'HUB' && actor.role === 'hub' && actor.keyid === undefined
  // The deployment enrols first keys; all else that nobody signed is the clock's.
  const enrols = action === 'key.enrol'
  const by = enrols || action === 'hub.clock' ? 'DEPLOYMENT' : 'SCHEDULE'
  if (!own || method !== by || Object.keys(more).length > 0)
    throw new Failed('hub-evidence', request.id, index)
  if (!enrols && callersActions.has(action)) throw new Failed('hub-action', action, index)
}

/** A hub on one's own machine is named by its port, and may get another at each start. */
const nameOf = (authority: string | undefined) =>
  authority?.replace(/^(127\.0\.0\.1|localhost|\[::1\]):\d+$/, '$1')

/** `done` of `all` entries. */
export type Progress = (done: number, all: number) => void

/** Signatures that are being checked, in the order of their entries; the first that does not hold ends it all. */
const inOrder = (most: number) => {
  const checked: { entry: LoggedEntry; index: number; holds: Promise<boolean> }[] = []
  let first = 0
  const next = async () => {
    const { entry, index, holds } = checked[first] as (typeof checked)[number]
    first += 1
    if (!(await holds)) throw new Failed('evidence-signature', entry.request.id, index)
  }
  return {
    add: (entry: LoggedEntry, index: number, holds: Promise<boolean>): void => {
      // Whoever fails first is waited for; of those behind it nobody asks any more.
      holds.catch(() => {})
      checked.push({ entry, index, holds })
    },
    /** Waits until there is room for one more. */
    room: async (): Promise<void> => {
      while (checked.length - first >= most) await next()
      if (first < 1024) return
      checked.splice(0, first)
      first = 0
    },
    all: async (): Promise<void> => {
      while (first < checked.length) await next()
    },
  }
}

const evidenceOf = ({ actor, request }: LoggedEntry): string => JSON.stringify([actor, request])

/** Signatures that wait for each thread, so that none of them waits for us. */
const ahead = 16
const progressEach = 1000

/**
 * Verifies every entry's request. Entries of one request (a batch) have one evidence; one signature stands behind one
 * request. What is found first is found in the order of the entries, however many signatures are checked at once.
 * @param authorities the names of the hub: what was signed for another is not of its log
 * @returns how many signed requests there were
 */
export const verifyRequests = async (
  entries: readonly LoggedEntry[],
  keys: ReadonlyMap<string, VerifierKey>,
  {
    authorities,
    workers = availableParallelism(),
    progress,
  }: {
    authorities: readonly string[]
    workers?: number | undefined
    progress?: Progress | undefined
  },
): Promise<number> => {
  const names = new Set(authorities.map(nameOf))
  const evidences = new Map<string, LoggedEntry>()
  const nonces = new Map<string, string>()
  const signatures = inOrder(workers === 1 ? 1 : workers * ahead)

  const verifyOne = (entry: LoggedEntry, index: number): void => {
    const { actor, request } = entry
    const known = evidences.get(request.id)
    if (known && evidenceOf(known) !== evidenceOf(entry))
      throw new Failed('evidence-differs', request.id, index)
    if (!known) evidences.set(request.id, entry)
    if (actor.institution === 'HUB' || actor.role === 'hub') {
      verifyHubs(entry, index)
      return
    }
    const signed = verifyEvidence(entry, keyOf(entry, keys, index), index)
    const { keyid, nonce, holds } = signed
    signatures.add(entry, index, holds)
    const authority = request.covered?.['@authority']
    if (!names.has(nameOf(authority)))
      throw new Failed('evidence-authority', authority ?? '', index)
    refuseOtherAction(entry, index)
    const spent = `${keyid} ${nonce}`
    if ((nonces.get(spent) ?? request.id) !== request.id)
      throw new Failed('evidence-reused', request.id, index)
    nonces.set(spent, request.id)
  }

  for (const [index, entry] of entries.entries()) {
    try {
      verifyOne(entry, index)
    } catch (error) {
      // A signature before it may not hold either: that was first.
      await signatures.all()
      throw error
    }
    await signatures.room()
    if ((index + 1) % progressEach === 0) progress?.(index + 1, entries.length)
  }
  await signatures.all()
  progress?.(entries.length, entries.length)
  return nonces.size
}
