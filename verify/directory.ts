// The directory as the log has it: every key's history, rebuilt from the entries alone. keys.json is held against it
// (keys.ts).
import type { KeyTerms } from '../schemas/access-log.ts'
import type { KeyEvent } from '../schemas/agreement.ts'
import type { Told } from './entries.ts'
import { Failed, type FailureCode } from './verdict.ts'

/**
 * A key as the log leaves it. `index`: of the entry that did. `late`: taken up when it had long been in the directory.
 */
export type LoggedKey = { terms: KeyTerms; history: KeyEvent[]; index: number; late: boolean }

/** Milliseconds between what a key's history says and the time of its entry: the same transaction, and its retries. */
const commitSlack = 60_000

const changing: ReadonlySet<string> = new Set(['key.enrol', 'key.confirm', 'key.revoke'])

/** Entries that changed a key. An answer given again, a refusal and a failure did not. */
const changes = ({ action, outcome, code }: Told): boolean =>
  changing.has(action) && outcome === 'allowed' && code === undefined

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What a key may do and for how long: never changed, but for the beginning that a confirmation gives it. */
const standing = ({ institution, roles, post, validUntil, proposedBy }: KeyTerms) => [
  institution,
  roles,
  post,
  validUntil,
  proposedBy,
]
const revocation = ({ revokedAt, revocationReason, invalidityDate }: KeyTerms) => ({
  revokedAt,
  revocationReason,
  ...(invalidityDate === undefined ? {} : { invalidityDate }),
})

type Change = { entry: Told; terms: KeyTerms; index: number; held: LoggedKey | undefined }

/** The events that an entry adds to a key's history; what it must not do ends the verification. */
const step = ({ entry, terms, index, held }: Change): LoggedKey => {
  const { action, actor, subjectKeyid: keyid = '', time } = entry
  const fail = (code: FailureCode): never => {
    throw new Failed(code, keyid, index)
  }
  const { at, before, validFrom, proposedBy, confirmedBy, revokedAt } = terms
  if (actor.institution === 'HUB') {
    if (proposedBy === undefined && confirmedBy !== undefined) return fail('key-unproposed')
    if (before === undefined) {
      if (held) return fail('key-enrolled-twice')
      if (at !== time || (proposedBy ?? revokedAt) !== undefined) return fail('key-terms-stray')
      const history: KeyEvent[] = [{ event: 'enrolled', at, by: 'deployment' }]
      return { terms, history, index, late: false }
    }
    // What the log has of it already must be in what the deployment takes up: all of it, as it was.
    if (held?.history.some(event => !before.some(each => same(each, event))))
      return fail('key-history-rewritten')
    if (!matches(terms, before)) return fail('key-history-rewritten')
    return { terms, history: before, index, late: true }
  }

  const by = actor.keyid ?? fail('key-by-another')
  if (before !== undefined) return fail('key-terms-stray')
  if (actor.institution !== terms.institution) return fail('key-by-another')
  const unchanged = held !== undefined && same(terms, { ...held.terms, before: undefined })
  if (action === 'key.revoke' && unchanged) return held
  const ago = Date.parse(time) - Date.parse(at)
  if (ago < -commitSlack || ago > commitSlack) return fail('key-backdated')
  if (action === 'key.enrol') {
    if (held) return fail('key-enrolled-twice')
    if (proposedBy !== by) return fail('key-by-another')
    if ((confirmedBy ?? revokedAt) !== undefined) return fail('key-terms-stray')
    return { terms, history: [{ event: 'proposed', at, by }], index, late: false }
  }
  if (!held) return fail('key-unproposed')
  const { terms: was, history } = held
  if (!same(standing(terms), standing(was))) return fail('key-terms-changed')
  const next = (event: KeyEvent) => ({ ...held, terms, history: [...history, event], index })
  if (action === 'key.confirm') {
    if (was.proposedBy === undefined || was.confirmedBy !== undefined) return fail('key-unproposed')
    if (by === was.proposedBy) return fail('key-self-confirmed')
    if (confirmedBy !== by) return fail('key-by-another')
    if (validFrom !== (was.validFrom < at ? at : was.validFrom)) return fail('key-backdated')
    if (!same(revocation(terms), revocation(was))) return fail('key-revocation-undone')
    return next({ event: 'confirmed', at, by })
  }
  if (validFrom !== was.validFrom || confirmedBy !== was.confirmedBy)
    return fail('key-terms-changed')
  // A revocation is never undone or put off, and takes no effect before it was decided.
  const { invalidityDate: doubt, revocationReason } = terms
  if (revokedAt === undefined || revocationReason === undefined)
    return fail('key-revocation-undone')
  const putOff = was.revokedAt !== undefined && revokedAt > was.revokedAt
  const cleared = was.invalidityDate !== undefined && (doubt ?? '~') > was.invalidityDate
  if (putOff || cleared) return fail('key-revocation-undone')
  if (revokedAt !== was.revokedAt && revokedAt < at) return fail('key-backdated')
  const decided = { ...revocation(terms), revokedAt, revocationReason }
  return next({ event: 'revoked', at, by, ...decided })
}

/** Whether a key's terms are what its history, where there is one, has come to. */
const matches = (terms: KeyTerms, history: readonly KeyEvent[]): boolean => {
  if (history.length === 0) return true
  const by = (event: KeyEvent['event']) => history.find(each => each.event === event)?.by
  const last = history.findLast(each => each.event === 'revoked')
  return (
    terms.proposedBy === by('proposed') &&
    terms.confirmedBy === by('confirmed') &&
    terms.revokedAt === last?.revokedAt &&
    terms.revocationReason === last?.revocationReason &&
    terms.invalidityDate === last?.invalidityDate
  )
}

/**
 * Rebuilds the directory.
 * @returns each key that the log tells of, by keyid
 * @throws Failed where an entry says of a key what it cannot have made of it
 */
export const directoryOf = (entries: readonly Told[]): Map<string, LoggedKey> => {
  const keys = new Map<string, LoggedKey>()
  const bare: { keyid: string; index: number }[] = []
  entries.forEach((entry, index) => {
    const { key: terms, subjectKeyid: keyid } = entry
    if (!changes(entry)) {
      if (terms) throw new Failed('key-terms-stray', keyid ?? entry.action, index)
      return
    }
    if (!terms || keyid === undefined) bare.push({ keyid: keyid ?? '', index })
    else keys.set(keyid, step({ entry, terms, index, held: keys.get(keyid) }))
  })
  // Entries of a hub whose log had no key histories: the deployment has taken the key up since.
  for (const { keyid, index } of bare) {
    const taken = keys.get(keyid)
    if (!taken?.late || taken.index < index) throw new Failed('key-terms-missing', keyid, index)
  }
  return keys
}
