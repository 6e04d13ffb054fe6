// Tampering with what the log says of the console, by whoever has the log's key.
import { type Json, idAt } from './log-bench.ts'
import { entry, firstOf, read } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

/** Where the hub says what it serves. */
const served = firstOf(({ action }) => action === 'hub.console')

export const rows: Row[] = [
  [
    'the console is said to be another, and is the one from before',
    bench =>
      bench.resign(all => {
        const first = structuredClone(all[served(bench)]) as Json
        const { time } = all.at(-1) as Json
        const id = idAt(time)
        all.push({ ...first, id, time, request: { ...first.request, id } })
      }),
    'console-repeated',
    ({ size }) => size,
  ],
  [
    'it is not said which console is served',
    bench => bench.resign(all => delete (all[served(bench)] as Json).console),
    'console-stray',
    served,
  ],
  [
    'an entry of something else says what is served',
    entry(read, value => (value.console = { manifest: 'a'.repeat(64) })),
    'console-stray',
    read,
  ],
]
