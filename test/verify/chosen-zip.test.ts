// A log in a ZIP file, as a browser takes it: what the console writes, what other programs pack again, and what
// somebody made to harm whoever unpacks it.
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { unzipped, zipLimits } from '../../console/src/unzip.ts'
import { zipped } from '../../console/src/zip.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const log = {
  'bitacora-1/policy.json': '{"origin":"x"}\n',
  'bitacora-1/checkpoint': 'x\n1\n',
  'bitacora-1/tile/entries/000.p/1': 'á'.repeat(5000),
}
const filesOf = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, bytes(text)]))
const read = async (zip: Blob | Uint8Array<ArrayBuffer>[]) => {
  const files = await unzipped(zip instanceof Blob ? zip : new Blob(zip))
  const texts = [...files].map(async ([path, held]) => [path, await held.text()] as const)
  return Object.fromEntries(await Promise.all(texts))
}
const within = {
  policy: log['bitacora-1/policy.json'],
  checkpoint: log['bitacora-1/checkpoint'],
  entries: log['bitacora-1/tile/entries/000.p/1'],
}
const plain = {
  'policy.json': within.policy,
  checkpoint: within.checkpoint,
  'tile/entries/000.p/1': within.entries,
}

/** One file of a ZIP, and what its two headers say: as it is, where nothing else is asked. */
type Made = {
  path: string
  content: Buffer
  method?: number
  flags?: number
  sum?: number
  size?: number
  packed?: number
  /** The name in its own header. */
  local?: string
  /** Where the directory says that it begins. */
  at?: number
}

/** A ZIP as another program makes one, or an enemy. */
const made = (files: readonly Made[], { comment = '', count = files.length, size = 0 } = {}) => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const one of files) {
    const { path, content, method = 0, flags = 0x0800, local = path } = one
    const body = method === 8 ? deflateRawSync(content) : content
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50)
    header.writeUInt16LE(20, 4)
    header.writeUInt16LE(flags, 6)
    header.writeUInt16LE(method, 8)
    // As programs write that do not know the length beforehand: it stands in the directory alone.
    header.writeUInt16LE(Buffer.byteLength(local), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(one.sum ?? crc32(content), 16)
    entry.writeUInt32LE(one.packed ?? body.length, 20)
    entry.writeUInt32LE(one.size ?? content.length, 24)
    entry.writeUInt16LE(Buffer.byteLength(path), 28)
    entry.writeUInt32LE(one.at ?? at, 42)
    parts.push(header, Buffer.from(local), body)
    directory.push(entry, Buffer.from(path))
    at += 30 + Buffer.byteLength(local) + body.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size || Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  return new Blob([Buffer.concat([...parts, ...directory, end, Buffer.from(comment)])])
}
const one = (more: Partial<Made> = {}): Made => ({
  path: 'policy.json',
  content: Buffer.from('{}'),
  ...more,
})

test('what the console exports is read as the folder that it is', async () => {
  expect(await read(zipped(filesOf(log)))).toEqual(plain)
})

test('so is what was packed again: deflated, with folders, a comment, and what macOS adds', async () => {
  const files = Object.entries(log).map(([path, text]) => ({
    path,
    content: Buffer.from(text),
    method: 8,
  }))
  const folder = { path: 'bitacora-1/tile/', content: Buffer.alloc(0) }
  const mac = { path: '__MACOSX/bitacora-1/._policy.json', content: Buffer.from('x') }
  const comment = `PK\u0005\u0006${'x'.repeat(300)}`
  expect(await read(made([folder, ...files, mac], { comment }))).toEqual(plain)
  // Not in a folder, in another order, stored.
  const bare = Object.entries(plain).map(([path, text]) => ({ path, content: Buffer.from(text) }))
  expect(await read(made(bare.toReversed()))).toEqual(plain)
})

describe('nothing is unpacked of', () => {
  const mib = 2 ** 20
  const rows: [string, string, () => Blob | Promise<Blob>][] = [
    ['what is no ZIP', 'zip-none', () => new Blob(['no es un ZIP'])],
    ['an empty file', 'zip-none', () => new Blob([])],
    ['a ZIP that was cut off', 'zip-none', () => made([one()]).slice(0, -5)],
    ['a ZIP that lost its beginning', 'zip-damaged', () => made([one()]).slice(10)],
    ['a directory beyond the end', 'zip-damaged', () => made([one()], { size: 9999 })],
    ['more files than there are', 'zip-damaged', () => made([one()], { count: 2 })],
    ['a directory of many megabytes', 'zip-large', () => made([one()], { size: 17 * mib })],
    ['ZIP64', 'zip-kind', () => made([one()], { count: 0xffff })],
    ['another way of packing', 'zip-kind', () => made([one({ method: 12 })])],
    ['what has a password', 'zip-locked', () => made([one({ flags: 0x0801 })])],
    ['a changed byte', 'zip-damaged', () => made([one({ sum: 1 })])],
    ['two names for one file', 'zip-damaged', () => made([one({ local: 'checkpoint' })])],
    ['a name twice', 'zip-name', () => made([one(), one()])],
    ['a path that leads out', 'zip-name', () => made([one({ path: '../policy.json' })])],
    ['a path from the root', 'zip-name', () => made([one({ path: '/policy.json' })])],
    ['a path of Windows', 'zip-name', () => made([one({ path: 'a\\policy.json' })])],
    ['stored bytes of two lengths', 'zip-damaged', () => made([one({ size: 99 })])],
    ['more bytes than there are', 'zip-damaged', () => made([one({ size: 99, packed: 99 })])],
    [
      'files that share their bytes',
      'zip-damaged',
      () => made([one(), one({ path: 'checkpoint', at: 0, local: 'policy.json' })]),
    ],
    [
      'a bomb that says how large it is',
      'zip-large',
      () => made([one({ method: 8, content: Buffer.alloc(10), size: zipLimits.one + 1 })]),
    ],
    [
      'many that are large together',
      'zip-large',
      () =>
        made(
          Array.from({ length: 17 }, (_, n) =>
            one({ path: `f${n}`, method: 8, content: Buffer.alloc(10), size: zipLimits.one }),
          ),
        ),
    ],
    [
      'a bomb that hides how large it is',
      'zip-damaged',
      () => made([one({ method: 8, content: Buffer.alloc(64 * mib), size: 1000 })]),
    ],
    [
      'less than it says',
      'zip-damaged',
      () => made([one({ method: 8, content: Buffer.alloc(10), size: 1000 })]),
    ],
    [
      'what cannot be inflated',
      'zip-damaged',
      async () => {
        const whole = Buffer.from(
          await made([one({ method: 8, content: Buffer.from('x'.repeat(500)) })]).arrayBuffer(),
        )
        whole.fill(0xff, 41, 47)
        return new Blob([whole])
      },
    ],
  ]

  test.each(rows)('%s', async (_, code, zip) => {
    await expect(unzipped(await zip())).rejects.toMatchObject({ name: 'ZipFault', code })
  })
})
