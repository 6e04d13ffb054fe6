// Consents: each with its referral, its ledger without gaps, and every fact of it in the log.
import { foldConsent } from '../events/consent.ts'
import { isHalfWithdrawn } from '../events/withdrawal.ts'
import type { Action } from '../schemas/access-log.ts'
import type { ConsentEvent } from '../schemas/consent.ts'
import { begins } from '../verify/beginnings.ts'
import type { Facts } from './facts.ts'
import type { Log, Told } from './told.ts'
import type { Find } from './snapshot.ts'

export const verifyConsents = (facts: Facts, log: Log, find: Find): void => {
  const { referrals, ledgers } = facts
  for (const { row } of referrals.values())
    if (!ledgers.has(row.consentId))
      find('consent-missing', `referral ${row.referralId}`, row.consentId)
  const told = Map.groupBy(
    log.all.filter(({ entry }) => entry.outcome === 'allowed' && entry.code === undefined),
    ({ entry }) => entry.consentId as string | undefined,
  )
  for (const [id, events] of ledgers)
    verifyLedger(id, events, { facts, told: told.get(id) ?? [] }, find)
  for (const [id, entries] of told)
    if (id !== undefined) verifyTold(id, { entries, events: ledgers.get(id) ?? [] }, find)
}

const verifyLedger = (
  id: string,
  events: readonly ConsentEvent[],
  { facts, told }: { facts: Facts; told: readonly Told[] },
  find: Find,
): void => {
  const record = `consent ${id}`
  const [first] = events
  const gap = events.findIndex(({ n }, i) => n !== i + 1)
  if (first?.event !== 'granted' || gap >= 0) return find('ledger-gap', record, `n=${gap + 1}`)
  const kept = facts.referrals.get(first.referralId)
  if (kept?.row.consentId !== id) find('consent-orphan', record, first.referralId)
  const consent = foldConsent(events)
  for (const { row } of facts.referrals.values())
    if (row.consentId === id && isHalfWithdrawn(row, consent))
      find('withdrawal-undone', record, row.referralId)
  for (const event of events) {
    const entry = told.some(({ entry: { action, actor, referralId } }) => {
      switch (event.event) {
        case 'granted':
          return action === 'referral.submit' && referralId === first.referralId
        case 'deletion-confirmed':
          return action === 'consent.confirm-deletion' && actor.institution === event.by
        case 'expired':
          return action === 'consent.expire'
        default:
          return action === 'consent.withdraw' || action === 'consent.expire'
      }
    })
    if (!entry) find('consent-unlogged', record, event.event)
  }
}

const inLedger: Partial<Record<Action, ConsentEvent['event']>> = {
  'consent.withdraw': 'withdrawn',
  'consent.expire': 'expired',
  'consent.confirm-deletion': 'deletion-confirmed',
}

const verifyTold = (
  id: string,
  { entries, events }: { entries: readonly Told[]; events: readonly ConsentEvent[] },
  find: Find,
): void => {
  const begun = entries.some(({ entry }) => begins(entry) && entry.chain)
  if (begun && events.length === 0) find('consent-lost', `consent ${id}`, 'granted')
  const missing = new Set<string>()
  for (const { entry } of entries) {
    const event = inLedger[entry.action]
    if (event !== undefined && !events.some(one => one.event === event)) missing.add(event)
  }
  for (const event of missing) find('consent-lost', `consent ${id}`, event)
}
