// Every way to tamper with an exported log that we could think of, by name, and the code that each is refused with.
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyFolder } from '../../bin/verify-log.ts'
import { type FailureCode, failureCodes } from '../../bin/verify/verdict.ts'
import { ownHub } from '../journeys/own-hub.ts'
import * as asked from './tamper-asked.ts'
import * as cosigned from './tamper-cosigned.ts'
import * as evidence from './tamper-evidence.ts'
import * as bundles from './tamper-bundles.ts'
import * as chain from './tamper-chain.ts'
import * as keys from './tamper-keys.ts'
import * as note from './tamper-note.ts'
import * as since from './tamper-since.ts'
import * as tiles from './tamper-tiles.ts'
import {
  type Bench,
  copyOf,
  digestOf,
  exportedFrom,
  type Json,
  noteSigner,
  ownLog,
} from './exported-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-tamper-'))
const signer = noteSigner()
/** An hour after the last entry: the hub of this file began at noon. */
const now = new Date('2026-11-21T13:00:00.000Z')
const hub = await ownHub()
let own: Bench

beforeAll(async () => {
  await exportedFrom(hub, join(folder, 'export'))
  own = ownLog(join(folder, 'export'), join(folder, 'own'), signer)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('before anything is tampered with, the log of the test’s own key verifies', () => {
  expect(verifyFolder(own.dir, { now })).toMatchObject({ ok: true, size: own.size, warnings: [] })
})

test('with a checkpoint that an institution cosigned it verifies too, and says who did', () => {
  const bench = copyOf(own.dir, join(folder, 'cosigned'), signer)
  cosigned.cosigned(bench)
  expect(verifyFolder(bench.dir, { now })).toMatchObject({
    ok: true,
    cosigned: [{ institution: 'IGM', size: 200, at: '2026-11-21T12:10:00.000Z' }],
  })
})

const modules = [note, bundles, tiles, evidence, asked, keys, chain, since, cosigned]
const rows = modules.flatMap(each => each.rows)

test('every row has a name of its own, and every way to fail has a row', () => {
  const met = new Set(rows.map(([, , code]) => code))
  // What no tampering of ours brings about: a fault of the verifier itself.
  expect(failureCodes.filter(code => !met.has(code))).toEqual(['folder-unreadable'])
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length)
  expect(rows.length).toBeGreaterThanOrEqual(60)
})

describe('is refused:', () => {
  test.each(rows)('%s', (_, tamper, code: FailureCode, index) => {
    const bench = copyOf(own.dir, join(folder, 'copy'), signer)
    const options = tamper(bench) ?? {}
    // A tampering that changes nothing tests nothing; a row that asks another question need not change anything.
    if (Object.keys(options).length === 0) expect(digestOf(bench.dir)).not.toBe(digestOf(own.dir))
    const verdict = verifyFolder(bench.dir, { now, ...options })
    const place = typeof index === 'function' ? index(bench) : index
    expect(verdict).toMatchObject({ ok: false, code })
    expect(verdict.ok ? undefined : verdict.index).toBe(place)
  })
})

/**
 * What the folder itself does not prove: where it came from, what else the keys might do, and keys that signed nothing.
 * Everything else of these two files is proven, and every byte of the others.
 */
const unproven = (path: string, text: string, used: ReadonlySet<string>): string => {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return text
  }
  if (path === 'policy.json') Object.assign(value, { exportedAt: '', hub: '' })
  else
    for (const key of value.items as Json[]) {
      Object.assign(key, { validFrom: '', validUntil: '' })
      if (!used.has(key.keyid as string)) Object.assign(key, { institution: '', roles: [] })
    }
  return JSON.stringify(value)
}

test('whatever byte of whatever file is changed, the log does not verify', () => {
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
  const used = new Set(bench.leaves().map(leaf => (JSON.parse(String(leaf)) as Json).actor.keyid))
  for (let n = 0; n < 120; n++) {
    const path = paths[n % paths.length] as string
    const whole = bench.read(path)
    const at = randomInt(statSync(join(bench.dir, path)).size)
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] as number) ^ randomInt(1, 256)
    bench.write(path, bytes)
    const verdict = verifyFolder(bench.dir, { now })
    // Asked only where it verifies: a file without its members is no list of keys.
    const harmless =
      verdict.ok &&
      path.endsWith('.json') &&
      unproven(path, String(bytes), used) === unproven(path, String(whole), used)
    expect(verdict.ok && !harmless, `${path} at ${at}: ${whole[at]} → ${bytes[at]}`).toBe(false)
    bench.write(path, whole)
  }
  expect(verifyFolder(bench.dir, { now }).ok).toBe(true)
}, 60_000)
