// The log read without trust in the hub: officers verify the whole of it with a reader that knows nothing of our code.
import { describe, expect, test } from 'vitest'
import { appendReads } from '../verify/signed-reads.ts'
import { type CallerName, callerOf, hubFileOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { leafOf, log, readingOf } from './log-reading.ts'
import { emptyHub } from './empty-hub.ts'
import {
  entriesIn,
  hashOfLeaf,
  hashesIn,
  readVerifier,
  tilePath,
  tilesOf,
  treeRoot,
  verifyProof,
} from './tlog-reader.ts'

const hub = await emptyHub()
const igm = await callerOf(hub, 'igm-system')
const { officer, get, octets, checkpointNow, leavesOf } = await readingOf(hub)
const sequence = () => hub.hub.invoke('referral-hub-SequenceAccessLog', {})
const first = (await igm.submitReferral(submissionOf(1))).body
// Until something is signed there is nothing that an officer could verify.
await sequence()
const verifier = readVerifier((await get('ala-compliance', `${log}/public-key`)).text)

test('access-log-size grows and never shrinks, and is the size of a signed tree', async () => {
  const sizes: number[] = []
  for (let n = 0; n < 4; n++) {
    const { headers } = await igm.getReferral(first.referralId)
    sizes.push(Number(headers.get('access-log-size')))
    await sequence()
    await new Promise(resolve => setTimeout(resolve, 550))
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
  expect(sizes.at(-1)).toBeGreaterThan(sizes[0] as number)
  expect((await checkpointNow(verifier)).size).toBeGreaterThanOrEqual(sizes.at(-1) as number)
})

describe('an officer who trusts nobody', { timeout: 60_000 }, () => {
  test('finds through tiles alone that an older checkpoint is a beginning of a later one', async () => {
    const old = await checkpointNow(verifier)
    const oldTiles = await Promise.all(tilesOf(0, old.size).map(octets))
    // Across the border of a full tile, so that there is a second level.
    await appendReads(hub, first.referralId, 270)
    await sequence()
    const later = await checkpointNow(verifier)
    expect(later.size).toBeGreaterThan(Math.max(old.size + 256, 256))

    const leaves = await leavesOf(later.size)
    expect(leaves.length).toBe(later.size)
    expect(treeRoot(leaves)).toEqual(later.root)
    expect(treeRoot(leaves.slice(0, old.size))).toEqual(old.root)
    expect(treeRoot(oldTiles.flatMap(hashesIn))).toEqual(old.root)
    // The partial tile of the older tree is still there, and the same.
    expect(await octets(tilesOf(0, old.size).at(-1) as string)).toEqual(oldTiles.at(-1))

    const above = (await Promise.all(tilesOf(1, later.size).map(octets))).flatMap(hashesIn)
    expect(above).toEqual(
      Array.from({ length: Math.floor(later.size / 256) }, (_, n) =>
        treeRoot(leaves.slice(n * 256, n * 256 + 256)),
      ),
    )
  })

  test('finds in the entry bundles what the tiles are made of, byte for byte what a query says', async () => {
    const { size } = await checkpointNow(verifier)
    const bundles = await Promise.all(tilesOf('entries', size).map(octets))
    const entries = bundles.flatMap(entriesIn)
    expect(entries.map(hashOfLeaf)).toEqual(await leavesOf(size))
    const ids = entries.map(bytes => (JSON.parse(bytes.toString()) as { id: string }).id)
    expect(new Set(ids).size).toBe(size)
    const { items } = (await officer.accessLog({ limit: 200 })).body
    const placed = items.filter(({ index = size }) => index < size)
    expect(placed.length).toBeGreaterThan(100)
    for (const entry of placed)
      expect(leafOf(entry).toString()).toBe(entries[entry.index ?? -1]?.toString())
  })

  test('gets a proof of any entry that is signed, and of no other', async () => {
    const { size } = await checkpointNow(verifier)
    const entries = (await Promise.all(tilesOf('entries', size).map(octets))).flatMap(entriesIn)
    for (const index of [0, 1, 127, 255, 256, size - 1]) {
      const { status, text, headers } = await get('ala-compliance', `${log}/entries/${index}/proof`)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
      expect(verifyProof(text, entries[index] as Buffer, verifier).index).toBe(index)
    }
    const beyond = await get('ala-compliance', `${log}/entries/999999/proof`)
    expect([beyond.status, beyond.json.code]).toEqual([404, 'not-yet-sequenced'])
  })

  test('gets partial tiles of every width that is signed, and may keep them for ever', async () => {
    const { size } = await checkpointNow(verifier)
    const full = await octets(tilePath(0, 0, 256))
    for (const width of [1, 2, 128, 255])
      expect(await octets(tilePath(0, 0, width))).toEqual(full.subarray(0, width * 32))
    const { headers } = await get('igm-compliance', `${log}/tile/0/000`)
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(entriesIn(await octets(tilePath('entries', 0, 3))).length).toBe(3)
    const n = Math.floor(size / 256)
    for (const tile of [
      tilePath(0, n, 256),
      tilePath('entries', n, 256),
      tilePath(0, n + 1, 1),
      tilePath(1, 0, 255),
      tilePath(2, 0, 1),
      tilePath(63, 0, 1),
      tilePath(0, 1_234_067, 256),
      tilePath(0, 1_000_000, 256),
    ]) {
      const { status, json } = await get('igm-compliance', `${log}/tile/${tile}`)
      expect([tile, status, json.code]).toEqual([tile, 404, 'not-yet-sequenced'])
    }
  })
})

describe('the log itself', () => {
  const paths = [
    'checkpoint',
    'public-key',
    'entries/0/proof',
    'tile/0/000.p/1',
    'tile/entries/000.p/1',
  ]

  test.each(paths)(
    '%s is read by the officers of the parties, by their liaisons where it shows no entry, and refused to everybody else',
    async path => {
      const hidden = /entries/.test(path)
      for (const { name } of hubFileOf(hub).keys) {
        const { status, json } = await get(name as CallerName, `${log}/${path}`)
        const party = hidden
          ? /^(igm|ala)-compliance$/.test(name)
          : /^(igm|ala)-(compliance|liaison)(-2)?$/.test(name)
        expect([name, status, json.code]).toEqual([
          name,
          ...(party ? [200, undefined] : [403, 'forbidden']),
        ])
      }
    },
  )

  test.each(paths)('every reading of %s is an entry', async path => {
    const { headers } = await get('ala-compliance', `${log}/${path}`)
    const client = await callerOf(hub, 'ala-compliance')
    const { items } = (await client.accessLog({ action: 'access-log.read', limit: 200 })).body
    expect(items.find(({ request }) => request.id === headers.get('x-request-id'))).toMatchObject({
      action: 'access-log.read',
      outcome: 'allowed',
      actor: { institution: 'ALA', role: 'compliance-officer' },
      request: { method: 'GET', path: `${log}/${path}` },
    })
  })

  test.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/64/000',
    'tile/00/000',
    'tile/-1/000',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/x000/000',
    'tile/0/x000/x001/234.p/1',
    'tile/entry/000',
    'tile/entries/0',
    'tile/entries/000.p/0',
    'tile/entries/0/000',
    'tile/entries/x000/000.p/1',
    'tile/0',
    'tile/0/000/',
    'entries/-1/proof',
    'entries/01/proof',
    'entries/1e3/proof',
  ])('%s is no path of it', async path => {
    const { status, json } = await get('igm-compliance', `${log}/${path}`)
    expect([status, json.code]).toEqual([403, 'forbidden'])
  })
})
