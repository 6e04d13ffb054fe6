// Every way to tamper with an exported log that we could think of, by name, and the code that each is refused with.
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { type FailureCode, failureCodes } from '../../verify/verdict.ts'
import { ownHub } from '../journeys/own-hub.ts'
import * as asked from './tamper-asked.ts'
import * as cosigned from './tamper-cosigned.ts'
import * as evidence from './tamper-evidence.ts'
import * as histories from './tamper-histories.ts'
import * as meaning from './tamper-meaning.ts'
import * as signed from './tamper-signer.ts'
import * as bundles from './tamper-bundles.ts'
import * as chain from './tamper-chain.ts'
import * as keys from './tamper-keys.ts'
import * as note from './tamper-note.ts'
import * as since from './tamper-since.ts'
import * as tiles from './tamper-tiles.ts'
import { exportedFrom, filled, ownLog } from './exported-log.ts'
import { type Bench, copyOf, digestOf, type Json } from './log-bench.ts'
import { noteSigner, vkeyOf } from './log-notes.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-tamper-'))
const signer = noteSigner()
/** An hour after the last entry: the hub of this file began at noon. */
const now = new Date('2026-11-21T13:00:00.000Z')
const hub = await ownHub()
let own: Bench

beforeAll(async () => {
  await exportedFrom(hub, join(folder, 'export'), 10)
  filled(hub, join(folder, 'export'), signer, 10)
  own = ownLog(join(folder, 'export'), join(folder, 'own'), signer)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('before anything is tampered with, the log of the test’s own key verifies', async () => {
  expect(await verifyFolder(own.dir, { now })).toMatchObject({
    ok: true,
    size: own.size,
    warnings: [],
  })
})

test.each([{}, { post: 'IGM-ENLA-01' }])(
  'with a checkpoint that an institution cosigned it verifies too, and says who did: %j',
  async key => {
    const bench = copyOf(own.dir, join(folder, 'cosigned'), signer)
    cosigned.cosigned(bench, undefined, { key })
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({
      ok: true,
      cosigned: [{ institution: 'IGM', size: 200, at: '2026-11-21T12:10:00.000Z' }],
    })
  },
)

const modules = [
  note,
  bundles,
  tiles,
  signed,
  evidence,
  asked,
  keys,
  histories,
  chain,
  meaning,
  since,
  cosigned,
]
const rows = modules.flatMap(each => each.rows)

test('every row has a name of its own, and every way to fail has a row', () => {
  const met = new Set(rows.map(([, , code]) => code))
  // What no tampering of ours brings about: a fault of the verifier itself.
  expect(failureCodes.filter(code => !met.has(code))).toEqual(['folder-unreadable'])
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length)
  expect(rows.length).toBeGreaterThanOrEqual(250)
})

// All that the auditor has beside the folder is the log's key, on paper.
describe('is refused by whoever has the key of the log:', () => {
  test.each(rows)('%s', async (_, tamper, code: FailureCode, index) => {
    const bench = copyOf(own.dir, join(folder, 'copy'), signer)
    const options = tamper(bench) ?? {}
    // A tampering that changes nothing tests nothing; a row that asks another question need not change anything.
    if (Object.keys(options).length === 0) expect(digestOf(bench.dir)).not.toBe(digestOf(own.dir))
    const verdict = await verifyFolder(bench.dir, { now, vkey: vkeyOf(signer), ...options })
    const place = typeof index === 'function' ? index(bench) : index
    expect(verdict).toMatchObject({ ok: false, code })
    expect(verdict.ok ? undefined : verdict.index).toBe(place)
  })
})

/** What of policy.json the folder itself does not prove: when it was made, and which port a local hub had. */
const unproven = (text: string): string => {
  const { exportedAt: _, hub: _hub, ...proven } = JSON.parse(text) as Json
  return JSON.stringify(proven)
}

test('whatever byte of whatever file is changed, the log does not verify', async () => {
  const bench = copyOf(own.dir, join(folder, 'flipped'), signer)
  const paths = [
    'policy.json',
    'keys.json',
    'checkpoint',
    'tile/entries/000',
    bench.partial('entries'),
    'tile/0/000',
    bench.partial(0),
    'tile/1/000.p/1',
  ]
  for (let n = 0; n < 120; n++) {
    const path = paths[n % paths.length] as string
    const whole = bench.read(path)
    const at = randomInt(statSync(join(bench.dir, path)).size)
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] as number) ^ randomInt(1, 256)
    bench.write(path, bytes)
    const verdict = await verifyFolder(bench.dir, { now })
    // Asked only where it verifies: a file that is no JSON any more does not.
    const harmless =
      verdict.ok && path === 'policy.json' && unproven(String(bytes)) === unproven(String(whole))
    expect(verdict.ok && !harmless, `${path} at ${at}: ${whole[at]} → ${bytes[at]}`).toBe(false)
    bench.write(path, whole)
  }
  expect((await verifyFolder(bench.dir, { now })).ok).toBe(true)
}, 60_000)
