// How a referral begins in the log: it was submitted, or handed over of another. Nothing else is a beginning.
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
  for (const [beginning] of referrals.values()) {
    const { partOf, requestId, consentId, envelopeDigest, actor } = beginning?.entry ?? {}
    if (!beginning || partOf === undefined) continue
    const of = referrals.get(partOf) ?? []
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
