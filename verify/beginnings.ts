// How a referral begins in the log: it was submitted, or handed over of another. Nothing else is a beginning. And how
// one ends with the other.
import type { Told } from './entries.ts'
import { Failed } from './verdict.ts'

/** Whether an entry is the one that a referral begins with. */
export const begins = ({ action, outcome, partOf }: Told): boolean =>
  outcome === 'allowed' &&
  (action === 'referral.submit' || (action === 'referral.handover' && partOf !== undefined))

type Noted = { entry: Told & { requestId?: string }; index: number }

/**
 * A handover is two entries of one request: in the chain of what is handed over, and at the beginning of what comes of
 * it, under the same consent and with the same sealed content.
 *
 * @param referrals the chained entries of each referral, in the order of their chains
 */
export const verifyHandovers = (referrals: ReadonlyMap<string, readonly Noted[]>): void => {
  for (const chained of referrals.values()) {
    const [beginning, ...later] = chained
    const { partOf, requestId, consentId, envelopeDigest, actor } = beginning?.entry ?? {}
    const of = partOf === undefined ? [] : (referrals.get(partOf) ?? [])
    verifyEnds(later, { partOf, of })
    if (!beginning || partOf === undefined) continue
    const submitted = of[0]?.entry
    const told = of.some(
      ({ entry }) =>
        entry.action === 'referral.handover' &&
        entry.partOf === undefined &&
        entry.requestId === requestId,
    )
    const same = submitted?.consentId === consentId && submitted?.envelopeDigest === envelopeDigest
    if (!told || !same || submitted?.actor.institution === actor?.institution)
      throw new Failed('handover-alone', partOf, beginning.index)
  }
}

/** What ends with the referral that it is part of is cancelled by the request that entered that one in error. */
const verifyEnds = (
  later: readonly Noted[],
  parent: { partOf: string | undefined; of: readonly Noted[] },
): void => {
  for (const { entry, index } of later) {
    const { partOf, action, status, requestId } = entry
    if (partOf === undefined) continue
    const inError = parent.of.some(
      ({ entry: one }) =>
        one.action === 'referral.status' &&
        one.status === 'entered-in-error' &&
        one.requestId === requestId,
    )
    const ends = action === 'referral.status' && status === 'cancelled' && inError
    if (!ends || partOf !== parent.partOf) throw new Failed('handover-alone', partOf, index)
  }
}
