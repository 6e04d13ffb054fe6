// Tampering with the bundles and the entries in them: found before any hash is compared.
import { type Bench } from './log-bench.ts'
import type { Row } from './tamper-note.ts'

/** Changes the text of one entry, and nothing beside it. */
export const entry =
  (index: number, change: (text: string) => string | Uint8Array) =>
  ({ text }: Bench) =>
    text(index, change, 'entries')
const last = ({ size }: Bench) => size - 1

export const rows: Row[] = [
  ['a full bundle is missing', ({ remove }) => remove('tile/entries/000'), 'bundle-missing', 0],
  [
    'the last bundle is missing',
    ({ remove, partial }) => remove(partial('entries')),
    'bundle-missing',
    256,
  ],
  [
    'the last bundle lacks its last byte',
    ({ bytes, partial }) => bytes(partial('entries'), all => all.subarray(0, -1)),
    'bundle-short',
    last,
  ],
  [
    'the last bundle is empty',
    ({ write, partial }) => write(partial('entries'), ''),
    'bundle-short',
    256,
  ],
  [
    'a bundle has a byte too many',
    ({ bytes }) => bytes('tile/entries/000', all => Buffer.concat([all, Buffer.of(0)])),
    'bundle-trailing',
    256,
  ],
  [
    'a bundle has an entry too many',
    ({ bytes, partial }) =>
      bytes(partial('entries'), all => Buffer.concat([all, Buffer.of(0, 2), Buffer.from('{}')])),
    'bundle-trailing',
    ({ size }) => size,
  ],
  [
    'a bundle lacks an entry',
    ({ bytes }) => bytes('tile/entries/000', all => all.subarray(2 + all.readUInt16BE(0))),
    'bundle-short',
    255,
  ],
  [
    'a bundle is there under another width',
    ({ write, remove, read, partial, rest }) => {
      write(`tile/entries/001.p/${rest + 1}`, read(partial('entries')))
      remove(partial('entries'))
    },
    'bundle-missing',
    256,
  ],
  [
    'the bundles are exchanged',
    ({ write, read, partial }) => {
      const [a, b] = [read('tile/entries/000'), read(partial('entries'))]
      write('tile/entries/000', b)
      write(partial('entries'), a)
    },
    'bundle-short',
    ({ rest }) => rest,
  ],
  [
    'the last entry is removed, tiles recomputed',
    ({ rebuild, leaves }) => rebuild(leaves().slice(0, -1), 'all tiles'),
    'bundle-missing',
    256,
  ],
  [
    'an entry is added, tiles recomputed',
    ({ rebuild, leaves }) => rebuild([...leaves(), Buffer.from('{}')], 'all tiles'),
    'bundle-missing',
    256,
  ],

  ['an entry is no JSON', entry(7, text => text.slice(1)), 'entry-not-json', 7],
  ['an entry is null', entry(7, () => 'null'), 'entry-not-json', 7],
  ['an entry is empty', entry(7, () => ''), 'entry-not-json', 7],
  [
    'an entry is not UTF-8',
    entry(7, text => Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.of(0xff)])),
    'entry-not-json',
    7,
  ],
  [
    'an entry begins with a byte order mark',
    entry(7, text => `\ufeff${text}`),
    'entry-not-json',
    7,
  ],
  [
    'an entry carries its index',
    entry(7, text => text.replace('{', '{"index":7,')),
    'entry-index',
    7,
  ],
  [
    'an entry has an unknown member',
    entry(7, text => text.replace('{', '{"more":1,')),
    'entry-shape',
    7,
  ],
  [
    'an entry’s request has an unknown member',
    entry(7, text => text.replace('"method"', '"more":"","method"')),
    'entry-shape',
    7,
  ],
  ['an entry is a list', entry(7, () => '[]'), 'entry-shape', 7],
  [
    'an entry lacks its actor',
    entry(7, text => text.replace(/"actor":\{.*?\},/, '')),
    'entry-shape',
    7,
  ],
  [
    'an entry has an unknown action',
    entry(7, text => text.replace(/"action":"[^"]+"/, '"action":"referral.sell"')),
    'entry-shape',
    7,
  ],
  ['an entry has spaces', entry(7, text => text.replace('":', '": ')), 'entry-not-exact', 7],
  ['an entry ends in a line break', entry(7, text => `${text}\n`), 'entry-not-exact', 7],
  [
    'an entry has a member twice',
    entry(7, text => text.replace('{', '{"outcome":"denied",')),
    'entry-not-exact',
    7,
  ],
  [
    'an entry has an escape that needs none',
    entry(7, text => text.replace('"allowed"', '"\\u0061llowed"')),
    'entry-not-exact',
    7,
  ],
]
