// Tampering that leaves every signature, hash and chain in order, by whoever has the log's key: what the entries say
// cannot all be so.
import { type Bench, type Json, idAt } from './log-bench.ts'
import { signedEntries } from './signed-entries.ts'
import { asking, entry, firstOf, read, submission } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

const refused = firstOf(({ outcome }) => outcome === 'denied')
const accepted = firstOf(({ action }) => action === 'referral.status')
/** Where the referral begins that comes of a handover; the entry before it is the other one of that request. */
const begun = firstOf(({ partOf }) => partOf !== undefined)
const listing = { action: 'referral.list', path: '/v1/referrals' }
const last = ({ size }: Bench) => size - 1
const added = ({ size }: Bench) => size

/**
 * The release of the referral that was accepted; behind it come its acknowledgement, its status, and the end of its
 * consent.
 */
const releaseIn = (all: readonly Json[]): Json => {
  const { referralId } = all.find(({ action }) => action === 'referral.status') as Json
  return all.find(
    each => each.action === 'referral.release' && each.referralId === referralId,
  ) as Json
}
const released = (bench: Bench): number => {
  const all = bench.untouched.map(leaf => JSON.parse(String(leaf)) as Json)
  return all.indexOf(releaseIn(all))
}
/** Puts the release once more behind all that is there, chained to the end of its referral, as `change` has it. */
const releasedAgain = (change: (again: Json, all: Json[]) => void) => (bench: Bench) =>
  bench.resign(all => {
    const { time } = all.at(-1) as Json
    const again = structuredClone(releaseIn(all))
    Object.assign(again, { id: idAt(time), time, chain: { n: 6 } })
    change(again, all)
    all.push(again)
  })
const becomes = (status: string) => (again: Json, all: Json[]) => {
  const end = all.at(-1) as Json
  ;(all.find(({ action }) => action === 'referral.status') as Json).status = status
  // The consent did not run out: only the status forbids it.
  all.splice(all.indexOf(end), 1)
  again.chain.n = 5
}
const changed =
  (place: (bench: Bench) => number, by: (entry: Json, all: Json[]) => void) => (bench: Bench) =>
    bench.resign(all => by(all[place(bench)] as Json, all))
const earlier = (time: string, seconds: number) =>
  new Date(Date.parse(time) - seconds * 1000).toISOString()

export const rows: Row[] = [
  [
    'a referral is opened after its consent ran out',
    releasedAgain(() => {}),
    'release-after-end',
    added,
  ],
  [
    'a referral is opened after it was cancelled',
    releasedAgain(becomes('cancelled')),
    'release-after-end',
    last,
  ],
  [
    'a referral is opened after it was entered in error',
    releasedAgain(becomes('entered-in-error')),
    'release-after-end',
    last,
  ],
  [
    'a referral is opened after its key was destroyed',
    releasedAgain((_, all) =>
      Object.assign(all.at(-1) as Json, {
        action: 'referral.shred',
        destroyedKeyDigest: 'a'.repeat(64),
      }),
    ),
    'release-after-end',
    added,
  ],
  [
    'a referral is opened by whoever submitted it',
    bench => {
      const { referralId, consentId, envelopeDigest, purpose, categories } = releaseIn(
        bench.leaves().map(leaf => JSON.parse(String(leaf)) as Json),
      )
      const sign = signedEntries(bench, 'ed25519', ['recipient'])
      const path = `/v1/referrals/${referralId}/release`
      const about = { referralId, consentId, envelopeDigest, purpose, categories }
      bench.text(
        read,
        sign({
          action: 'referral.release',
          method: 'POST',
          path,
          more: { ...about, chain: { n: 5 } },
        }),
        'signature',
      )
      bench.resign(all => ((all.at(-1) as Json).chain.n = 6))
    },
    'release-recipient',
    read,
  ],
  [
    'a referral’s key is destroyed twice',
    changed(last, (end, all) => {
      const shred = { action: 'referral.shred', destroyedKeyDigest: 'a'.repeat(64) }
      Object.assign(end, shred)
      all.push({
        ...end,
        id: idAt(end.time),
        chain: { n: 6 },
        request: { ...end.request, id: idAt(end.time) },
      })
    }),
    'destroyed-twice',
    added,
  ],
  [
    'a release names another consent',
    changed(released, value => (value.consentId = idAt(value.time))),
    'referral-consent',
    released,
  ],
  [
    'a release opened something else than was sealed',
    changed(released, value => (value.envelopeDigest = 'b'.repeat(64))),
    'referral-envelope',
    released,
  ],
  [
    'a release says not what for',
    changed(released, value => delete value.purpose),
    'release-bare',
    released,
  ],
  [
    'a release says not what',
    changed(released, value => (value.categories = [])),
    'release-bare',
    released,
  ],
  [
    'a status says not which',
    changed(accepted, value => delete value.status),
    'status-missing',
    accepted,
  ],
  [
    'a status is said to be an answer given again',
    changed(accepted, value => (value.code = 'replayed')),
    'replay-of-nothing',
    accepted,
  ],
  [
    'one request submits two referrals',
    bench =>
      bench.resign(all => {
        const { chain, ...again } = structuredClone(all[submission(bench)]) as Json
        const { time } = all.at(-1) as Json
        all.push({
          ...again,
          id: idAt(time),
          time,
          referralId: idAt(time),
          consentId: idAt(time),
          chain,
        })
      }),
    'submit-repeated',
    added,
  ],
  [
    'one handover begins two referrals',
    bench =>
      bench.resign(all => {
        const again = structuredClone(all[begun(bench)]) as Json
        const { time } = all.at(-1) as Json
        all.push({ ...again, id: idAt(time), time, referralId: idAt(time) })
      }),
    'submit-repeated',
    added,
  ],
  [
    'a handover is kept from the chain of what was handed over',
    bench => bench.resign(all => void all.splice(begun(bench) - 1, 1)),
    'handover-alone',
    bench => begun(bench) - 1,
  ],
  [
    'a handover is said to be under another consent',
    changed(
      bench => begun(bench),
      value => (value.consentId = idAt(value.time)),
    ),
    'handover-alone',
    bench => begun(bench),
  ],
  [
    'a handover is said to pass on something else than was sealed',
    changed(
      bench => begun(bench),
      value => (value.envelopeDigest = 'b'.repeat(64)),
    ),
    'handover-alone',
    bench => begun(bench),
  ],
  [
    'what was handed over does not begin with that',
    changed(
      bench => begun(bench),
      value => (value.outcome = 'failed'),
    ),
    'chain-start',
    bench => begun(bench),
  ],
  [
    'a reading is there twice, under two ids',
    bench =>
      bench.resign(all => {
        const { id, time } = all[read + 1] as Json
        all[read + 1] = { ...(all[read] as Json), id, time }
      }),
    'entry-duplicated',
    read + 1,
  ],
  [
    'what was allowed has a reason why not',
    entry(read, value => (value.code = 'forbidden')),
    'outcome-code',
    read,
  ],
  [
    'what was refused has none',
    entry(refused, value => delete value.code),
    'outcome-code',
    refused,
  ],
  [
    'what was refused destroyed a key all the same',
    entry(refused, value => (value.destroyedKeyDigest = 'a'.repeat(64))),
    'outcome-code',
    refused,
  ],
  [
    'a reading does not name what was read',
    entry(read, value => delete value.referralId),
    'evidence-subject',
    read,
  ],
  [
    'a referrer is allowed to ask the log',
    asking({ ...listing, action: 'access-log.query', path: '/v1/access-log' }),
    'evidence-role',
    read,
  ],
  [
    'an entry’s id is of another moment',
    entry(read, value => (value.id = idAt(earlier(value.time, 90)))),
    'entry-id-time',
    read,
  ],
  [
    'an entry is of a time before those before it',
    entry(read, value => {
      value.time = earlier(value.time, 90)
      value.id = idAt(value.time)
    }),
    'time-backwards',
    read,
  ],
]
