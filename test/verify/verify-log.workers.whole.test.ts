// Entries are checked on several threads, and what is found first is what is found first on one.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tilePath } from '../../verify/places.ts'
import { phaseLine, progressLine } from '../../verify/words.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { bundled } from '../bin/bundled.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { foundOnThreads } from './found-on-threads.ts'

const { whole, vkey, newest, now, size, cutCopy } = await foundOnThreads(nth => nth % 4 === 0)
const script = await bundled('verify-log')

test.each([1, 3])('a whole log holds with %d at once, and is told of', async workers => {
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
  // The last of its bundles is a pipe that nobody writes to: the check does not end before it is told to.
  const endless = join(temporaryFolder('verify-endless'), 'log')
  cpSync(whole, endless, { recursive: true })
  const last = join(endless, tilePath('entries', Math.floor(size / 256), size % 256))
  rmSync(last)
  execFileSync('mkfifo', [last])
  const input = [script, endless, '--vkey', vkey, '--json', '--workers', '2', '--progress']
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
      [cutCopy(), '1'],
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
