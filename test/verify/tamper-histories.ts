// Tampering with the histories of keys: in keys.json by anybody, and in the log by whoever has its key.
import { type Bench, type Json, enrolment, idAt } from './log-bench.ts'
import { entry, firstOf, read } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

const [confirmed, revoked] = [
  firstOf(({ action }) => action === 'key.confirm'),
  firstOf(({ action }) => action === 'key.revoke'),
]
const proposed = firstOf(({ action, actor }) => action === 'key.enrol' && actor.role === 'liaison')
const first = firstOf(({ action }) => action === 'key.enrol')

/** The key of keys.json that was proposed, confirmed and revoked. */
const decided = (change: (key: Json) => void) => (bench: Bench) => {
  const { subjectKeyid } = JSON.parse(String(bench.untouched[confirmed(bench)])) as Json
  bench.json('keys.json', ({ items }) =>
    change(items.find(({ keyid }: Json) => keyid === subjectKeyid)),
  )
}
/** An entry of the deployment's in place of a plain read, about the key that was revoked. */
const deployed = (terms: (key: Json) => Json) => (bench: Bench) =>
  bench.resign(all => {
    const { subjectKeyid, key } = all[revoked(bench)] as Json
    all[read] = enrolment(all[read] as Json, { subjectKeyid, key: terms(key) })
  })
const unrevoked = ({ revokedAt: _, revocationReason: _reason, ...key }: Json): Json => key
const long = '2026-01-02T00:00:00.000Z'

export const rows: Row[] = [
  [
    'a revocation is taken out of keys.json',
    decided(key => {
      key.state = 'active'
      for (const name of ['revokedAt', 'revocationReason']) delete key[name]
      key.history.pop()
    }),
    'directory-revocation',
    revoked,
  ],
  [
    'a revocation of keys.json has another reason',
    decided(key => {
      key.revocationReason = 'key-compromise'
    }),
    'directory-revocation',
    revoked,
  ],
  [
    'by keys.json somebody else confirmed a key',
    decided(key => {
      key.confirmedBy = '_'.repeat(43)
    }),
    'directory-confirmation',
    revoked,
  ],
  [
    'by keys.json somebody else revoked a key',
    decided(key => {
      key.history[2].by = '_'.repeat(43)
    }),
    'directory-history',
    revoked,
  ],
  [
    'a revocation is taken out of the log',
    bench => bench.rebuild(bench.leaves().toSpliced(revoked(bench), 1), 'signature'),
    'directory-revocation',
    confirmed,
  ],
  [
    'a revocation says nothing of its key',
    entry(revoked, value => delete value.key),
    'key-terms-missing',
    revoked,
  ],
  [
    'a revocation is said to be an answer given again',
    entry(revoked, value => (value.code = 'replayed')),
    'key-terms-stray',
    revoked,
  ],
  [
    'a reading says something of a key',
    entry(read, (value, all) => (value.key = all.find(({ key }) => key)?.key)),
    'key-terms-stray',
    read,
  ],
  [
    'a first key is enrolled as confirmed by somebody',
    entry(first, ({ key }) => (key.confirmedBy = '_'.repeat(43))),
    'key-unproposed',
    first,
  ],
  [
    'a first key is enrolled as revoked',
    entry(first, ({ key }) => Object.assign(key, { revokedAt: long })),
    'key-terms-stray',
    first,
  ],
  [
    'a key is enrolled twice',
    bench =>
      bench.resign(all => {
        const { id, time } = all[read] as Json
        const { key, request, ...said } = all[first(bench)] as Json
        const again = { key: { ...key, at: time }, request: { ...request, id: idAt(time) } }
        all[read] = { ...said, ...again, id, time }
      }),
    'key-enrolled-twice',
    read,
  ],
  [
    'a proposal is taken out of the log',
    bench => bench.rebuild(bench.leaves().toSpliced(proposed(bench), 1), 'signature'),
    'key-unproposed',
    bench => confirmed(bench) - 1,
  ],
  [
    'a key is confirmed by whoever proposed it',
    entry(confirmed, (value, all) => {
      const proposer = all.find(({ key }) => key?.proposedBy)?.actor
      value.actor = proposer
      value.key.confirmedBy = proposer.keyid
    }),
    'key-self-confirmed',
    confirmed,
  ],
  [
    'a confirmation is said to be somebody’s who did not sign it',
    entry(confirmed, ({ key }) => (key.confirmedBy = '_'.repeat(43))),
    'key-by-another',
    confirmed,
  ],
  [
    'a proposal is said to be somebody’s who did not sign it',
    entry(proposed, ({ key }) => (key.proposedBy = '_'.repeat(43))),
    'key-by-another',
    proposed,
  ],
  [
    'a key is proposed for another institution',
    entry(proposed, ({ key }) => (key.institution = 'ALA')),
    'key-by-another',
    proposed,
  ],
  [
    'a confirmation gives a key more roles',
    entry(confirmed, ({ key }) => key.roles.push('liaison')),
    'key-terms-changed',
    confirmed,
  ],
  [
    'a revocation moves a key’s beginning',
    entry(revoked, ({ key }) => (key.validFrom = long)),
    'key-terms-changed',
    revoked,
  ],
  [
    'a key is valid from before it was confirmed',
    entry(confirmed, ({ key }) => (key.validFrom = long)),
    'key-backdated',
    confirmed,
  ],
  [
    'a revocation takes effect before it was decided',
    entry(revoked, ({ key }) => (key.revokedAt = long)),
    'key-backdated',
    revoked,
  ],
  [
    'a proposal is of another day than its entry',
    entry(proposed, ({ key }) => (key.at = long)),
    'key-backdated',
    proposed,
  ],
  [
    'a revocation ends nothing',
    entry(revoked, value => (value.key = unrevoked(value.key))),
    'key-revocation-undone',
    revoked,
  ],
  [
    'the deployment takes a revoked key up again, its revocation forgotten',
    deployed(key => ({ ...unrevoked(key), before: [] })),
    'key-history-rewritten',
    read,
  ],
  [
    'the deployment takes a key up as its history is not',
    deployed(key => ({
      ...unrevoked(key),
      before: [
        { event: 'proposed', at: long, by: key.proposedBy },
        { event: 'confirmed', at: long, by: key.confirmedBy },
      ],
    })),
    'key-history-rewritten',
    read,
  ],
]
