// The demo as a visitor runs it: its beginning, and how it ends. demo.long.test.ts tells all of it.
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { stageOn } from '../../bin/demo/stage.ts'
import { ended } from '../../bin/demo/tell.ts'
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
