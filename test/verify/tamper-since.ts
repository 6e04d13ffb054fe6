// What an older checkpoint, or the calendar, gives away.
import { join } from 'node:path'
import { type Bench } from './log-bench.ts'
import { checkpointOf, noteOf, noteSigner, textOf, naiveRoot } from './log-notes.ts'
import type { Row } from './tamper-note.ts'

/** Keeps a checkpoint beside the folder's own, to be asked about with `--since`. */
const since = (make: (bench: Bench) => string) => (bench: Bench) => {
  bench.write('older', make(bench))
  return { since: join(bench.dir, 'older') }
}
const signed = (change: (leaves: Buffer[]) => Uint8Array[]) =>
  since(({ leaves, signer }) => checkpointOf(change(leaves()), signer))
const changed = Buffer.from('{"changed":true}')

export const rows: Row[] = [
  ['an older log is put in place of the newer', signed(all => [...all, changed]), 'rollback'],
  ['the log forked long ago', signed(all => all.slice(0, 100).with(7, changed)), 'fork'],
  ['the log forked in its last entry', signed(all => [...all.slice(0, -1), changed]), 'fork'],
  [
    'the older log had its entries in another order',
    signed(all => all.slice(0, 2).toReversed()),
    'fork',
  ],
  [
    'the older checkpoint tells an impossible root',
    since(({ signer }) => noteOf(textOf(5, Buffer.alloc(32)), signer)),
    'fork',
  ],
  [
    'an empty log had a root of its own',
    since(({ signer }) => noteOf(textOf(0, Buffer.alloc(32)), signer)),
    'fork',
  ],
  [
    'the older checkpoint is another key’s',
    since(({ leaves }) => checkpointOf(leaves(), noteSigner())),
    'since-unsigned',
  ],
  [
    'the older checkpoint is another log’s',
    since(({ leaves, signer }) =>
      noteOf(textOf(5, naiveRoot(leaves().slice(0, 5)), 'other'), signer),
    ),
    'since-origin',
  ],
  [
    'the older checkpoint was changed',
    since(bench => checkpointOf(bench.leaves(), bench.signer).replace(/\n\d+\n/, '\n5\n')),
    'since-signature',
  ],
  [
    'the older checkpoint came by mail',
    since(({ leaves, signer }) => checkpointOf(leaves(), signer).replaceAll('\n', '\r\n')),
    'altered-in-transit',
  ],
  ['the older checkpoint is garbled', since(() => 'none'), 'since-malformed'],
  [
    'the older checkpoint is not there',
    ({ dir }) => ({ since: join(dir, 'none') }),
    'since-missing',
  ],
  [
    'the log ends too long ago',
    () => ({ now: new Date('2026-11-22T12:00:00.000Z'), maxAgeMs: 3_600_000 }),
    'stale',
  ],
]
