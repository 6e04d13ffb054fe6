// Signatures are checked side by side, and what is found first is what was found first one after the other.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type LoggedEntry, readEntry, readLeaves } from '../../verify/entries.ts'
import { verifyRequests } from '../../verify/evidence.ts'
import { tilesOf } from '../../verify/folder.ts'
import { readKeys } from '../../verify/keys.ts'
import { progressLine } from '../../verify/words.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { bundled } from '../bin/bundled.ts'
import { writeSignedLog } from '../bench/signed-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-verify-workers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const size = 400
const { vkey, newest } = await writeSignedLog(folder, size)
const now = new Date(newest)
const entries = readLeaves(folder, tilesOf(size)).map(readEntry)
const keys = await readKeys(readFileSync(join(folder, 'keys.json'), 'utf8'))
const script = await bundled('verify-log')

type Change = (request: LoggedEntry['request']) => LoggedEntry['request']
const other = (entries[9] as LoggedEntry).request
const unsigned: Change = request => ({ ...request, signature: other.signature })
const elsewhere: Change = request => ({
  ...request,
  covered: { ...request.covered, '@authority': 'other.example' },
})

/** The first finding in a log with some requests changed. */
const finding = async (changes: Record<number, Change>, workers: number) => {
  const changed = entries.map((entry, index) => ({
    ...entry,
    request: changes[index]?.(entry.request) ?? entry.request,
  }))
  const authorities = ['referral-hub.example']
  return verifyRequests(changed, keys, { authorities, workers }).catch((error: unknown) => error)
}

describe.each([1, 2, 8])('with %d at once', workers => {
  test('a whole log holds', async () => {
    const done: number[] = []
    const progress = (count: number) => void done.push(count)
    const verdict = await verifyFolder(folder, { vkey, now, workers, progress })
    expect(verdict).toMatchObject({ ok: true, requests: size - 1 })
    expect(done.at(-1)).toBe(size)
  })

  test.each<[string, Record<number, Change>, object]>([
    [
      'the first of two signatures that do not hold',
      { 300: unsigned, 301: unsigned },
      { code: 'evidence-signature', index: 300 },
    ],
    [
      'a signature before what is wrong without one',
      { 300: unsigned, 301: request => ({ ...request, signatureInput: 'x' }) },
      { code: 'evidence-signature', index: 300 },
    ],
    [
      'what is wrong without a signature before one',
      { 300: request => ({ ...request, signatureInput: 'x' }), 301: unsigned },
      { code: 'evidence-malformed', index: 300 },
    ],
    [
      'in one entry the signature before the authority',
      { 299: elsewhere },
      { code: 'evidence-signature', index: 299 },
    ],
    ['the last', { 399: unsigned }, { code: 'evidence-signature', index: 399 }],
    [
      'a signature of another length',
      { 20: request => ({ ...request, signature: 'hub=:AAAA:' }) },
      { code: 'evidence-signature', index: 20 },
    ],
  ])('finds %s', async (_name, changes, expected) => {
    expect(await finding(changes, workers)).toMatchObject(expected)
  })
})

test('an entry that says of its request something else than another is found by its bytes', async () => {
  const changes = { 50: (): LoggedEntry['request'] => ({ ...other, path: '/v1/referrals' }) }
  expect(await finding(changes, 2)).toMatchObject({ code: 'evidence-differs', index: 50 })
})

const run = (...more: string[]) =>
  spawnSync(process.execPath, [script, folder, '--vkey', vkey, '--json', ...more], {
    encoding: 'utf8',
  })

describe('progress', () => {
  test('says how many, how much of it, and how long it will be', () => {
    const at = { done: 250_000, all: 1_000_000, elapsedMs: 30_000 }
    expect(progressLine(at, 'en')).toBe('  250000 of 1000000 entries · 25 % · 1 min 30 s left')
    expect(progressLine({ ...at, done: 900_000 }, 'es')).toBe(
      '  900000 de 1000000 entradas · 90 % · faltan 4 s',
    )
  })

  test('is on standard error for who asks, beside the same verdict', () => {
    const quiet = run()
    const shown = run('--progress', '--workers', '1', '--lang', 'en')
    expect([quiet.status, quiet.stderr]).toEqual([0, ''])
    expect(shown.stderr).toContain('400 of 400 entries · 100 % · 0 s left')
    expect(shown.stdout).toBe(quiet.stdout)
    for (const workers of ['0', '-1', 'x', '100']) expect(run('--workers', workers).status).toBe(2)
  })
})
