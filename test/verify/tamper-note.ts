// Tampering with the policy and the checkpoint of an exported log.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { VerifyOptions } from '../../verify/verify-folder.ts'
import type { FailureCode } from '../../verify/verdict.ts'
import { type Bench } from './log-bench.ts'
import { naiveRoot, noteOf, noteSigner, textOf, vkeyOf } from './log-notes.ts'

/** Name, what is done, the code it must meet, and the first entry concerned. */
export type Row = [
  name: string,
  tamper: (bench: Bench) => Partial<VerifyOptions> | undefined | void,
  code: FailureCode,
  index?: number | ((bench: Bench) => number),
]

const policy =
  (change: (text: string) => string) =>
  ({ bytes }: Bench) =>
    bytes('policy.json', text => change(String(text)))
const note =
  (change: (text: string) => string) =>
  ({ bytes }: Bench) =>
    bytes('checkpoint', text => change(String(text)))
const flip = (bytes: Buffer, at: number) => {
  const place = at < 0 ? bytes.length + at : at
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
  return bytes
}
const root = ({ leaves }: Bench) => naiveRoot(leaves())
const stranger = noteSigner()

export const rows: Row[] = [
  [
    'nothing of an export is there',
    ({ dir, remove }) => {
      for (const name of ['policy.json', 'checkpoint']) remove(name)
      rmSync(join(dir, 'tile'), { recursive: true })
    },
    'not-an-export',
  ],
  [
    'the checkpoint came by mail',
    note(text => text.replaceAll('\n', '\r\n')),
    'altered-in-transit',
  ],
  [
    'policy.json was checked out by git',
    policy(text => text.replaceAll('\n', '\r\n')),
    'altered-in-transit',
  ],
  [
    'keys.json was saved by an editor',
    ({ bytes }) => bytes('keys.json', text => `\ufeff${String(text)}`),
    'altered-in-transit',
  ],
  ['policy.json is missing', ({ remove }) => remove('policy.json'), 'policy-missing'],
  ['policy.json is garbled', policy(text => text.slice(1)), 'policy-malformed'],
  [
    'policy.json has one member more',
    policy(text => text.replace('{', '{"a":1,')),
    'policy-malformed',
  ],
  ['policy.json is spelt otherwise', policy(text => text.replace('{', '{ ')), 'policy-malformed'],
  [
    'policy.json names another origin',
    policy(text => text.replace('access-log"', 'other-log"')),
    'policy-key',
  ],
  [
    'the vkey has another key id',
    ({ json }) =>
      json('policy.json', value => (value.vkey = value.vkey.replace(/\+.{8}\+/, '+00000000+'))),
    'policy-key',
  ],
  [
    'the vkey is of another algorithm',
    ({ json }) =>
      json(
        'policy.json',
        value => (value.vkey = value.vkey.replace(/^([^+]+\+[0-9a-f]{8}\+)A./, '$1Ag')),
      ),
    'policy-key',
  ],
  [
    'the vkey is no vkey',
    ({ json }) => json('policy.json', value => (value.vkey = 'key')),
    'policy-key',
  ],
  [
    'the vkey is of another key',
    ({ json }) => json('policy.json', value => (value.vkey = vkeyOf(stranger))),
    'log-key',
  ],

  ['the checkpoint is missing', ({ remove }) => remove('checkpoint'), 'checkpoint-missing'],
  ['the checkpoint is empty', note(() => ''), 'checkpoint-malformed'],
  [
    'the checkpoint tells another size',
    note(text => text.replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) + 1}\n`)),
    'checkpoint-signature',
  ],
  [
    'the size has a leading zero',
    note(text => text.replace(/\n(\d+)\n/, '\n0$1\n')),
    'checkpoint-malformed',
  ],
  [
    'the checkpoint tells another root',
    bench =>
      bench.bytes('checkpoint', text =>
        String(text).replace(
          root(bench).toString('base64'),
          flip(root(bench), 0).toString('base64'),
        ),
      ),
    'checkpoint-signature',
  ],
  [
    'the root is too short',
    bench =>
      bench.bytes('checkpoint', text =>
        String(text).replace(root(bench).toString('base64'), 'AAAA'),
      ),
    'checkpoint-malformed',
  ],
  [
    'the checkpoint is of another origin',
    note(text => text.replace('access-log', 'other-log')),
    'checkpoint-origin',
  ],
  [
    'a bit of the checkpoint’s signature is turned',
    note(text => text.replace(/.(?=[^\n]{8}\n$)/, char => (char === 'A' ? 'B' : 'A'))),
    'checkpoint-signature',
  ],
  [
    'the checkpoint is signed by another key',
    bench => bench.write('checkpoint', noteOf(textOf(bench.size, root(bench)), stranger)),
    'checkpoint-unsigned',
  ],
  [
    'another key signs under the key’s id',
    bench =>
      bench.write(
        'checkpoint',
        noteOf(
          textOf(bench.size, root(bench)),
          stranger,
          Buffer.from(vkeyOf(bench.signer).split('+').at(1) ?? '', 'hex'),
        ),
      ),
    'checkpoint-signature',
  ],
  ['the signature is cut off', note(text => text.replace(/— .*\n/, '')), 'checkpoint-unsigned'],
  [
    'text and signature are cut apart',
    note(text => text.replace(/\n— .*\n/, '')),
    'checkpoint-unsigned',
  ],
  [
    'the signature is another name’s',
    note(text => text.replace('— ', '— other.')),
    'checkpoint-unsigned',
  ],
  [
    'a line is added to the checkpoint',
    note(text => text.replace('\n\n', '\nmore\n\n')),
    'checkpoint-malformed',
  ],
  ['a line stands before the checkpoint', note(text => `more\n${text}`), 'checkpoint-malformed'],
  ['something stands behind the signature', note(text => `${text}more`), 'checkpoint-malformed'],
  [
    'a line that is no signature stands behind it',
    note(text => `${text}more\n`),
    'checkpoint-malformed',
  ],
  [
    'the signature is spelt otherwise',
    note(text => text.replace(/\n$/, ' \n')),
    'checkpoint-malformed',
  ],
]
