// The demo as a visitor runs it: what it shows, that it fits a terminal, and how it ends.
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { secrets } from '../../bin/demo/people.ts'
import { stageOn } from '../../bin/demo/stage.ts'
import { ended, tell } from '../../bin/demo/tell.ts'
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

test('everything in it holds, within a screen’s width, and it leaves nothing on the disk', async () => {
  let out = ''
  const code = await tell({
    language: 'es',
    paint: false,
    interrupted: new AbortController().signal,
    write: text => void (out += text),
  })
  expect(out).not.toContain('✗')
  expect(out.match(/✓/g)).toHaveLength(30)
  expect(code).toBe(0)
  const chapters = out.split(/^(?=\d+\. )/m)
  expect(chapters.map(chapter => Number.parseInt(chapter, 10))).toEqual([
    NaN,
    ...Array.from({ length: 14 }, (_, index) => index + 1),
  ])
  expect(chapters.filter(chapter => chapter.split('\n').length >= 60)).toEqual([])
  const lines = out.split('\n')
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
  expect(chapters.at(-1)).toMatch(/Meta: 250 personas[^]* referidas +15 /)
  expect(await readdir(folder)).toEqual([])
}, 120_000)

test('what does not hold is marked, counted and exit 1', async () => {
  let out = ''
  const stage = stageOn(text => void (out += text), 'en', false)
  await stage.run('list --hub nowhere', { says: /No hub lists this/ }, 'refer.done')
  await stage.run('me --hub nowhere', { code: 1, says: /./ }, 'open.done')
  stage.check(false, 'refuse.again', { code: '–' })
  await stage.run('template columns', { says: /externalId/ }, 'verify.taken')
  const marked = out.split('\n').filter(line => /^ {2}[✓✗]/.test(line))
  expect(marked.map(line => line.slice(2, 3)).join('')).toBe('✗✗✗✓')
  expect(ended(stage, new AbortController().signal)).toBe(1)
  expect(out).toContain('Things that did not hold (✗): 3.')
})

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
