// An exported log to tamper with: the real export of a real hub, and the same entries in a log whose note key the test
// has, so that it can cheat as only the log's own operator could.
import { exportLog } from '../../bin/export-log.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { type HubPlace, type Who, callerOf, hubFileOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { handoverConsent } from '../journeys/handovers.ts'
import { enrolledHolder, newHolder } from '../journeys/key-holders.ts'
import { changeKey, oneYear, proposalOf } from '../journeys/key-changes.ts'
import { type Bench, type Json, benchOf, copyOf, idAt } from './log-bench.ts'
import { type NoteSigner, sha256, vkeyOf } from './log-notes.ts'
import { appendReads, readsLike } from './signed-reads.ts'

/** As many plain reads as fill a tile, with what comes before them, and begin another. */
const fill = 285
/** As many of them are requests. */
const some = 10

/**
 * Some 300 entries on a hub: submissions, releases, acknowledgements, a status, a handover, a refusal, and cheap reads
 * to fill a tile. Exported to `folder`.
 * @param plain how many of the reads, `some` at least: for who has `filled` write the others
 */
export const exportedFrom = async (
  place: HubPlace & { hub: Hub },
  folder: string,
  plain = fill,
) => {
  const [igm, ala, stranger, officer] = await Promise.all([
    callerOf(place, 'igm-system'),
    callerOf(place, 'ala-system'),
    callerOf(place, 'stranger'),
    callerOf(place, 'igm-compliance'),
  ])
  const ids: string[] = []
  for (let n = 1; n <= 3; n++)
    ids.push((await igm.submitReferral(submissionOf(n, handoverConsent()))).body.referralId)
  const [followed, , referralId] = ids as [string, string, string]
  const reads = (count: number) =>
    Promise.all(Array.from({ length: count }, () => igm.getReferral(referralId)))
  await reads(2)
  const handles: string[] = []
  for (let tries = 0; handles.length < 3 && tries < 10; tries++)
    for (const { handle } of (await ala.pull({ max: 10, waitSeconds: 1 })).body.messages)
      handles.push(handle)
  await ala.ack(handles)
  for (const id of [referralId, followed]) {
    const etag = (await ala.getReferral(id)).headers.get('etag') ?? ''
    await ala.changeStatus(id, { status: 'accepted' }, etag)
  }
  await ala.recordMilestone(followed, { milestone: 'profiled', on: '2026-11-21' })
  await ala.handOver(followed, { recipient: 'OIM' })
  await decideOnKeys(place)
  await stranger.getReferral(referralId).catch(() => {})
  await reads(some)
  if (plain > some) await appendReads(place, referralId, plain - some)
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  await exportLog(officer, folder, { hub: hubFileOf(place).authority })
  return officer
}

/**
 * Repeats the last read of an exported folder under a note key of the test's own, each really signed by who made it,
 * until the tile is full.
 */
export const filled = (place: HubPlace, dir: string, signer: NoteSigner, count: number): void => {
  const bench = benchOf(dir, signer)
  const all = bench.leaves()
  const last = JSON.parse(String(all.at(-1))) as Json
  for (const read of readsLike(place, last, fill - count))
    all.push(Buffer.from(JSON.stringify(read)))
  bench.rebuild(all, 'signature')
}

/** A key that one person proposes, a second confirms and ends; and one that nobody confirms. */
const decideOnKeys = async (place: HubPlace & { hub: Hub }) => {
  const second = await enrolledHolder(place, 'IGM', ['liaison'])
  const [holder, waiting] = [newHolder(), newHolder()]
  const decided = async (who: Who, path: string, body: object) => {
    const { status, text } = await changeKey(place, who, path, body)
    if (status >= 300) throw new Error(text)
  }
  await decided('igm-liaison', 'IGM/keys', await proposalOf(place, holder, 'IGM'))
  await decided(second, `IGM/keys/${holder.keyid}/confirmation`, oneYear)
  const revocation = { reason: 'superseded' }
  await decided(second, `IGM/keys/${holder.keyid}/revocation`, revocation)
  await decided('igm-liaison', 'IGM/keys', await proposalOf(place, waiting, 'IGM'))
}

/**
 * The same log under a note key of the test's own, with an entry of the hub's own behind it: the consent of the
 * referral that was accepted first ran out.
 */
export const ownLog = (from: string, to: string, signer: NoteSigner): Bench => {
  const bench = copyOf(from, to, signer)
  const all = bench.leaves()
  const { time } = JSON.parse(String(all.at(-1))) as Json
  const last = all.find(leaf => leaf.includes('"referral.status"')) ?? Buffer.of()
  const { referralId, chain } = JSON.parse(String(last)) as Json
  const own = {
    id: idAt(time as string),
    time: time as string,
    action: 'consent.expire',
    outcome: 'allowed',
    actor: { institution: 'HUB', role: 'hub' },
    referralId: referralId as string,
    chain: { n: chain.n + 1, prevHash: sha256(Buffer.of(0), last).toString('hex') },
    request: {
      id: '01a1fdfa-ffff-7fff-8fff-fffffffffffe',
      method: 'SCHEDULE',
      path: '/run-due-work',
    },
  }
  bench.rebuild([...all, Buffer.from(JSON.stringify(own))], 'signature')
  bench.json('policy.json', policy => {
    policy.vkey = vkeyOf(signer)
  })
  return benchOf(to, signer)
}
