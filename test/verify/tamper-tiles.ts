// Tampering with entries and hash tiles by somebody who recomputes what can be recomputed without the log's key.
import { type Bench } from './log-bench.ts'
import { entry } from './tamper-bundles.ts'
import type { Row } from './tamper-note.ts'

const flip = (bytes: Buffer, at: number) => {
  const place = at < 0 ? bytes.length + at : at
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
  return bytes
}
const denied = (text: string) => text.replace('"outcome":"allowed"', '"outcome":"denied"')
const swapped = (all: Buffer[], a: number, b: number) =>
  all.with(a, all[b] as Buffer).with(b, all[a] as Buffer)
const last = ({ size }: Bench) => size - 1

export const rows: Row[] = [
  ['an entry’s outcome is changed', entry(7, denied), 'leaf-hash', 7],
  [
    'one digit of an entry’s id is changed',
    entry(9, text =>
      text.replace(/(.)(","time)/, (_, digit, rest) => `${digit === '0' ? '1' : '0'}${rest}`),
    ),
    'leaf-hash',
    9,
  ],
  [
    'two entries are exchanged',
    ({ rebuild, leaves }) => rebuild(swapped(leaves(), 20, 30), 'entries'),
    'leaf-hash',
    20,
  ],
  [
    'two entries are exchanged over the border of a tile',
    ({ rebuild, leaves }) => rebuild(swapped(leaves(), 255, 256), 'entries'),
    'leaf-hash',
    255,
  ],
  [
    'an entry is written over the next',
    ({ rebuild, leaves }) => rebuild(leaves().with(21, leaves()[20] as Buffer), 'entries'),
    'leaf-hash',
    21,
  ],
  [
    'the last entry is changed',
    bench => bench.text(bench.size - 2, denied, 'entries'),
    'leaf-hash',
    ({ size }) => size - 2,
  ],
  [
    'a bit of a leaf hash is turned',
    ({ bytes }) => bytes('tile/0/000', all => flip(all, 3 * 32)),
    'leaf-hash',
    3,
  ],
  [
    'a bit of the last leaf hash is turned',
    ({ bytes, partial }) => bytes(partial(0), all => flip(all, -1)),
    'leaf-hash',
    last,
  ],
  [
    'an upper hash has a bit turned',
    ({ bytes }) => bytes('tile/1/000.p/1', all => flip(all, 31)),
    'tile-hash',
    0,
  ],
  ['a leaf tile is missing', ({ remove }) => remove('tile/0/000'), 'tile-missing'],
  ['an upper tile is missing', ({ remove }) => remove('tile/1/000.p/1'), 'tile-missing'],
  [
    'a leaf tile is too long',
    ({ bytes }) => bytes('tile/0/000', all => Buffer.concat([all, Buffer.alloc(32)])),
    'tile-length',
  ],
  [
    'a leaf tile is too short',
    ({ bytes, partial }) => bytes(partial(0), all => all.subarray(32)),
    'tile-length',
  ],
  [
    'a narrower tile lies beside it',
    ({ write }) => write('tile/0/001.p/1', Buffer.alloc(32)),
    'file-unexpected',
  ],
  [
    'a level too many is there',
    ({ write }) => write('tile/2/000.p/1', Buffer.alloc(32)),
    'file-unexpected',
  ],

  [
    'an entry is changed, leaf tiles recomputed',
    ({ text }) => text(7, denied, 'leaf tiles'),
    'tile-hash',
    0,
  ],
  [
    'an entry of the last tile is changed, leaf tiles recomputed',
    ({ text }) => text(258, denied, 'leaf tiles'),
    'root',
  ],
  ['an entry is changed, all tiles recomputed', ({ text }) => text(7, denied, 'all tiles'), 'root'],
  [
    'two entries are exchanged, all tiles recomputed',
    ({ rebuild, leaves }) => rebuild(swapped(leaves(), 20, 30), 'all tiles'),
    'root',
  ],
  [
    'an entry stands twice in place of another, all tiles recomputed',
    ({ rebuild, leaves }) => rebuild(leaves().with(21, leaves()[20] as Buffer), 'all tiles'),
    'root',
  ],
  [
    'an entry is moved, all tiles recomputed',
    ({ rebuild, leaves }) =>
      rebuild([...leaves().toSpliced(20, 1), leaves()[20] as Buffer], 'all tiles'),
    'root',
  ],
]
