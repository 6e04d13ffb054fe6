// What countersigned checkpoints give away: an operator who holds the log's key can sign any tree, but not for those
// who cosigned another.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { type PrivateJwk, publicHalf } from '../../signatures/keys.ts'
import { type Cosigning, cosignature } from '../journeys/cosigning.ts'
import { nameOf, textOf as bodyOf } from '../journeys/checkpoint-notes.ts'
import { type Bench, type Json } from './log-bench.ts'
import { checkpointOf, naiveRoot, noteOf, noteSigner, textOf } from './log-notes.ts'
import type { Row } from './tamper-note.ts'

const pair = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as PrivateJwk
const [jwk, other] = [pair(), pair()]
const time = Date.parse('2026-11-21T12:10:00.000Z') / 1000
const size = 200

const keyidOf = (key: PrivateJwk) => {
  const { crv, kty, x } = publicHalf(key) as Record<string, string>
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
}

/** The liaison's key as the deployment enrols it, but for what a row changes. */
const enrol = (bench: Bench, row: Json = {}) =>
  bench.enrol(
    {
      keyid: keyidOf(jwk),
      institution: 'IGM',
      roles: ['liaison'],
      alg: 'ed25519',
      jwk: publicHalf(jwk),
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2036-01-01T00:00:00.000Z',
      ...row,
    },
    // A key that had been ended before the log told of keys.
    'revokedAt' in row,
  )

const line = (note: string, more: Partial<Cosigning> = {}) =>
  cosignature(bodyOf(note), { jwk, time, ...more })

/** The log's beginning as IGM cosigned it, put where an export puts it. */
export const cosigned = (
  bench: Bench,
  change: (note: string) => string = note => note + line(note),
  {
    key = {},
    more = [],
    upTo = size,
    at = `cosigned/IGM/${size}`,
  }: { key?: Json; more?: Buffer[]; upTo?: number; at?: string } = {},
): void => {
  enrol(bench, key)
  const leaves = [...bench.leaves().slice(0, upTo), ...more]
  bench.write(at, change(checkpointOf(leaves, bench.signer)))
}

const changed = Buffer.from('{"changed":true}')
const file =
  (change: (note: string) => string) =>
  (bench: Bench): void =>
    cosigned(bench, change)
const lines =
  (more: Partial<Cosigning>) =>
  (bench: Bench): void =>
    cosigned(bench, note => note + line(note, more))
const key =
  (row: Json) =>
  (bench: Bench): void =>
    cosigned(bench, undefined, { key: row })
const turned = (text: string) =>
  text.replace(/.(?=[^\n]{8}\n$)/, char => (char === 'A' ? 'B' : 'A'))

export const rows: Row[] = [
  ['a cosigned checkpoint is garbled', file(() => 'none'), 'cosigned-malformed'],
  [
    'a cosigned checkpoint is another log’s',
    bench =>
      cosigned(bench, () => {
        const text = textOf(size, naiveRoot(bench.leaves().slice(0, size)), 'other')
        const note = noteOf(text, bench.signer)
        return note + line(note)
      }),
    'cosigned-origin',
  ],
  [
    'a cosigned checkpoint is signed by another log key',
    bench => cosigned(bench, note => noteOf(bodyOf(note), noteSigner()) + line(note)),
    'cosigned-unsigned',
  ],
  [
    'a cosigned checkpoint tells another size than was signed',
    file(note => (note + line(note)).replace(/\n200\n/, '\n199\n')),
    'cosigned-signature',
  ],
  ['a cosigned checkpoint has no cosignature', file(note => note), 'cosignature-missing'],
  [
    'a cosigned checkpoint has a witness’s line only',
    lines({ name: 'witness.example/w1' }),
    'cosignature-missing',
  ],
  [
    'a cosigned checkpoint lies under another institution’s code',
    bench => cosigned(bench, undefined, { at: `cosigned/ALA/${size}` }),
    'cosignature-missing',
  ],
  ['the cosigner’s key is nobody’s', lines({ jwk: other }), 'cosignature-key'],
  ['the cosigner’s key is another institution’s', key({ institution: 'ALA' }), 'cosignature-key'],
  ['the cosignature is in another’s name', lines({ name: nameOf('ALA') }), 'cosignature-key'],
  ['the cosignature is of another type', lines({ type: 1 }), 'cosignature-key'],
  [
    'another key cosigns under the key’s id',
    lines({ jwk: other, as: jwk }),
    'cosignature-signature',
  ],
  [
    'a bit of a cosignature is turned',
    file(note => turned(note + line(note))),
    'cosignature-signature',
  ],
  [
    'the cosignature is of another text',
    file(note => note + line(note.replace(/\n200\n/, '\n199\n'))),
    'cosignature-signature',
  ],
  ['the cosigner’s key is no liaison’s', key({ roles: ['referrer'] }), 'key-role'],
  [
    'the cosigner’s key was not valid yet',
    key({ validFrom: '2026-11-22T00:00:00.000Z' }),
    'key-validity',
  ],
  [
    'the cosigner’s key was revoked by then',
    key({ revokedAt: '2026-11-20T00:00:00.000Z', revocationReason: 'superseded' }),
    'key-revoked',
  ],
  [
    'a cosignature on the checkpoint itself is changed',
    bench => {
      cosigned(bench)
      const note = String(bench.read('checkpoint'))
      bench.write('checkpoint', turned(note + line(note)))
    },
    'cosignature-signature',
  ],
  [
    'a cosigned checkpoint lies under another size',
    bench => cosigned(bench, undefined, { at: 'cosigned/IGM/199' }),
    'file-unexpected',
  ],
  [
    'a file lies among the cosigned checkpoints',
    ({ write }) => write('cosigned/IGM/notes.txt', 'more'),
    'file-unexpected',
  ],
  [
    'a file lies where an institution should',
    ({ write }) => write('cosigned/200', 'more'),
    'file-unexpected',
  ],
  [
    'the operator rewrites what was cosigned, and signs it anew',
    bench => {
      cosigned(bench)
      // A read that nothing else names.
      bench.rebuild(bench.leaves().toSpliced(160, 1), 'signature')
    },
    'cosigned-fork',
  ],
  [
    'the operator takes back the end of what was cosigned',
    bench => {
      cosigned(bench, undefined, {
        upTo: bench.size,
        more: [changed],
        at: `cosigned/IGM/${bench.size + 1}`,
      })
    },
    'cosigned-rollback',
  ],
]
