// Entries are checked on several threads, and what is found first is what is found first on one.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { tilePath } from '../../verify/places.ts'
import { phaseLine, progressLine } from '../../verify/words.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { bundled } from '../bin/bundled.ts'
import { type WrittenEntry, writeSignedLog } from '../bench/signed-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'hub-verify-workers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** Three bundles. */
const size = 520
const whole = join(folder, 'whole')
const { vkey, newest } = await writeSignedLog(whole, size)
const now = new Date(newest)
const script = await bundled('verify-log')

type Change = (entry: WrittenEntry) => object
const inRequest =
  (more: object): Change =>
  entry => ({ ...entry, request: { ...entry.request, ...more } })
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

test.each(findings)('finds %s, on one thread as on three', async (_name, make, expected) => {
  const { place, vkey: own } = await make()
  for (const workers of [1, 3])
    expect(await verifyFolder(place, { vkey: own, now, workers })).toMatchObject(expected)
})

test.each([1, 2, 8])('a whole log holds with %d at once, and is told of', async workers => {
  const told: [string, number][] = []
  const progress = (phase: string, done: number) => void told.push([phase, done])
  const verdict = await verifyFolder(whole, { vkey, now, workers, progress })
  expect(verdict).toMatchObject({ ok: true, requests: size - 1 })
  expect(told[0]).toEqual(['entries', 0])
  const last = told.slice(-3)
  expect(last).toEqual([
    ['entries', size],
    ['tree', size],
    ['rules', size],
  ])
})

const args = [script, whole, '--vkey', vkey, '--json']
const run = (more: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [...args, ...more], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })

/** What lets each thread of a process end in this way. */
const dying = (how: string) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(
    `import { isMainThread } from 'node:worker_threads'; if (!isMainThread) ${how}`,
  )}`,
})

describe('a thread that ends before its work', () => {
  test.each([
    ['by an error', "setImmediate(() => { throw new Error('gone') })", 'Error: gone'],
    ['with 0', 'setImmediate(() => process.exit(0))', 'exit 0'],
    ['at once', 'process.exit(1)', 'exit 1'],
  ])('%s is a fault, and no verdict', (_name, how, why) => {
    const { status, stdout, stderr } = run(['--workers', '2', '--lang', 'en'], dying(how))
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toContain('There is no verdict')
    expect(stderr).toContain(why)
  })

  test('is nothing to a check without threads', () => {
    expect(run(['--workers', '1'], dying('process.exit(1)')).status).toBe(0)
  })

  test('is thrown to who asked the library', () => {
    const library = JSON.stringify(new URL('../../verify/verify-folder.ts', import.meta.url).href)
    const given = JSON.stringify({ vkey, workers: 2 })
    const asking = `import { verifyFolder } from ${library}
      const now = new Date(${newest})
      await verifyFolder(${JSON.stringify(whole)}, { ...${given}, now })
        .then(() => console.log('verdict'), error => console.log(error.name))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', asking], {
      encoding: 'utf8',
      env: { ...process.env, ...dying('process.exit(1)') },
    })
    expect(stdout).toBe('ThreadLost\n')
  })
})

/** Ends of a command that something happens to. */
const ended = (
  command: string,
  input: string[],
  meanwhile?: (child: ReturnType<typeof spawn>) => void,
) =>
  new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>(
    resolve => {
      const child = spawn(command, input)
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
      child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
      meanwhile?.(child)
    },
  )

test.skipIf(process.platform === 'win32')('Ctrl-C ends it at once, and quietly', async () => {
  const input = [...args, '--workers', '2', '--progress']
  const { code, signal, stdout, stderr } = await ended(process.execPath, input, child =>
    child.stderr?.once('data', () => child.kill('SIGINT')),
  )
  expect([code, signal, stdout]).toEqual([null, 'SIGINT', ''])
  expect(stderr).toMatch(/^ [^\n]*$/)
})

test.skipIf(process.platform === 'win32').each(['1', '2'])(
  'a reader that went away changes no exit code (--workers %s)',
  async workers => {
    const quoted = [process.execPath, ...args, '--workers', workers].map(arg => `'${arg}'`)
    for (const [place, expected] of [
      [whole, '0'],
      [copyWith(at => cut(at, 1)).place, '1'],
    ] as const) {
      const command = quoted.join(' ').replaceAll(`'${whole}'`, `'${place}'`)
      // `true` reads nothing: whatever is written behind its end has no reader.
      const piped = `{ sleep 0.2; ${command}; echo $? >&2; } | true`
      const { stderr } = await ended('sh', ['-c', piped])
      expect(stderr).toBe(`${expected}\n`)
    }
  },
)

describe('progress', () => {
  test('says how many, how much of it, and how long it will be; then what is done', () => {
    const at = { done: 250_000, all: 1_000_000, elapsedMs: 30_000 }
    expect(progressLine(at, 'en')).toBe('  250000 of 1000000 entries · 25 % · 1 min 30 s left')
    expect(progressLine({ ...at, done: 900_000 }, 'es')).toBe(
      '  900000 de 1000000 entradas · 90 % · faltan 4 s',
    )
    expect(phaseLine('tree', 'es')).toBe('  comparando el árbol…')
  })

  test('is on standard error for who asks, beside the same verdict', () => {
    const quiet = run([])
    const shown = run(['--progress', '--workers', '2', '--lang', 'en'])
    expect([quiet.status, quiet.stderr]).toEqual([0, ''])
    for (const said of [`${size} of ${size} entries · 100 % · 0 s left`, 'the tree…', 'chains…'])
      expect(shown.stderr).toContain(said)
    expect(shown.stdout).toBe(quiet.stdout)
    for (const workers of ['0', '-1', 'x', '100'])
      expect(run(['--workers', workers]).status).toBe(2)
  })
})
