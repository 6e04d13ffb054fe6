// Tampering with what became of a referral, by whoever has the log's own key: no caller signed it, and the chain holds
// it together.
import { type Bench, type Json } from './log-bench.ts'
import { entry, firstOf } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

type Place = (bench: Bench) => number

/** Entry `n` of the chain of the referral that was accepted: submission, release, acknowledgement, status. */
const chained =
  (n: number): Place =>
  bench => {
    const all = bench.untouched.map(leaf => JSON.parse(String(leaf)) as Json)
    const accepted = all.find(({ action }) => action === 'referral.status')
    return firstOf(
      ({ referralId, chain }) => referralId === accepted?.referralId && chain?.n === n,
    )(bench)
  }
const [submitted, released, acknowledged, accepted] = [1, 2, 3, 4].map(chained) as [
  Place,
  Place,
  Place,
  Place,
]
const milestone = firstOf(({ action }) => action === 'referral.milestone')
const pull = firstOf(({ action }) => action === 'inbox.pull')
const read: Place = ({ size }) => size - 10

const change = (place: Place, by: (entry: Json, all: Json[]) => void) => (bench: Bench) =>
  entry(place(bench), by)(bench)
const without = (place: Place) => (bench: Bench) =>
  bench.rebuild(bench.leaves().toSpliced(place(bench), 1), 'signature')
const oneEarlier =
  (place: Place): Place =>
  bench =>
    place(bench) - 1

export const rows: Row[] = [
  [
    'a submission is in no chain',
    change(submitted, value => delete value.chain),
    'chain-missing',
    submitted,
  ],
  [
    'a release is in no chain',
    change(released, value => delete value.chain),
    'chain-missing',
    released,
  ],
  [
    'a status is in no chain',
    change(accepted, value => delete value.chain),
    'chain-missing',
    accepted,
  ],
  [
    'a milestone is in no chain',
    change(milestone, value => delete value.chain),
    'chain-missing',
    milestone,
  ],
  [
    'what destroyed a key is in no chain',
    change(read, value => (value.destroyedKeyDigest = 'a'.repeat(64))),
    'chain-missing',
    read,
  ],
  [
    'what is about no referral is in a chain',
    change(pull, value => (value.chain = { n: 1 })),
    'chain-stray',
    pull,
  ],
  [
    'a chained entry is about no referral any more',
    change(acknowledged, value => delete value.referralId),
    'chain-stray',
    acknowledged,
  ],
  [
    'a chained entry is moved to another referral',
    change(acknowledged, (value, all) => {
      value.referralId = all.find(
        ({ referralId }) => referralId !== value.referralId && referralId,
      )?.referralId
      value.chain.n = 2
    }),
    'chain-forked',
    acknowledged,
  ],
  [
    'two entries have one place in a chain',
    change(accepted, value => (value.chain.n = 3)),
    'chain-forked',
    accepted,
  ],
  [
    'an entry is put in a chain again',
    change(read, (value, all) => (value.chain = all.find(({ chain }) => chain)?.chain)),
    'chain-forked',
    read,
  ],
  [
    'a submission comes later in a chain',
    change(submitted, value => (value.chain.n = 7)),
    'chain-start',
    submitted,
  ],
  [
    'a chain begins without its submission',
    change(acknowledged, value => {
      value.referralId = '01a1fdfa-ffff-7fff-8fff-ffffffffffff'
      value.chain = { n: 1 }
    }),
    'chain-start',
    acknowledged,
  ],
  ['a submission is taken out', without(submitted), 'chain-gap', oneEarlier(released)],
  ['a release is taken out', without(released), 'chain-gap', oneEarlier(acknowledged)],
  ['an acknowledgement is taken out', without(acknowledged), 'chain-gap', oneEarlier(accepted)],
  ['a chain jumps a number', change(accepted, value => (value.chain.n = 5)), 'chain-gap', accepted],
  [
    'an acknowledgement is in no chain',
    change(acknowledged, value => delete value.chain),
    'chain-gap',
    accepted,
  ],
  [
    'a release is said to be for another purpose',
    change(released, value => (value.purpose = 'mobility-stipend')),
    'chain-broken',
    acknowledged,
  ],
  [
    'a release is said to have opened less',
    change(released, value => value.categories.pop()),
    'chain-broken',
    acknowledged,
  ],
  [
    'a release is said to have failed',
    change(released, value => (value.outcome = 'failed')),
    'chain-broken',
    acknowledged,
  ],
  [
    'a submission is said to have sealed something else',
    change(submitted, value => (value.envelopeDigest = 'b'.repeat(64))),
    'chain-broken',
    released,
  ],
  [
    'a submission has something before it',
    change(submitted, value => (value.chain.prevHash = 'c'.repeat(64))),
    'chain-broken',
    submitted,
  ],
  [
    'a release names nothing before it',
    change(released, value => delete value.chain.prevHash),
    'chain-broken',
    released,
  ],
  [
    'a status names another entry before it',
    change(accepted, (value, all) => {
      value.chain.prevHash = all.find(({ chain }) => chain?.n === 2)?.chain.prevHash
    }),
    'chain-broken',
    accepted,
  ],
]
