// The demo as a visitor runs it: what it shows, that it fits a terminal, and how it ends.
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { secrets } from '../../bin/demo/people.ts'
import type { scenes } from '../../bin/demo/scenes.ts'
import { tell } from '../../bin/demo/tell.ts'
import { widthOf } from '../../bin/layout.ts'
import { run as start } from './cli.ts'

const demo = fileURLToPath(new URL('../../bin/demo.ts', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-demo-test-'))
  vi.stubEnv('TMPDIR', folder)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const told = async (language: 'es' | 'en', play?: typeof scenes) => {
  let out = ''
  const code = await tell({
    language,
    paint: false,
    interrupted: new AbortController().signal,
    write: text => void (out += text),
    ...(play ? { play } : {}),
  })
  return { code, out }
}

test('everything in it holds, within a screen’s width, and it leaves nothing on the disk', async () => {
  const { code, out } = await told('es')
  expect(out).not.toContain('✗')
  expect(out.match(/✓/g)).toHaveLength(18)
  expect(code).toBe(0)
  const lines = out.split('\n')
  expect(lines.length).toBeLessThan(140)
  expect(lines.filter(line => widthOf(line) > 80)).toEqual([])
  expect(out).not.toContain('\u001b')
  for (const secret of secrets) expect(out).not.toContain(secret)
  for (const refusal of [
    'consent-missing-purpose',
    'forbidden',
    'digest-mismatch',
    'nonce-reused',
    'content-shredded',
    'leaf-hash',
  ])
    expect(out).toContain(refusal)
  expect(await readdir(folder)).toEqual([])
}, 60_000)

test('what does not hold is marked, counted and exit 1', async () => {
  const { code, out } = await told('en', (_, { run, check }) => [
    () => run('list', { says: /No hub lists this/ }, 'refer.done'),
    () => run('me', { code: 1, says: /./ }, 'open.done'),
    async () => check(false, 'refuse.again', { code: '–' }),
    () => run('me', { says: /IGM/ }, 'verify.taken'),
  ])
  const marked = out.split('\n').filter(line => /^ {2}[✓✗]/.test(line))
  expect(marked.map(line => line.slice(2, 3)).join('')).toBe('✗✗✗✓')
  expect(out).toContain('Things that did not hold (✗): 3.')
  expect(code).toBe(1)
}, 60_000)

test('an interrupt ends it early, in the language of the terminal, and leaves nothing on the disk', async () => {
  let child: ChildProcess | undefined
  const { code, out } = await start(demo, [], {
    env: { LC_ALL: 'en_US.UTF-8' },
    started: started => (child = started),
    watch: () => {
      child?.kill('SIGINT')
      child = undefined
    },
  })
  expect(out).toContain('IGM refers people')
  expect(out).not.toContain('Everything held')
  expect(code).toBe(130)
  expect(await readdir(folder)).toEqual([])
}, 60_000)

test('a wrong language is a usage error', async () => {
  const { code, err } = await start(demo, ['--lang', 'fr'])
  expect(err).toContain('--lang es|en')
  expect(code).toBe(2)
})
