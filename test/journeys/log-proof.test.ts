// The access log proves itself: every release carries its proof, officers verify the whole of it with a reader that knows nothing of
// our code, and without a signature nothing leaves.
import { DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import {
  type CallerName,
  type RawAnswer,
  callerOf,
  hubFileOf,
  raw,
  signed,
  submissionOf,
} from './callers.ts'
import { ownHub } from './own-hub.ts'
import { verifiedLog } from './verified-log.ts'
import {
  type Checkpoint,
  type Verifier,
  entriesIn,
  hashOfLeaf,
  hashesIn,
  readCheckpoint,
  readVerifier,
  tilePath,
  tilesOf,
  treeRoot,
  verifyProof,
} from './tlog-reader.ts'

const hub = await ownHub()
const kms = new KMSClient(hub.hub.aws)
afterAll(() => kms.destroy())
const igm = await callerOf(hub, 'igm-system')
const ala = await callerOf(hub, 'ala-system')
const officer = await callerOf(hub, 'igm-compliance')
const log = '/v1/access-log'
const get = (who: CallerName, path: string): Promise<RawAnswer> => raw(hub, who, { path })
const sequence = () => hub.hub.invoke('referral-hub-SequenceAccessLog', {})

/** The octets of a tile or bundle, as an officer reads it. */
const octets = async (tile: string): Promise<Buffer> => {
  const request = signed(hub, 'ala-compliance', { path: `${log}/tile/${tile}` })
  const answer = await fetch(request.url, request)
  expect([tile, answer.status]).toEqual([tile, 200])
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  return Buffer.from(await answer.arrayBuffer())
}
const checkpointNow = async (verifier: Verifier): Promise<Checkpoint> =>
  readCheckpoint((await get('igm-compliance', `${log}/checkpoint`)).text, verifier)

/** The bytes of an entry in the tree: what a query gives, without its place. */
const leafOf = ({ index: _, ...entry }: AccessLogEntry): Buffer =>
  Buffer.from(JSON.stringify(entry))
const entriesAbout = async (referralId: string, action: string): Promise<AccessLogEntry[]> =>
  (await officer.accessLog({ referralId, action })).body.items

/** Verifies a release's proof against the entries of its referral; gives the entry that it proves. */
const proven = async (
  proof: string | undefined,
  referralId: string,
  verifier: Verifier,
  action = 'referral.release',
) => {
  const holds = (await entriesAbout(referralId, action)).flatMap(entry => {
    try {
      return [{ entry, ...verifyProof(proof ?? '', leafOf(entry), verifier) }]
    } catch {
      return []
    }
  })
  expect(holds.length).toBe(1)
  return holds[0] as (typeof holds)[number]
}

const other = (line: string) => (line.startsWith('A') ? `B${line.slice(1)}` : `A${line.slice(1)}`)

const stale = ({ status, json, headers, text }: RawAnswer) => {
  expect([status, json.code]).toEqual([503, 'log-stale'])
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(text).not.toMatch(/payload|identity|proof|withheld/)
}

/** All leaf hashes of a tree, out of its tiles. */
const leavesOf = async (size: number): Promise<Buffer[]> =>
  (await Promise.all(tilesOf(0, size).map(octets))).flatMap(hashesIn)

const first = (await igm.submitReferral(submissionOf(1))).body
const receiptOf = (who: CallerName, referralId: string = first.referralId) =>
  get(who, `/v1/referrals/${referralId}/receipt`)
let verifier: Verifier
const early: { receipt?: RawAnswer; checkpoint?: RawAnswer } = {}
beforeAll(async () => {
  early.receipt = await receiptOf('igm-system')
  early.checkpoint = await get('igm-compliance', `${log}/checkpoint`)
  verifier = readVerifier((await get('ala-compliance', `${log}/public-key`)).text)
})

describe('the receipt of a submission', () => {
  test('is not there before the log has given the entry its place, nor is any checkpoint', () => {
    for (const answer of [early.receipt, early.checkpoint])
      expect([answer?.status, answer?.json.code]).toEqual([404, 'not-yet-sequenced'])
  })

  test('proves, after the first pass, that the submission is in the log', async () => {
    await sequence()
    const { status, headers, text } = await receiptOf('igm-system')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    const { entry, index } = await proven(text, first.referralId, verifier, 'referral.submit')
    expect(entry).toMatchObject({ index, action: 'referral.submit', outcome: 'allowed' })
  })

  test('is for the referrer alone', async () => {
    const absent = first.referralId.replace(/.{12}$/, '0123456789ab')
    for (const who of ['ala-system', 'igm-liaison', 'igm-compliance', 'stranger'] as const)
      expect([who, (await receiptOf(who)).status]).toEqual([who, 403])
    expect((await receiptOf('igm-system', absent)).status).toBe(403)
  })
})

describe('what is released', () => {
  test('by a pull carries a proof of its own entry, and a batch shares one checkpoint', async () => {
    for (const n of [2, 3]) await igm.submitReferral(submissionOf(n))
    const { messages } = (await ala.pull({ max: 10, waitSeconds: 5 })).body
    expect(messages.length).toBe(3)
    const notes = new Set<string>()
    for (const { event, payload, proof } of messages) {
      expect(payload).toBeDefined()
      const { entry, index, checkpoint } = await proven(proof, event.subject, verifier)
      const { keyid } = hubFileOf(hub).keys.find(({ name }) => name === 'ala-system') ?? {}
      expect(entry).toMatchObject({ index, outcome: 'allowed', referralId: event.subject })
      expect(entry.actor).toEqual({ institution: 'ALA', keyid, role: 'recipient' })
      expect(entry.categories).toEqual(
        Object.keys(payload ?? {}).filter(name => entry.categories?.some(one => one === name)),
      )
      notes.add(checkpoint.note)
    }
    expect(notes.size).toBe(1)
    await ala.ack(messages.map(({ handle }) => handle))
  })

  test('again, for one purpose, carries a proof of that very release', async () => {
    const path = `/v1/referrals/${first.referralId}/release`
    const body = JSON.stringify({ purpose: 'training-referral' })
    const { status, json } = await raw(hub, 'ala-system', { path, body })
    expect(status).toBe(200)
    const { entry } = await proven(json['proof'] as string, first.referralId, verifier)
    expect(entry.request.path).toBe(path)
    expect(entry.index).toBe(
      Math.max(
        ...(await entriesAbout(first.referralId, 'referral.release')).map(
          ({ index = -1 }) => index,
        ),
      ),
    )
  })

  test('is not proven by a proof whose index, path, root or signature was changed', async () => {
    const { text } = await receiptOf('igm-system')
    const [entry] = await entriesAbout(first.referralId, 'referral.submit')
    const leaf = leafOf(entry as AccessLogEntry)
    expect(() => verifyProof(text, leaf, verifier)).not.toThrow()
    const lines = text.split('\n')
    const changed = (at: number, to: (line: string) => string) =>
      lines.with(at, to(lines.at(at) as string)).join('\n')
    const forged = [
      changed(1, line => `index ${Number(line.slice(6)) + 1}`),
      changed(2, other),
      changed(0, line => line.replace('v1', 'v2')),
      changed(-4, other),
      changed(-5, size => String(Number(size) + 1)),
      changed(-2, line => line.replace(/.{5}$/, 'AAA=')),
      lines.toSpliced(2, 1).join('\n'),
    ]
    for (const one of forged) expect(() => verifyProof(one, leaf, verifier), one).toThrow()
    expect(() => verifyProof(text, Buffer.concat([leaf, leaf]), verifier)).toThrow()
  })
})

describe('no plaintext leaves without a durable access-log entry that a signed checkpoint already covers', () => {
  const keys = ['LogKey', 'EnvelopeKey'].map(name => ({ KeyId: hub.hub.nameOf(name) }))
  const off = () => Promise.all(keys.map(key => kms.send(new DisableKeyCommand(key))))
  const on = () => Promise.all(keys.map(key => kms.send(new EnableKeyCommand(key))))

  test('while the log cannot be signed a pull is log-stale, opens no key, and loses no message', async () => {
    const { referralId } = (await igm.submitReferral(submissionOf(4))).body
    // The envelope key is off as well: whoever asked it before the log would be `unavailable` instead.
    await off()
    const body = JSON.stringify({ max: 10, waitSeconds: 1 })
    try {
      stale(await raw(hub, 'ala-system', { path: '/v1/inbox/pull', body }))
      // More often than a queue gives a message before it parks it.
      for (let again = 0; again < 6; again++)
        stale(
          await raw(hub, 'ala-system', {
            path: '/v1/inbox/pull',
            body: JSON.stringify({ max: 10, waitSeconds: 0 }),
          }),
        )
      // Nothing left, and the header does not say that anything did. What was recorded first is in the log, and that it failed.
      expect((await igm.getReferral(referralId)).body).toMatchObject({
        deliveryState: 'queued',
        contentState: 'sealed',
      })
      const [failed, allowed, ...more] = await entriesAbout(referralId, 'referral.release')
      expect([more, allowed?.outcome, failed?.outcome]).toEqual([[], 'allowed', 'failed'])
      expect(failed).toMatchObject({ code: 'log-stale', request: allowed?.request })
      expect(failed?.chain).toEqual({
        n: 3,
        prevHash: hashOfLeaf(leafOf(allowed as AccessLogEntry)).toString('hex'),
      })
    } finally {
      await on()
    }
    const pulled: PulledMessage[] = (await ala.pull({ max: 10, waitSeconds: 5 })).body.messages
    expect(pulled.map(({ event }) => event.subject)).toEqual([referralId])
    const [message] = pulled
    expect(message?.payload).toBeDefined()
    await proven(message?.proof, referralId, verifier)
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      deliveryState: 'delivered',
      contentState: 'released',
    })
  })

  test('while the log cannot be signed a release is log-stale, and opens later', async () => {
    const request = {
      path: `/v1/referrals/${first.referralId}/release`,
      body: JSON.stringify({ purpose: 'training-referral' }),
    }
    const header = async () =>
      (await ala.listReferrals({ direction: 'received' })).body.items.find(
        ({ referralId }) => referralId === first.referralId,
      )
    const before = await header()
    await off()
    try {
      // Several at once: each takes back its own, or leaves the row to whoever came after.
      const answers = await Promise.all([1, 2, 3, 4].map(() => raw(hub, 'ala-system', request)))
      for (const answer of answers) stale(answer)
      expect(await header()).toEqual(before)
    } finally {
      await on()
    }
    const { status, json } = await raw(hub, 'ala-system', request)
    expect(status).toBe(200)
    await proven(json['proof'] as string, first.referralId, verifier)
  })

  test('while the log cannot be signed everything else goes on, and officers see what is written', async () => {
    await off()
    try {
      const { json } = await get('igm-system', `/v1/referrals/${first.referralId}`)
      expect(json['referralId']).toBe(first.referralId)
      expect((await entriesAbout(first.referralId, 'referral.read')).length).toBe(1)
      expect((await get('igm-compliance', `${log}/checkpoint`)).status).toBe(200)
    } finally {
      await on()
    }
  })
})

test('the whole log verifies without the hub, failed releases too', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})

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
    for (let n = 0; n < 9; n++)
      await Promise.all(Array.from({ length: 30 }, () => igm.getReferral(first.referralId)))
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
          : /^(igm|ala)-(compliance|liaison)$/.test(name)
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
    'tile/entry/000',
    'tile/entries/0',
    'tile/entries/000.p/0',
    'tile/entries/0/000',
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
