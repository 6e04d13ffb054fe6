// Tampering with who acted, by whoever has the log's key, and with the keys behind the entries, by anybody.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { type Bench, type Json, idAt } from './log-bench.ts'
import { signedEntries } from './signed-entries.ts'
import { entry, read, submission } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

const hubs = ({ size }: Bench) => size - 1
const ofHub = (change: (entry: Json) => void) => (bench: Bench) =>
  entry(bench.size - 1, change)(bench)

const entriesOf = ({ untouched }: Bench) => untouched.map(leaf => JSON.parse(String(leaf)) as Json)

/** The key of the entry `submission`, which is IGM's system's. */
const key = (change: (key: Json, items: Json[]) => void) => (bench: Bench) => {
  const { actor } = JSON.parse(String(bench.leaves()[submission(bench)])) as Json
  bench.json('keys.json', ({ items }) =>
    change(
      items.find((item: Json) => item.keyid === actor.keyid),
      items,
    ),
  )
}
const long = '2026-01-02T00:00:00.000Z'
const listing = { action: 'referral.list', path: '/v1/referrals' }
/** The entry by which that key came into the directory. */
const enrolled = (bench: Bench): number => {
  const all = entriesOf(bench)
  const { actor } = all[submission(bench)] as Json
  return all.findIndex(({ subjectKeyid }) => subjectKeyid === actor.keyid)
}
/** A key with members more, where the hub writes them. */
const reordered = (found: Json, items: Json[], more: Json) => {
  const { history, ...before } = found
  items.splice(items.indexOf(found), 1, { ...before, ...more, history })
}

export const rows: Row[] = [
  [
    'the actor is another institution',
    entry(read, ({ actor }) => (actor.institution = 'ALA')),
    'key-institution',
    read,
  ],
  [
    'the actor has another role',
    entry(read, ({ actor }) => (actor.role = 'recipient')),
    'key-role',
    read,
  ],
  [
    'the actor has an unknown key',
    entry(read, ({ actor }) => (actor.keyid = '_'.repeat(43))),
    'key-unknown',
    read,
  ],
  ['the actor has no key', entry(read, ({ actor }) => delete actor.keyid), 'key-unknown', read],
  [
    'the hub is said to have signed',
    entry(read, ({ actor }) => Object.assign(actor, { institution: 'HUB', role: 'hub' })),
    'hub-evidence',
    read,
  ],
  [
    'an institution acts in the hub’s role',
    entry(read, ({ actor }) => (actor.role = 'hub')),
    'hub-evidence',
    read,
  ],
  [
    'the hub reads a referral by itself',
    ofHub(value => (value.action = 'referral.read')),
    'hub-action',
    hubs,
  ],
  [
    'the hub acts by no clock',
    ofHub(({ request }) => (request.method = 'GET')),
    'hub-evidence',
    hubs,
  ],
  [
    'the hub has covered values',
    ofHub(({ request }) => (request.covered = {})),
    'hub-evidence',
    hubs,
  ],

  ['keys.json is missing', ({ remove }) => remove('keys.json'), 'keys-missing'],
  [
    'keys.json is garbled',
    ({ bytes }) => bytes('keys.json', text => text.subarray(1)),
    'keys-malformed',
  ],
  [
    'keys.json is spelt otherwise',
    ({ bytes }) => bytes('keys.json', text => ` ${String(text)}`),
    'keys-malformed',
  ],
  ['a key has an unknown member', key(found => (found.more = 1)), 'keys-malformed'],
  ['a key has its private half', key(found => (found.jwk.d = 'AAAA')), 'keys-malformed'],
  ['a key is there twice', key((found, items) => items.push(found)), 'keys-repeated'],
  [
    'a key’s JWK is another’s',
    key((found, items) => (found.jwk = items.find(item => item.keyid !== found.keyid)?.jwk)),
    'key-thumbprint',
  ],
  [
    'a key is said to be of another algorithm',
    key(found => (found.alg = 'rsa-pss-sha512')),
    'key-algorithm',
  ],
  [
    'the actor’s key was proposed, and never confirmed',
    bench => {
      const waiting = entriesOf(bench).findLast(({ action }) => action === 'key.enrol')
      entry(read, ({ actor }) => (actor.keyid = waiting?.subjectKeyid))(bench)
    },
    'key-unknown',
    read,
  ],

  [
    'a key signs long before the deployment enrols it',
    bench => {
      bench.text(130, signedEntries(bench, 'ed25519')(listing), 'signature')
      // The log goes on ten minutes later, and only there comes the key.
      bench.resign(all => {
        const { id, time, ...enrolment } = all[140] as Json
        all[140] = { ...(all[139] as Json), id, time, request: { ...all[139]?.request, id } }
        const end = all.at(-1) as Json
        const late = new Date(Date.parse(end.time) + 600_000).toISOString()
        all.push({
          ...enrolment,
          id: idAt(late),
          time: late,
          key: { ...enrolment.key, at: late },
        })
        bench.json('keys.json', ({ items }) => (items.at(-1).history[0].at = late))
      })
    },
    'key-early',
    130,
  ],
  [
    'a key is left out',
    key((found, items) => items.splice(items.indexOf(found), 1)),
    'directory-missing',
    enrolled,
  ],
  [
    'a key is another institution’s',
    key(found => (found.institution = 'ALA')),
    'directory-institution',
    enrolled,
  ],
  [
    'a key is given another post',
    key((found, items) => {
      const { keyid, institution, roles, ...rest } = found
      const posted = { keyid, institution, roles, post: 'IGM-CUMP-01', ...rest }
      items.splice(items.indexOf(found), 1, posted)
    }),
    'directory-post',
    enrolled,
  ],
  [
    'the actor is said to have a post',
    entry(read, ({ actor }) => (actor.post = 'IGM-CUMP-01')),
    'key-post',
    read,
  ],
  [
    'a key has lost the role',
    key(found => (found.roles = ['liaison'])),
    'directory-roles',
    enrolled,
  ],
  [
    'a key was not valid yet',
    key(found => (found.validFrom = '2030-01-01T00:00:00.000Z')),
    'directory-validity',
    enrolled,
  ],
  [
    'a key’s validity is shifted by a millisecond',
    key(found => (found.validUntil = '2036-01-01T00:00:00.001Z')),
    'directory-validity',
    enrolled,
  ],
  [
    'a key was revoked before',
    key(found => Object.assign(found, { revokedAt: long, revocationReason: 'superseded' })),
    'directory-revocation',
    enrolled,
  ],
  [
    'a key’s history began at another moment',
    key(found => (found.history[0].at = long)),
    'directory-history',
    enrolled,
  ],
  [
    'a key is said to have been proposed',
    key((found, items) => reordered(found, items, { proposedBy: '_'.repeat(43) })),
    'directory-confirmation',
    enrolled,
  ],
  [
    'a key waits for its confirmation',
    key(found => (found.state = 'proposed')),
    'directory-confirmation',
    enrolled,
  ],
  [
    'a key is invented, with a history like another’s',
    bench => {
      const { publicKey } = generateKeyPairSync('ed25519')
      const { kty, crv, x } = publicKey.export({ format: 'jwk' })
      const keyid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
      key((found, items) => items.push({ ...found, keyid, jwk: { kty, crv, x } }))(bench)
    },
    'directory-invented',
  ],
]
