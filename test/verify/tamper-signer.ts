// What whoever has the log's own key signs, and could not have come of any log.
import { naiveRoot, noteOf, textOf } from './log-notes.ts'
import { entry, read } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

export const rows: Row[] = [
  [
    'the key signs another root',
    bench => bench.write('checkpoint', noteOf(textOf(bench.size, Buffer.alloc(32)), bench.signer)),
    'root',
  ],
  [
    'the key signs one entry less',
    bench =>
      bench.write(
        'checkpoint',
        noteOf(textOf(bench.size - 1, naiveRoot(bench.leaves().slice(0, -1))), bench.signer),
      ),
    'bundle-missing',
    256,
  ],
  [
    'the key signs an extension line',
    bench =>
      bench.write(
        'checkpoint',
        noteOf(`${textOf(bench.size, naiveRoot(bench.leaves()))}more\n`, bench.signer),
      ),
    'checkpoint-malformed',
  ],
  [
    'the key signs an entry twice',
    ({ rebuild, leaves }) =>
      rebuild(leaves().with(read + 1, leaves()[read] as Buffer), 'signature'),
    'entry-repeated',
    read + 1,
  ],
  [
    'the key signs an entry of unknown shape',
    entry(read, value => (value.more = 1)),
    'entry-shape',
    read,
  ],
]
