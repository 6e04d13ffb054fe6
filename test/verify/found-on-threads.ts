// What is found first in a log on several threads is what is found first on one.
import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tilePath } from '../../verify/places.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { type WrittenEntry, writeSignedLog } from '../bench/signed-log.ts'
import { temporaryFolder } from '../temporary-folder.ts'

type Change = (entry: WrittenEntry) => object
const inRequest =
  (more: object): Change =>
  entry => ({ ...entry, request: { ...entry.request, ...more } })

/** A whole log of three bundles, in `whole`; and every finding, of which `take` says which are tried. */
export const foundOnThreads = async (take: (nth: number) => boolean) => {
  const folder = temporaryFolder('verify-workers')
  const size = 520
  const whole = join(folder, 'whole')
  const { vkey, newest } = await writeSignedLog(whole, size)
  const now = new Date(newest)

  const unsigned = inRequest({ signature: `hub=:${Buffer.alloc(64).toString('base64')}:` })
  const unreadable = inRequest({ signatureInput: 'x' })
  const elsewhere = inRequest({ covered: { '@authority': 'other.example', '@query': '?' } })

  let written = 0
  /** A log whose tree is over entries that were changed before. */
  const logWith = async (changes: Record<number, Change>) => {
    const place = join(folder, String((written += 1)))
    const log = await writeSignedLog(place, size, (entry, i) => changes[i]?.(entry) ?? entry)
    return { place, vkey: log.vkey }
  }

  /** A whole log, changed after. */
  const copyWith = (change: (place: string) => void) => {
    const place = join(folder, String((written += 1)))
    cpSync(whole, place, { recursive: true })
    change(place)
    return { place, vkey }
  }
  const bundle = (place: string, n: number) =>
    join(place, tilePath('entries', n, n === 2 ? size - 512 : 256))
  /** The first entry of a bundle is no JSON. */
  const garbled = (place: string, n: number) => {
    const bytes = readFileSync(bundle(place, n))
    bytes[2] = 0x21
    writeFileSync(bundle(place, n), bytes)
  }
  const cut = (place: string, n: number) => truncateSync(bundle(place, n), 1000)

  const signature = 'evidence-signature'
  const findings: [string, () => Promise<{ place: string; vkey: string }>, object][] = [
    [
      'the first of two signatures that do not hold',
      () => logWith({ 300: unsigned, 515: unsigned }),
      { code: signature, index: 300 },
    ],
    [
      'a signature before what is wrong without one',
      () => logWith({ 255: unsigned, 256: unreadable }),
      { code: signature, index: 255 },
    ],
    [
      'what is wrong without a signature before one',
      () => logWith({ 255: unreadable, 256: unsigned }),
      { code: 'evidence-malformed', index: 255 },
    ],
    [
      'in one entry the signature before the authority',
      () => logWith({ 299: elsewhere }),
      { code: signature, index: 299 },
    ],
    [
      'a repeated id before any signature',
      () => logWith({ 5: unsigned, 519: entry => ({ ...entry, id: idOf(1) }) }),
      { code: 'entry-repeated', index: 519 },
    ],
    ['the last', () => logWith({ 519: unsigned }), { code: signature, index: 519 }],
    [
      'a signature of another length',
      () => logWith({ 20: inRequest({ signature: 'hub=:AAAA:' }) }),
      { code: signature, index: 20 },
    ],
    [
      'that two entries of one request say something else of it',
      () => logWith({ 50: inRequest({ id: idOf(9), path: '/v1/referrals' }), 515: unsigned }),
      { code: 'evidence-differs', index: 50 },
    ],
    [
      'the first of two entries that are none',
      async () => copyWith(place => [2, 1].forEach(n => garbled(place, n))),
      { code: 'entry-not-json', index: 256 },
    ],
    [
      'a bundle that is cut before an entry that is none',
      async () => copyWith(place => (garbled(place, 0), cut(place, 2))),
      { code: 'bundle-short' },
    ],
    [
      'keys.json only where its turn is: behind the entries',
      async () =>
        copyWith(place => (writeFileSync(join(place, 'keys.json'), '{}'), garbled(place, 2))),
      { code: 'entry-not-json', index: 512 },
    ],
    [
      'keys.json, where all before it is right',
      async () => copyWith(place => writeFileSync(join(place, 'keys.json'), '{}')),
      { code: 'keys-malformed' },
    ],
  ]

  const idOf = (index: number): string => {
    const bytes = readFileSync(bundle(whole, 0)).toString('latin1')
    return [...bytes.matchAll(/\{"id":"([^"]+)"/g)].at(index)?.[1] ?? ''
  }

  const tried = findings.filter((_, nth) => take(nth))
  test.each(tried)('finds %s, on one thread as on three', async (_name, make, expected) => {
    const { place, vkey: own } = await make()
    for (const workers of [1, 3])
      expect(await verifyFolder(place, { vkey: own, now, workers })).toMatchObject(expected)
  })

  return { whole, vkey, newest, now, size, cutCopy: () => copyWith(place => cut(place, 1)).place }
}
