// What the entries say together. Whoever holds the log's key can sign any tree; what callers signed and what a hub can
// do at all still binds them: these rules are of the whole log, and hold in every honest one.
import { hex, joined } from '../log/bytes.ts'
import type { Action } from '../schemas/access-log.ts'
import type { Status } from '../schemas/referral.ts'
import { begins, verifyHandovers } from './beginnings.ts'
import type { NotedEntry } from './chunk.ts'
import type { Told } from './entries.ts'
import { processingSlack } from './keys.ts'
import { hashAt, type Hashes } from './tree.ts'
import { Failed, type FailureCode } from './verdict.ts'

/**
 * Entries take their place by id, each as soon as it is durable: one that took its time comes later than its time says,
 * no more than this.
 */
const maxBack = processingSlack

/** One acknowledgement may name several messages of one referral (schemas/inbox.ts): an entry for each, all alike. */
const alike: Partial<Record<Action, number>> = { 'inbox.ack': 10, 'inbox.return': 10 }

const refuse = (code: FailureCode, detail: string, index: number): never => {
  throw new Failed(code, detail, index)
}

/** The moment in a UUIDv7 (RFC 9562 §5.7). */
const momentOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

/**
 * Times go forward in the order of the log, but for what the ways to it take. Where a hub says that its clock was set,
 * they begin again.
 * @returns how often that was
 */
export const verifyTimes = (entries: readonly Told[]): number => {
  let latest = 0
  let set = 0
  entries.forEach(({ id, time, action }, index) => {
    const at = Date.parse(time)
    if (Math.abs(momentOf(id) - at) > maxBack) refuse('entry-id-time', id, index)
    if (action === 'hub.clock') {
      set += 1
      latest = at
    }
    if (at < latest - maxBack) refuse('time-backwards', time, index)
    latest = Math.max(latest, at)
  })
  return set
}

/** What one entry must say by its outcome: a refusal its reason, an effect none; and only what happened destroys. */
const verifyOutcome = (entry: Told, index: number): void => {
  const { outcome, code, action, purpose, categories = [], destroyedKeyDigest } = entry
  const allowed = outcome === 'allowed'
  if (allowed && code !== undefined && code !== 'replayed') refuse('outcome-code', code, index)
  if (outcome === 'denied' && code === undefined) refuse('outcome-code', action, index)
  if (!allowed && destroyedKeyDigest !== undefined) refuse('outcome-code', action, index)
  if (
    allowed &&
    action === 'referral.release' &&
    (purpose === undefined || categories.length === 0)
  )
    refuse('release-bare', action, index)
}

/** What a write is named by, so that an answer given again can be found beside the one it repeats. */
const nameOf = ({ actor, action, idempotencyKey, requestId }: NotedEntry): string =>
  JSON.stringify([actor.keyid, action, idempotencyKey ?? requestId])

/** Digests of what each entry says of its request, and of all else but its id and time. */
export type Sayings = { evidences: Hashes; effects: Hashes }

/** No entry twice, no request that submits twice, no answer given again that was never given. */
const verifyOnce = (entries: readonly NotedEntry[], { evidences, effects }: Sayings): void => {
  const counts = new Map<string, number>()
  // Entries that are alike are of one request.
  const requests = new Set<string>()
  const repeated = new Set<string>()
  for (const { requestId } of entries)
    (requests.has(requestId) ? repeated : requests).add(requestId)
  const submitted = new Set<string>()
  // Few logs have many answers that were given again, and most entries are of no write: names are made when one is.
  const replayed = new Set(entries.filter(({ code }) => code === 'replayed').map(nameOf))
  const answered = new Set<string>()
  if (replayed.size > 0)
    for (const entry of entries) {
      if (entry.outcome !== 'allowed' || entry.code) continue
      const name = nameOf(entry)
      if (replayed.has(name)) answered.add(name)
    }
  entries.forEach((entry, index) => {
    if (repeated.has(entry.requestId)) {
      const text = hex(joined([hashAt(evidences, index), hashAt(effects, index)]))
      const count = (counts.get(text) ?? 0) + 1
      counts.set(text, count)
      if (count > (alike[entry.action] ?? 1)) refuse('entry-duplicated', entry.id, index)
    }
    if (entry.code === 'replayed' && !answered.has(nameOf(entry)))
      refuse('replay-of-nothing', entry.requestId, index)
    if (!begins(entry) || entry.chain === undefined) return
    if (submitted.has(entry.requestId)) refuse('submit-repeated', entry.requestId, index)
    submitted.add(entry.requestId)
  })
}

type Placed = { entry: NotedEntry; index: number }

const closed: ReadonlySet<Status> = new Set(['cancelled', 'entered-in-error'])
const ending: ReadonlySet<Action> = new Set([
  'consent.withdraw',
  'consent.expire',
  'referral.shred',
])

/** After this nothing of the referral may leave. */
const ends = ({ action, outcome, status, destroyedKeyDigest }: Told): boolean =>
  outcome === 'allowed' &&
  (ending.has(action) ||
    destroyedKeyDigest !== undefined ||
    (status !== undefined && closed.has(status)))

/** One referral, in the order of its chain: that of its transactions, whatever places the entries took. */
const verifyReferral = (chained: readonly Placed[]): void => {
  const [submission] = chained
  const { consentId, envelopeDigest, actor } = submission?.entry ?? {}
  let over = false
  let destroyed = false
  let recipient: string | undefined
  for (const { entry, index } of chained) {
    const { action, outcome, referralId = '' } = entry
    if (entry.consentId !== undefined && entry.consentId !== consentId)
      refuse('referral-consent', entry.consentId, index)
    if (entry.envelopeDigest !== undefined && entry.envelopeDigest !== envelopeDigest)
      refuse('referral-envelope', entry.envelopeDigest, index)
    if (action === 'referral.release' && outcome === 'allowed') {
      const { institution } = entry.actor
      if (over) refuse('release-after-end', referralId, index)
      if (institution === actor?.institution || institution !== (recipient ?? institution))
        refuse('release-recipient', institution, index)
      recipient = institution
    }
    if (entry.destroyedKeyDigest !== undefined) {
      if (destroyed) refuse('destroyed-twice', referralId, index)
      destroyed = true
    }
    over ||= ends(entry)
  }
}

/**
 * What is served as the console is said by entries of that action, by all of them, and when it is another than before.
 */
const verifyConsoles = (entries: readonly NotedEntry[]): void => {
  let before: string | undefined
  entries.forEach(({ action, console: served }, index) => {
    if ((action === 'hub.console') !== (served !== undefined))
      refuse('console-stray', action, index)
    if (served === undefined) return
    if (served.manifest === before) refuse('console-repeated', served.manifest, index)
    before = served.manifest
  })
}

/** Verifies the meaning of a log whose chains have been followed. */
export const verifyMeaning = (entries: readonly NotedEntry[], sayings: Sayings): void => {
  const referrals = new Map<string, Placed[]>()
  const histories = entries.findIndex(
    ({ action, actor }) => action === 'key.enrol' && actor.institution === 'HUB',
  )
  entries.forEach((entry, index) => {
    verifyOutcome(entry, index)
    const { action, outcome, code, status, referralId, chain } = entry
    const moved = action === 'referral.status' && outcome === 'allowed' && code === undefined
    // A hub whose log had no key histories did not enter it either.
    if (moved && status === undefined && histories >= 0 && index > histories)
      refuse('status-missing', referralId ?? action, index)
    if (referralId === undefined || !chain) return
    const chained = referrals.get(referralId) ?? []
    referrals.set(referralId, chained)
    chained.push({ entry, index })
  })
  verifyOnce(entries, sayings)
  verifyConsoles(entries)
  for (const [referralId, chained] of referrals) {
    const inOrder = chained.toSorted((a, b) => (a.entry.chain?.n ?? 0) - (b.entry.chain?.n ?? 0))
    referrals.set(referralId, inOrder)
    verifyReferral(inOrder)
  }
  verifyHandovers(referrals)
}
