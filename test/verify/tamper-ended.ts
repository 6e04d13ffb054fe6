// Tampering by whoever has the log's key: a request that really changed one referral is said to have ended another one
// with it. Only what was handed over ends so, and only by an entry in error.
import { type Bench, type Json } from './log-bench.ts'
import { signedEntries } from './signed-entries.ts'
import { read } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

/** A status of what was handed over, signed, that ended `which` with it, next in the chain of that. */
const endsToo = (which: (one: Json, begun: Json) => boolean) => (bench: Bench) => {
  const all = bench.leaves().map(leaf => JSON.parse(String(leaf)) as Json)
  const begun = all.find(({ partOf }) => partOf !== undefined) as Json
  const { referralId, consentId } = all.find(one => which(one, begun)) as Json
  const chained = all.filter(one => one.referralId === referralId && one.chain)
  const { partOf } = begun
  const chain = { n: chained.length + 1 }
  const more = { referralId, partOf, consentId, status: 'cancelled', chain }
  const path = `/v1/referrals/${partOf}/status`
  const sign = signedEntries(bench, 'ed25519')
  bench.text(read, sign({ action: 'referral.status', method: 'POST', path, more }), 'signature')
  bench.resign(() => {})
}

export const rows: Row[] = [
  [
    'a handover is said to have ended by an error that nobody entered',
    endsToo((one, begun) => one === begun),
    'handover-alone',
    read,
  ],
  [
    'a referral is said to have ended with one that it is no part of',
    endsToo((one, { partOf }) => one.action === 'referral.submit' && one.referralId !== partOf),
    'handover-alone',
    read,
  ],
]
