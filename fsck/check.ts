// Whether what a hub keeps contradicts itself: every check over one snapshot of its rows and queues.
import { verifyContent } from './content.ts'
import { verifyConsents } from './consents.ts'
import { verifyCounts, verifyProgress } from './counters.ts'
import { keysOf, verifyDirectory } from './directory.ts'
import { verifyEffects } from './effects.ts'
import { factsOf } from './facts.ts'
import { verifyOwed } from './owed.ts'
import { verifyRequests } from './requests.ts'
import type { Find, Snapshot, Violation } from './snapshot.ts'
import { logOf } from './told.ts'
import { verifyCosigned, verifyLog } from './verified.ts'
import { violationTexts } from '../texts/fsck.ts'

export type Report = {
  ok: boolean
  /** In the order of their kinds. */
  violations: Violation[]
  referrals: number
  consents: number
  /** Of the log, with those that wait. */
  entries: number
  /** Entries that no signed checkpoint covers yet: a hub that was stopped in the middle leaves some. */
  pending: number
  /** Messages that no inbox has acknowledged yet. */
  owed: number
}

const order = Object.keys(violationTexts)

/** Checks all of a snapshot; reads nothing else, and changes nothing. */
export const check = async (snapshot: Snapshot): Promise<Report> => {
  const found = new Map<string, Violation>()
  const find: Find = (kind, record, detail) => {
    const violation = { kind, record, ...(detail === undefined ? {} : { detail }) }
    found.set(JSON.stringify(violation), violation)
  }
  const facts = factsOf(snapshot, find)
  const log = logOf(snapshot, find)
  const keys = keysOf(snapshot, find)
  await verifyLog(snapshot, { log, keys, cosigned: verifyCosigned(snapshot, find) }, find)
  verifyEffects(facts, log, find)
  verifyRequests(snapshot, log, find)
  verifyContent(facts, find)
  verifyConsents(facts, log, find)
  verifyOwed(facts, log.all.at(-1)?.entry.time ?? '', find)
  verifyCounts(snapshot, log, find)
  verifyProgress(snapshot, facts, find)
  verifyDirectory(snapshot, { keys, log }, find)
  return {
    ok: found.size === 0,
    violations: [...found.values()].toSorted(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.record < b.record ? -1 : 1),
    ),
    referrals: facts.referrals.size,
    consents: facts.ledgers.size,
    entries: log.all.length,
    pending: log.all.length - log.head.signedSize,
    owed: facts.owed.length,
  }
}
