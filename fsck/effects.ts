// Whether each referral is what the log says became of it: no effect lost, none without its entry, none twice.
import type { ReferralRow } from '../functions/aws/referral-row.ts'
import type { Action } from '../schemas/access-log.ts'
import { type RouteSpec, routes } from '../schemas/routes.ts'
import type { Facts, Kept } from './facts.ts'
import type { Log, Told } from './told.ts'
import type { Find } from './snapshot.ts'

/** Entries that changed a referral, in the order of its chain. */
type Chain = readonly Told[]

export const verifyEffects = ({ referrals }: Facts, log: Log, find: Find): void => {
  const chained = log.all.filter(({ entry }) => entry.chain && entry.referralId)
  const chains = new Map(
    [...Map.groupBy(chained, ({ entry }) => entry.referralId as string)].map(([id, entries]) => [
      id,
      entries.toSorted((a, b) => (a.entry.chain?.n ?? 0) - (b.entry.chain?.n ?? 0)),
    ]),
  )
  for (const [id, chain] of chains) {
    verifyChain(id, chain, find)
    if (!referrals.has(id)) find('referral-lost', `referral ${id}`)
  }
  for (const [id, kept] of referrals) {
    const chain = chains.get(id) ?? []
    verifyEnd(kept, chain, find)
    verifyState(kept, find)
    verifyMilestones(kept, chain, find)
    verifyReleases(kept, chain, find)
    verifyHandovers(kept.row, referrals, find)
    if (kept.row.contentState !== 'shredded' && kept.row.dueAt === undefined)
      find('clock-forgotten', `referral ${id}`)
  }
  verifyOnce(log, find)
}

const verifyChain = (id: string, chain: Chain, find: Find): void => {
  let before: string | undefined
  for (const [i, { entry, hash }] of chain.entries()) {
    if (entry.chain?.n !== i + 1 || entry.chain.prevHash !== before)
      return find('chain-broken', `referral ${id}`, `n=${i + 1}`)
    before = hash
  }
}

/** The row names the last entry that changed it. */
const verifyEnd = ({ row }: Kept, chain: Chain, find: Find): void => {
  const { referralId, chain: end } = row
  const last = chain.at(-1)
  const n = last?.entry.chain?.n ?? 0
  if (end.n === n && end.hash === last?.hash) return
  find(end.n < n ? 'effect-lost' : 'effect-unlogged', `referral ${referralId}`, `${end.n} ${n}`)
}

const verifyState = ({ row }: Kept, find: Find): void => {
  const { referralId, status, version, history } = row
  if (version !== history.length || history.at(-1)?.status !== status)
    find('state-differs', `referral ${referralId}`, `${status} ${version} ${history.length}`)
}

const done = (chain: Chain, action: Action): number =>
  chain.filter(({ entry }) => entry.action === action && entry.outcome === 'allowed').length

const verifyMilestones = ({ row }: Kept, chain: Chain, find: Find): void => {
  const { referralId, milestones, handovers = [] } = row
  const recorded = done(chain, 'referral.milestone')
  const voided = milestones.filter(({ voidedAt }) => voidedAt !== undefined).length
  // A handover records one where there was none yet.
  const most = recorded + handovers.length
  const inOrder = milestones.every(({ n }, i) => n === i + 1)
  if (
    !inOrder ||
    milestones.length < recorded ||
    milestones.length > most ||
    voided !== done(chain, 'referral.void-milestone')
  )
    find('milestones-differ', `referral ${referralId}`, `${recorded} ${milestones.length}`)
}

const verifyReleases = ({ row }: Kept, chain: Chain, find: Find): void => {
  const { referralId, contentState, recentReleases } = row
  const released = done(chain, 'referral.release')
  const least = Math.max(recentReleases.length, contentState === 'released' ? 1 : 0)
  if (released < least) find('release-unlogged', `referral ${referralId}`, `${least} ${released}`)
}

const verifyHandovers = (row: ReferralRow, referrals: Facts['referrals'], find: Find): void => {
  const { referralId, partOf, recipient, handovers = [] } = row
  const named = partOf === undefined ? [] : (referrals.get(partOf)?.row.handovers ?? [])
  if (
    partOf !== undefined &&
    !named.some(one => one.referralId === referralId && one.recipient === recipient)
  )
    find('handover-orphan', `referral ${referralId}`, partOf)
  for (const child of handovers)
    if (referrals.get(child.referralId)?.row.partOf !== referralId)
      find('handover-lost', `referral ${referralId}`, child.referralId)
}

/** One acknowledgement may name several messages of one referral, an entry for each. */
const several: readonly Action[] = ['inbox.ack', 'inbox.return']
/** Actions whose answers are kept for their retries; elsewhere an Idempotency-Key means nothing. */
const keeping: ReadonlySet<Action> = new Set(
  Object.values(routes as Record<string, RouteSpec>).flatMap(({ action, idempotencyKey }) =>
    action !== undefined && idempotencyKey === 'required' ? [action] : [],
  ),
)
/** A stored answer lives for a day; an Idempotency-Key may be used again after that. */
const sameKeyMs = 23 * 3600 * 1000

/** No request, and no Idempotency-Key of one key within its day, takes effect on a referral twice. */
const verifyOnce = ({ all }: Log, find: Find): void => {
  const requests = new Set<string>()
  const byKey = new Map<string, { request: string; at: number }>()
  for (const { entry } of all) {
    const { actor, action, outcome, code, referralId, chain, request, time } = entry
    if (outcome !== 'allowed' || code !== undefined || actor.role === 'hub') continue
    if (several.includes(action)) continue
    if (chain && referralId !== undefined) {
      const name = `${request.id} ${action} ${referralId}`
      if (requests.has(name)) find('effect-doubled', `referral ${referralId}`, request.id)
      requests.add(name)
    }
    const key = request.covered?.['idempotency-key']
    if (key === undefined || !keeping.has(action)) continue
    const name = JSON.stringify([actor.keyid, key])
    const first = byKey.get(name)
    const at = Date.parse(time)
    if (first && first.request !== request.id && Math.abs(at - first.at) < sameKeyMs)
      find('effect-doubled', `request ${request.id}`, first.request)
    else byKey.set(name, { request: request.id, at })
  }
}
