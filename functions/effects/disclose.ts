// The way out: what was recorded is covered by the log, opened by its receipts, and judged once more before it leaves.
import type { ReleaseReceipt } from '../../events/access-log.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import { contentOf } from '../../events/handover.ts'
import type { DataCategory } from '../../schemas/consent.ts'
import type { AgreementId } from '../../schemas/ids.ts'
import type { Projection } from '../../schemas/payload.ts'
import type { Sight } from '../aws/access-log/placing.ts'
import type { SignedDeps } from '../aws/bind.ts'
import { now } from '../aws/runtime.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import { open } from '../crypto/envelope.ts'
import { type Recorded, type ReleaseDeps, permitted } from './release.ts'

type Reading = Pick<SignedDeps, 'readAhead' | 'directory'>

export type Disclosure = { payload: Projection; withheld: DataCategory[]; proof: string }

/**
 * Has the log cover recorded releases and opens them by their receipts; then, once all are open, reads each referral
 * and its consent again and judges by these alone. Undefined where it does not hold any longer: nothing leaves then.
 * One that cannot be opened does not keep the others. Tests: what a cancel, an entry in error, a withdrawal or an
 * expiry in between does (test/journeys/release.gate.ts).
 *
 * The keys are asked for beside the log's signature; none opens anything before its receipt is there.
 *
 * @param sight the log as it was read when the releases were committed
 */
export const disclose = async (
  releases: readonly Recorded[],
  sight: Sight,
  deps: ReleaseDeps & Reading,
): Promise<PromiseSettledResult<Disclosure | undefined>[]> => {
  const unwrapping = Promise.allSettled(releases.map(release => unwrapped(release, deps)))
  try {
    const { receipts, keep } = await deps.cover.coverSeen(
      releases.map(({ recorded }) => recorded),
      sight,
    )
    const keys = await unwrapping
    const opened = await Promise.allSettled(
      releases.map(async (release, n) => openCovered(release, receipts[n], keys[n])),
    )
    const [again] = await Promise.all([readAgain(releases, deps), keep()])
    const agreements = await deps.directory.findAgreements(
      releases.map(({ verdict: { referral } }) => referral.agreementId),
      again,
    )
    return await Promise.allSettled(
      releases.map(async (release, n) => {
        const disclosure = opened[n]
        if (disclosure?.status !== 'fulfilled') throw disclosure?.reason
        return (await holdsStill(release, { again, agreements }, deps))
          ? disclosure.value
          : undefined
      }),
    )
  } finally {
    for (const key of await unwrapping) if (key.status === 'fulfilled') key.value.fill(0)
  }
}

const unwrapped = (release: Recorded, deps: Pick<ReleaseDeps, 'opener'>): Promise<Uint8Array> =>
  deps.opener.unwrap(release.wrapped, contentOf(release.verdict.referral))

const openCovered = (
  release: Recorded,
  receipt: ReleaseReceipt | undefined,
  key: PromiseSettledResult<Uint8Array> | undefined,
): Disclosure => {
  if (key?.status !== 'fulfilled') throw key?.reason
  if (!receipt) throw new Error('a release without its receipt')
  const { referral, envelope, held } = release.verdict
  const { categories, proof } = receipt
  const payload = open(envelope, key.value, referral, receipt)
  return { payload, withheld: held.filter(category => !categories.includes(category)), proof }
}

/** The referrals, their consents and agreements as they are now. */
const readAgain = (
  releases: readonly Recorded[],
  { readAhead, referrals, consents, directory }: ReleaseDeps & Reading,
): Promise<KnownRows> =>
  readAhead(
    releases.flatMap(({ verdict: { referral } }) => [
      referrals.at(referral.referralId),
      ...consents.at(referral.consentId),
      directory.agreementAt(referral.agreementId),
    ]),
  )

/** Whether all that a release names may leave now, by referral, consent and agreement as they are now. */
const holdsStill = async (
  { recorded: { categories }, verdict: { referral, gate } }: Recorded,
  { again, agreements }: { again: KnownRows; agreements: ReadonlyMap<AgreementId, KeptAgreement> },
  deps: ReleaseDeps & Reading,
): Promise<boolean> => {
  const [row, ledger] = await Promise.all([
    deps.referrals.find(referral.referralId, again),
    deps.consents.read(referral.consentId, again),
  ])
  if (!row || !ledger) return false
  const { consent } = ledger
  const kept = agreements.get(row.agreementId)
  const agreement = kept && (await deps.directory.under(kept, row))
  const still = permitted({ referral: row, agreement, gate }, consent, categories, now())
  return still.length === categories.length
}
