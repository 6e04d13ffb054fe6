// Tampering with who acted, by whoever has the log's key, and with the keys behind the entries, by anybody.
import type { Bench, Json } from './exported-log.ts'
import { entry, read, submission } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

const hubs = ({ size }: Bench) => size - 1
const ofHub = (change: (entry: Json) => void) => (bench: Bench) =>
  entry(bench.size - 1, change)(bench)

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
    'a key is left out',
    key((found, items) => items.splice(items.indexOf(found), 1)),
    'key-unknown',
    submission,
  ],
  [
    'a key is another institution’s',
    key(found => (found.institution = 'ALA')),
    'key-institution',
    submission,
  ],
  ['a key has lost the role', key(found => (found.roles = ['liaison'])), 'key-role', submission],
  [
    'a key is given another post',
    key((found, items) => {
      const { keyid, institution, roles, ...rest } = found
      const posted = { keyid, institution, roles, post: 'IGM-CUMP-01', ...rest }
      items.splice(items.indexOf(found), 1, posted)
    }),
    'key-post',
    submission,
  ],
  [
    'a key was proposed, and never confirmed',
    key((found, items) => {
      const { history, ...before } = found
      const proposed = { ...before, proposedBy: '_'.repeat(43), history }
      items.splice(items.indexOf(found), 1, proposed)
    }),
    'key-unknown',
    submission,
  ],
  ['a key was revoked before', key(found => (found.revokedAt = long)), 'key-revoked', submission],
  [
    'a key was not valid yet',
    key(found => (found.validFrom = '2030-01-01T00:00:00.000Z')),
    'key-validity',
    submission,
  ],
  [
    'a key was not valid any more',
    key(found => (found.validUntil = long)),
    'key-validity',
    submission,
  ],
]
