// The whole demo as a visitor sees it: what it shows, that it fits a terminal, and that it leaves nothing behind.
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { secrets } from '../../bin/demo/people.ts'
import { tell } from '../../bin/demo/tell.ts'
import { widthOf } from '../../bin/layout.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const folder = temporaryFolder('demo')
beforeAll(() => void vi.stubEnv('TMPDIR', folder))
afterAll(() => void vi.unstubAllEnvs())

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
